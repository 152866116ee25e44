// Package feed fetches the documents that listings come in: the feed inside the
// program, and feeds over HTTPS that an admin adds.
//
// A feed over the network is hostile until shown otherwise. It is asked for with
// a deadline, only over https and only from https redirects, with a limit on
// what is read before and after decompression; it is parsed one listing at a
// time, so that a big one costs no memory; and a feed that breaks off in the
// middle is refused as a whole.
package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"

	"patchbay/app/fault"
	"patchbay/app/feed/builtin"
	"patchbay/app/listing"
)

var _ listing.Source = (*Sources)(nil)

// Sources fetches every kind of feed.
type Sources struct{ Web Web }

// Fetch implements listing.Source.
func (s *Sources) Fetch(ctx context.Context, f listing.Feed, progress func(bytes, size int64)) (listing.Delivery, error) {
	switch f.Kind {
	case listing.BuiltIn:
		return inside(f)
	case listing.HTTPS:
		return s.Web.Fetch(ctx, f, progress)
	}
	return listing.Delivery{}, fault.Errorf(fault.Internal, "feed %s is of unknown kind %q", f.ID, f.Kind)
}

// head is the part of a feed document that is not its listings.
type head struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	Collections []listing.Collection `json:"collections"`
	Count       int                  `json:"-"` // of listings
}

// stamp names what is built in; it takes the place of an ETag.
var stamp = sync.OnceValue(func() string {
	sum := sha256.New()
	sum.Write(builtin.Feed())
	for _, document := range builtin.Documents() {
		sum.Write(document)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
})

// inside delivers the built-in feed, unless f holds it already.
func inside(f listing.Feed) (listing.Delivery, error) {
	if f.ETag == stamp() {
		return listing.Delivery{Unchanged: true}, nil
	}
	var h head
	if err := json.Unmarshal(builtin.Feed(), &h); err != nil {
		return listing.Delivery{}, fault.Errorf(fault.Internal, "read the built-in feed: %w", err)
	}
	return listing.Delivery{
		ID: h.ID, Name: h.Name, Collections: h.Collections, ETag: stamp(),
		Count: len(builtin.Documents()),
		Documents: func(yield func([]byte, error) bool) {
			for _, document := range builtin.Documents() {
				if !yield(document, nil) {
					return
				}
			}
		},
	}, nil
}
