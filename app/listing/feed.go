package listing

import (
	"context"
	"iter"
	"time"
)

// Feed is a place where listings come from, with how its last sync went. Times
// are UTC.
type Feed struct {
	ID   string
	Kind string // BuiltIn or HTTPS
	Name string
	URL  string
	// Rank decides between feeds that have the same listing: the lowest wins.
	Rank int
	// ETag and LastModified make the next request conditional.
	ETag, LastModified string

	SyncedAt time.Time // last time it was known to be up to date
	TriedAt  time.Time
	Listings int
	SetAside int
	// Code and Message say why the last sync failed; empty when it did not.
	Code, Message string

	Collections []Collection
}

// The kinds of feed.
const (
	BuiltIn = "built_in"
	HTTPS   = "https"
)

// Collection is an editor's choice of listings, in an order. Titles and
// Descriptions hold translations by language.
type Collection struct {
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Titles       map[string]string `json:"titles,omitempty"`
	Description  string            `json:"description,omitempty"`
	Descriptions map[string]string `json:"descriptions,omitempty"`
	Slugs        []string          `json:"slugs"`
}

// In returns the collection's title and description in language, or as written.
func (c Collection) In(language string) (title, description string) {
	title, description = c.Title, c.Description
	if t, ok := c.Titles[language]; ok {
		title = t
	}
	if d, ok := c.Descriptions[language]; ok {
		description = d
	}
	return title, description
}

// Source fetches feeds.
type Source interface {
	// Fetch returns what feed holds now. Unchanged says that it is as it was; the
	// rest of the delivery is empty then. The documents are not checked yet.
	Fetch(ctx context.Context, feed Feed) (Delivery, error)
}

// Delivery is one feed as it was fetched.
type Delivery struct {
	Unchanged          bool
	ID, Name           string
	Collections        []Collection
	ETag, LastModified string
	// Documents yields the listings one by one; an error ends it and refuses the
	// whole delivery.
	Documents iter.Seq2[[]byte, error]
	// Close frees what Documents reads from; nil for nothing.
	Close func() error
}

// Item is a checked listing on its way into the store.
type Item struct {
	Listing  Listing
	Document []byte
}

// SetAside is a listing that was not taken.
type SetAside struct {
	Slug     string
	Problems []Problem
}

// Store keeps the catalogue.
type Store interface {
	// Feeds returns all feeds by rank.
	Feeds(ctx context.Context) ([]Feed, error)
	// SaveFeed adds a feed or changes everything about it but its listings.
	SaveFeed(ctx context.Context, feed Feed) error
	RemoveFeed(ctx context.Context, id string) error
	// Replace exchanges all listings of feed for items in one transaction, and
	// returns how many were taken and set aside. An error leaves all as it was.
	Replace(ctx context.Context, feed Feed, items iter.Seq2[Intake, error]) (taken, setAside int, err error)
	Shelf
}

// Intake is what Replace takes: an item, or one that was set aside.
type Intake struct {
	Item     *Item
	SetAside *SetAside
}

// Clash is a slug that several feeds have: their ids, the winner first.
type Clash struct {
	Slug  string
	Feeds []string
}

// Shelf reads listings. Of several with one slug it knows only the winner.
type Shelf interface {
	// Document returns a listing, or fault.NotFound.
	Document(ctx context.Context, slug string) ([]byte, error)
	// Documents yields every listing of one feed, in no order. What it yields is
	// good only until the next.
	Documents(ctx context.Context, feed string) iter.Seq2[[]byte, error]
	// SetAside returns the listings of a feed that were not taken, by slug.
	SetAside(ctx context.Context, feed string) ([]SetAside, error)
	// Clashes returns the slugs that several feeds have, in order.
	Clashes(ctx context.Context) ([]Clash, error)
	// Cards returns the cards of slugs that exist.
	Cards(ctx context.Context, slugs []string) ([]Card, error)
	// Index and SaveIndex keep the search index of a catalogue that stamp names.
	// No index is fault.NotFound.
	Index(ctx context.Context) (stamp string, data []byte, err error)
	SaveIndex(ctx context.Context, stamp string, data []byte) error
}
