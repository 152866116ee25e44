package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
	"patchbay/app/sqlite"
)

func catalogue(t testing.TB) *sqlite.Catalogue {
	t.Helper()
	c, _, err := sqlite.OpenCatalogue(t.Context(), t.TempDir(), atNoon)
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	return c
}

func webFeed(id string, rank int) listing.Feed {
	return listing.Feed{
		ID: id, Kind: listing.HTTPS, Name: "Feed " + id, URL: "https://feeds.example.com/" + id, Rank: rank,
		ETag: `"1"`, LastModified: "yesterday", SyncedAt: noon, TriedAt: noon,
		Collections: []listing.Collection{{ID: "new", Title: "New", Slugs: []string{"acme-crm"}}},
	}
}

func item(feed, slug string) listing.Intake {
	return listing.Intake{Item: &listing.Item{
		Listing: listing.Listing{Slug: slug, Name: slug + " of " + feed}, Document: []byte(feed + "/" + slug),
	}}
}

func items(feed string, slugs ...string) func(func(listing.Intake, error) bool) {
	return func(yield func(listing.Intake, error) bool) {
		for _, slug := range slugs {
			if !yield(item(feed, slug), nil) {
				return
			}
		}
	}
}

func replace(t testing.TB, c *sqlite.Catalogue, f listing.Feed, slugs ...string) {
	t.Helper()
	taken, away, err := c.Replace(t.Context(), f, items(f.ID, slugs...))
	must(t, err)
	if taken != len(slugs) || away != 0 {
		t.Fatalf("taken %d, set aside %d of %d", taken, away, len(slugs))
	}
}

func document(t testing.TB, c *sqlite.Catalogue, slug string) string {
	t.Helper()
	d, err := c.Document(t.Context(), slug)
	if fault.CodeOf(err) == fault.NotFound {
		return ""
	}
	must(t, err)
	return string(d)
}

func TestCatalogue_feedComesBackAsItWasSaved(t *testing.T) {
	c := catalogue(t)
	want := webFeed("f1", 4)
	replace(t, c, want, "acme-crm")
	want.Listings = 1
	want.Code, want.Message = "timeout", "the feed did not answer in time"
	must(t, c.SaveFeed(t.Context(), want))
	feeds, err := c.Feeds(t.Context())
	must(t, err)
	if len(feeds) != 1 || !reflect.DeepEqual(feeds[0], want) {
		t.Errorf("Feeds\n got %+v\nwant %+v", feeds, want)
	}
}

func TestCatalogue_lowestRankWinsAndCanBeChosen(t *testing.T) {
	c := catalogue(t)
	replace(t, c, webFeed("f1", 1), "both", "only-1")
	replace(t, c, webFeed("f2", 2), "both", "only-2")
	check := func(winner string) {
		t.Helper()
		if got := document(t, c, "both"); got != winner+"/both" {
			t.Errorf("document of %q, want %s", got, winner)
		}
		cards, err := c.Cards(t.Context(), []string{"only-2", "both", "nothing", "only-1"})
		must(t, err)
		names := []string{}
		for _, card := range cards {
			names = append(names, card.Name)
		}
		slices.Sort(names)
		if want := []string{"both of " + winner, "only-1 of f1", "only-2 of f2"}; !slices.Equal(names, want) {
			t.Errorf("cards %q, want %q", names, want)
		}
	}
	check("f1")
	must(t, c.SaveRanks(t.Context(), map[string]int{"f1": 2, "f2": 1}))
	check("f2")
	clashes, err := c.Clashes(t.Context())
	must(t, err)
	if want := []listing.Clash{{Slug: "both", Feeds: []string{"f2", "f1"}}}; !reflect.DeepEqual(clashes, want) {
		t.Errorf("clashes %+v, want %+v", clashes, want)
	}
	for slug, want := range map[string][]string{"both": {"f2", "f1"}, "only-1": {"f1"}, "none": {}} {
		if ids, err := c.FeedsOf(t.Context(), slug); err != nil || !slices.Equal(ids, want) {
			t.Errorf("feeds of %s: %v, %v, want %v", slug, ids, err, want)
		}
	}
	must(t, c.SaveRanks(t.Context(), map[string]int{"f1": 1, "f2": 1}))
	check("f1") // a tie is decided, not left open
	must(t, c.RemoveFeed(t.Context(), "f1"))
	if document(t, c, "both") != "f2/both" || document(t, c, "only-1") != "" {
		t.Error("a removed feed still has listings")
	}
}

func TestCatalogue_replaceIsAllOrNothing(t *testing.T) {
	c := catalogue(t)
	before := webFeed("f1", 1)
	replace(t, c, before, "old-1", "old-2")
	must(t, c.SaveIndex(t.Context(), "s", []byte("index")))
	after := before
	after.ETag = `"2"`
	boom := fault.Errorf(fault.Invalid, "the feed broke off")
	_, _, err := c.Replace(t.Context(), after, func(yield func(listing.Intake, error) bool) {
		for i := range 1000 {
			if !yield(item("f1", fmt.Sprint("new-", i)), nil) {
				return
			}
		}
		yield(listing.Intake{}, boom)
	})
	if !errors.Is(err, boom) {
		t.Fatalf("Replace = %v, want the feed's own error", err)
	}
	if document(t, c, "old-1") == "" || document(t, c, "new-1") != "" {
		t.Error("a broken delivery changed the listings")
	}
	feeds, err := c.Feeds(t.Context())
	must(t, err)
	if feeds[0].ETag != before.ETag || feeds[0].Listings != 2 {
		t.Errorf("a broken delivery changed the feed: %+v", feeds[0])
	}
	if _, _, err := c.Index(t.Context()); err != nil {
		t.Errorf("the index went with a delivery that failed: %v", err)
	}
}

func TestCatalogue_indexGoesWithTheListings(t *testing.T) {
	for name, change := range map[string]func(*sqlite.Catalogue) error{
		"replace": func(c *sqlite.Catalogue) error {
			_, _, err := c.Replace(t.Context(), webFeed("f1", 1), items("f1"))
			return err
		},
		"remove": func(c *sqlite.Catalogue) error { return c.RemoveFeed(t.Context(), "f1") },
		"ranks":  func(c *sqlite.Catalogue) error { return c.SaveRanks(t.Context(), map[string]int{"f1": 7}) },
	} {
		t.Run(name, func(t *testing.T) {
			c := catalogue(t)
			replace(t, c, webFeed("f1", 1), "acme")
			must(t, c.SaveIndex(t.Context(), "s", []byte("index")))
			must(t, c.SaveFeed(t.Context(), webFeed("f1", 1)))
			wantIndex(t, c, "s", "index")
			must(t, change(c))
			_, _, err := c.Index(t.Context())
			wantCode(t, err, fault.NotFound)
		})
	}
}

func wantIndex(t *testing.T, c *sqlite.Catalogue, stamp, content string) {
	t.Helper()
	got, path, err := c.Index(t.Context())
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)
	if got != stamp || string(data) != content {
		t.Fatalf("Index = %q, %q, want %q, %q", got, data, stamp, content)
	}
}

func TestSaveIndex_leavesOneFile(t *testing.T) {
	dir := t.TempDir()
	c, _, err := sqlite.OpenCatalogue(t.Context(), dir, time.Now)
	must(t, err)
	defer c.Close()
	left := filepath.Join(dir, "search-by-a-kill.index")
	must(t, os.WriteFile(left, []byte("half an ind"), 0o600))
	must(t, c.SaveIndex(t.Context(), "s", []byte("first")))
	must(t, c.SaveIndex(t.Context(), "s", []byte("second")))
	wantIndex(t, c, "s", "second")
	if files, _ := filepath.Glob(filepath.Join(dir, "*.index")); len(files) != 1 {
		t.Errorf("files of indexes: %q", files)
	}
}

// Searching must go on while a feed is taken in, however long that takes.
func TestCatalogue_readsWhileReplacing(t *testing.T) {
	c := catalogue(t)
	replace(t, c, webFeed("f1", 1), "old")
	_, _, err := c.Replace(t.Context(), webFeed("f1", 1), func(yield func(listing.Intake, error) bool) {
		if !yield(item("f1", "new"), nil) {
			return
		}
		if document(t, c, "old") == "" || document(t, c, "new") != "" {
			t.Error("a reader sees a transaction that is not over")
		}
		for range c.Documents(t.Context(), "f1") {
			if _, err := c.Cards(t.Context(), []string{"old"}); err != nil {
				t.Error(err)
			}
		}
	})
	must(t, err)
	if document(t, c, "old") != "" || document(t, c, "new") == "" {
		t.Error("the new listings are not there")
	}
}

func TestCatalogue_reasonsAreKeptForAThousand(t *testing.T) {
	c := catalogue(t)
	_, away, err := c.Replace(t.Context(), webFeed("f1", 1), func(yield func(listing.Intake, error) bool) {
		for i := range 1500 {
			s := &listing.SetAside{Slug: fmt.Sprintf("bad-%04d", i), Problems: []listing.Problem{{Path: "/name", Message: "it is empty", Mend: "Write it"}}}
			if !yield(listing.Intake{SetAside: s}, nil) {
				return
			}
		}
	})
	must(t, err)
	kept, err := c.SetAside(t.Context(), "f1")
	must(t, err)
	if away != 1500 || len(kept) != 1000 || kept[0].Slug != "bad-0000" || kept[0].Problems[0].Path != "/name" {
		t.Errorf("set aside %d, kept %d, first %+v", away, len(kept), kept[0])
	}
}

func TestCatalogue_manyCardsAtOnce(t *testing.T) {
	c := catalogue(t)
	var slugs []string
	for i := range 450 {
		slugs = append(slugs, fmt.Sprint("app-", i))
	}
	replace(t, c, webFeed("f1", 1), slugs...)
	cards, err := c.Cards(t.Context(), slugs)
	must(t, err)
	if len(cards) != len(slugs) {
		t.Errorf("%d cards of %d", len(cards), len(slugs))
	}
}
