package sqlite

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// feedsFile holds, beside the catalogue, which feeds there are and in which
// order: all of it that cannot be fetched again.
const feedsFile = "feeds.json"

// remembered is what an admin chose about a feed.
type remembered struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
	URL  string `json:"url"`
	Rank int    `json:"rank"`
}

// remember writes the feeds down, unless that is what stands there.
func remember(dir string, feeds []listing.Feed) error {
	list := make([]remembered, 0, len(feeds))
	for _, f := range feeds {
		list = append(list, remembered{f.ID, f.Kind, f.Name, f.URL, f.Rank})
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return fault.Errorf(fault.Internal, "remember the feeds: %w", err)
	}
	path := filepath.Join(dir, feedsFile)
	if have, err := os.ReadFile(path); err == nil && string(have) == string(text) {
		return nil
	}
	if err := replaceFile(path, text); err != nil {
		return fault.Errorf(fault.StorageFailed, "remember the feeds: %w", err)
	}
	return nil
}

// replaceFile leaves the old content or the new one, whenever the machine stops.
func replaceFile(path string, content []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*"+partSuffix)
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	if err = errors.Join(err, part.Sync(), part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(part.Name()))
	}
	return err
}

// recall returns the feeds that were written down, without any state; none when
// that file cannot be read either.
func recall(dir string) []listing.Feed {
	text, err := os.ReadFile(filepath.Join(dir, feedsFile))
	if err != nil {
		return nil
	}
	var list []remembered
	if json.Unmarshal(text, &list) != nil {
		return nil
	}
	feeds := make([]listing.Feed, 0, len(list))
	for _, r := range list {
		feeds = append(feeds, listing.Feed{ID: r.ID, Kind: r.Kind, Name: r.Name, URL: r.URL, Rank: r.Rank})
	}
	return feeds
}
