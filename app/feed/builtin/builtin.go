// Package builtin is the feed that ships inside the program: the apps that are
// in the catalogue before any other feed is added, and when there is no network.
//
// It is made of plain files. listings/ holds one JSON document for each app,
// named after its slug, to be edited by hand; feed.json names the feed and its
// collections. The schemas of both are in package listing/schema, and what they
// cannot say is in [patchbay/app/listing.Check].
package builtin

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed feed.json
var feed []byte

//go:embed listings/*.json
var listings embed.FS

//go:embed screenshots/*.png
var screenshots embed.FS

// Screenshots returns the pictures that listings name, by their names.
func Screenshots() fs.FS {
	pictures, err := fs.Sub(screenshots, "screenshots")
	if err != nil {
		panic("builtin: " + err.Error())
	}
	return pictures
}

// Feed returns the feed's own document (id, name, collections), without
// listings. The caller must not change it.
func Feed() []byte { return feed }

// Documents returns the listings in the order of their slugs, each as the bytes
// of its file. The caller may keep and change them.
func Documents() [][]byte {
	names, err := fs.Glob(listings, "listings/*.json")
	if err != nil {
		panic("builtin: " + err.Error())
	}
	documents := make([][]byte, 0, len(names))
	for _, name := range names {
		documents = append(documents, read(name))
	}
	return documents
}

// Document returns the listing with this slug, or nil.
func Document(slug string) []byte {
	document, err := listings.ReadFile(path.Join("listings", slug+".json"))
	if err != nil {
		return nil
	}
	return document
}

// read panics on a missing file: what is embedded is there.
func read(name string) []byte {
	document, err := listings.ReadFile(name)
	if err != nil {
		panic("builtin: " + err.Error())
	}
	return document
}
