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
	// Progress is told, as the feed comes in, how many of its bytes are here and
	// how many there will be, 0 if that is not known.
	Fetch(ctx context.Context, feed Feed, progress func(bytes, size int64)) (Delivery, error)
}

// Delivery is one feed as it was fetched.
type Delivery struct {
	Unchanged          bool
	ID, Name           string
	Collections        []Collection
	ETag, LastModified string
	Count              int // of documents; 0 if not known
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

// Store keeps the catalogue. Reading goes on while listings are replaced.
type Store interface {
	FeedStore
	Shelf
	IndexStore
}

// FeedStore keeps feeds. A change of what searches can find (replacing listings,
// removing a feed, changing ranks) throws the stored search index away with it.
type FeedStore interface {
	// Feeds returns all feeds by rank, of equal ones by id.
	Feeds(ctx context.Context) ([]Feed, error)
	// SaveFeed changes everything about a feed but its listings and its rank.
	SaveFeed(ctx context.Context, feed Feed) error
	// SaveRanks changes the ranks of feeds by id, all or none.
	SaveRanks(ctx context.Context, ranks map[string]int) error
	RemoveFeed(ctx context.Context, id string) error
	// Replace adds feed if it is new, exchanges all its listings for items in one
	// transaction, and returns how many were taken and set aside. An error leaves
	// all as it was.
	Replace(ctx context.Context, feed Feed, items iter.Seq2[Intake, error]) (taken, setAside int, err error)
}

// Intake is what Replace takes: an item, or one that was set aside.
type Intake struct {
	Item     *Item
	SetAside *SetAside
}

// Shelf reads listings. Of several with one slug Document and Cards know only the
// winner: that of the feed that comes first.
type Shelf interface {
	// Document returns a listing, or fault.NotFound.
	Document(ctx context.Context, slug string) ([]byte, error)
	// Documents yields every listing of a feed, in no order. The bytes are good
	// until the next is asked for.
	Documents(ctx context.Context, feed string) iter.Seq2[[]byte, error]
	// Cards returns the cards of slugs that exist.
	Cards(ctx context.Context, slugs []string) ([]Card, error)
	// FeedsOf returns the ids of the feeds that have slug, by rank.
	FeedsOf(ctx context.Context, slug string) ([]string, error)
	// Clashes returns the slugs that more than one feed has, in order.
	Clashes(ctx context.Context) ([]Clash, error)
	// SetAside returns what was set aside of a feed, by slug; of more than a
	// thousand only that many.
	SetAside(ctx context.Context, feed string) ([]SetAside, error)
}

// IndexStore keeps the search index of the stored listings. Stamp says by which
// rules it was made.
type IndexStore interface {
	// Index returns the path of the index's file, or fault.NotFound. The next
	// SaveIndex removes it, which does no harm to who has it open.
	Index(ctx context.Context) (stamp, path string, err error)
	SaveIndex(ctx context.Context, stamp string, data []byte) error
}
