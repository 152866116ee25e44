package builtin

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"patchbay/app/listing"
)

func all(t *testing.T) []listing.Listing {
	t.Helper()
	var out []listing.Listing
	for _, document := range Documents() {
		l, err := listing.Parse(document)
		if err != nil {
			t.Fatalf("parse: %v", err)
		}
		out = append(out, l)
	}
	return out
}

func TestEveryListingPassesTheCheck(t *testing.T) {
	for _, document := range Documents() {
		l, err := listing.Parse(document)
		if err != nil {
			t.Errorf("parse: %v", err)
			continue
		}
		t.Run(l.Slug, func(t *testing.T) {
			for _, problem := range listing.Check(document) {
				t.Error(problem)
			}
			if Document(l.Slug) == nil {
				t.Errorf("the file is not named %s.json", l.Slug)
			}
		})
	}
}

func TestThereAreAHundredRealApps(t *testing.T) {
	real, working := 0, 0
	for _, l := range all(t) {
		if l.Sandbox {
			continue
		}
		real++
		if len(l.Actions)+len(l.Triggers) > 0 {
			working++
		}
	}
	if real < 100 || working < 45 {
		t.Errorf("%d real apps, %d with actions or triggers; want at least 100 and 45", real, working)
	}
}

func TestNoTwoListingsReadAlike(t *testing.T) {
	taglines, descriptions := map[string]string{}, map[string]string{}
	for _, l := range all(t) {
		if other := taglines[l.Tagline]; other != "" {
			t.Errorf("%s and %s have the same tagline", other, l.Slug)
		}
		if other := descriptions[l.Description]; other != "" {
			t.Errorf("%s and %s have the same description", other, l.Slug)
		}
		taglines[l.Tagline], descriptions[l.Description] = l.Slug, l.Slug
	}
}

// Else everybody who connects the one is warned of the other.
func TestNoTwoNamesAreAlike(t *testing.T) {
	names := map[string]string{}
	for _, l := range all(t) {
		names[l.Slug] = l.Name
	}
	for _, l := range all(t) {
		if name := l.Trust(time.Now(), names)[0]; name.Rule != "name" || name.Verdict != listing.Good {
			t.Errorf("%s: %+v", l.Slug, name)
		}
	}
}

func TestListingsWorkWithAppsThatExist(t *testing.T) {
	for _, l := range all(t) {
		for _, slug := range l.WorksWith {
			if slug == l.Slug || Document(slug) == nil {
				t.Errorf("%s works with %s, which is not another app of the feed", l.Slug, slug)
			}
		}
	}
}

func TestFeedHasCollectionsOfItsOwnApps(t *testing.T) {
	for _, problem := range listing.CheckFeed(Feed()) {
		t.Error(problem)
	}
	var f struct {
		ID          string
		Collections []listing.Collection
	}
	if err := json.Unmarshal(Feed(), &f); err != nil {
		t.Fatal(err)
	}
	if f.ID != "patchbay" || len(f.Collections) < 8 {
		t.Errorf("feed %q has %d collections; want patchbay and at least 8", f.ID, len(f.Collections))
	}
	var ids []string
	for _, c := range f.Collections {
		if slices.Contains(ids, c.ID) {
			t.Errorf("two collections are called %s", c.ID)
		}
		ids = append(ids, c.ID)
		if c.Description == "" {
			t.Errorf("collection %s has no description", c.ID)
		}
		for _, language := range languages {
			title, description := c.In(language)
			if title == c.Title || description == c.Description {
				t.Errorf("collection %s is not told in %s", c.ID, language)
			}
		}
		for _, slug := range c.Slugs {
			if Document(slug) == nil {
				t.Errorf("collection %s names %s, which is not in the feed", c.ID, slug)
			}
		}
	}
}
