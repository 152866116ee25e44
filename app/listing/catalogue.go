package listing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"time"

	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/listing/index"
)

// Catalogue answers searches and brings feeds up to date. It is safe for
// concurrent use.
type Catalogue struct {
	// Synced is told when the listings changed.
	Synced event.Topic[string]

	store  Store
	source Source
	now    func() time.Time
	log    *slog.Logger

	syncing sync.Mutex    // one sync at a time
	ready   chan struct{} // closed when there is an index
	once    sync.Once

	mu        sync.RWMutex
	index     *index.Index
	overlay   *index.Overlay
	installed []string
	cards     map[string]Card
}

// cardsKept bounds the cards that are kept in memory.
const cardsKept = 4000

// New returns a catalogue that has no index yet; see [Catalogue.Open].
func New(store Store, source Source, now func() time.Time, log *slog.Logger) *Catalogue {
	return &Catalogue{store: store, source: source, now: now, log: log, ready: make(chan struct{}), cards: map[string]Card{}}
}

// Open makes the catalogue ready to search: from the stored index if that is the
// one of the stored listings, else by building it. It then takes the built-in
// feed if that is new. Searches wait for it; run it in the background.
func (c *Catalogue) Open(ctx context.Context) error {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return err
	}
	stamp, data, err := c.store.Index(ctx)
	if err == nil && len(feeds) > 0 && stamp == stampOf(feeds) {
		if stored, err := index.Load(data); err == nil {
			c.use(stored)
		}
	}
	if _, err := c.Sync(ctx, BuiltIn); err != nil {
		return err
	}
	return c.ensure(ctx)
}

// ensure builds the index if there is none yet.
func (c *Catalogue) ensure(ctx context.Context) error {
	select {
	case <-c.ready:
		return nil
	default:
		return c.rebuild(ctx)
	}
}

// rebuild makes the index anew from the stored listings and stores it.
func (c *Catalogue) rebuild(ctx context.Context) error {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return err
	}
	var failed error
	fresh := index.Build(func(yield func(index.Document) bool) {
		// Of documents with one slug the index takes the last: the winner's.
		for _, feed := range slices.Backward(feeds) {
			for document, err := range c.store.Documents(ctx, feed.ID) {
				if err != nil {
					failed = err
					return
				}
				if l, err := Parse(document); err == nil && !yield(l.indexed()) {
					return
				}
			}
		}
	})
	if failed != nil {
		return failed
	}
	c.use(fresh)
	data, err := fresh.MarshalBinary()
	if err != nil {
		return err
	}
	return c.store.SaveIndex(ctx, stampOf(feeds), data)
}

func (c *Catalogue) use(ix *index.Index) {
	c.mu.Lock()
	c.index = ix
	c.cards = map[string]Card{}
	c.overlay = overlayOf(ix, c.installed)
	c.mu.Unlock()
	c.once.Do(func() { close(c.ready) })
}

// MarkInstalled says which listings are connected now.
func (c *Catalogue) MarkInstalled(slugs []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.installed = slugs
	if c.index != nil {
		c.overlay = overlayOf(c.index, slugs)
	}
}

func overlayOf(ix *index.Index, installed []string) *index.Overlay {
	return ix.Overlay(map[index.Facet]map[string][]string{index.Installed: {Yes: installed}})
}

// stampOf names the listings that feeds hold.
func stampOf(feeds []Feed) string {
	sum := sha256.New()
	for _, f := range feeds {
		fmt.Fprintf(sum, "%s %d %d %s %d\n", f.ID, f.Rank, f.Listings, f.ETag, f.SyncedAt.UnixMilli())
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// wait returns once there is an index, or says that it took too long.
func (c *Catalogue) wait(ctx context.Context) error {
	select {
	case <-c.ready:
		return nil
	case <-ctx.Done():
		return fault.Errorf(fault.Timeout, "the catalogue is not ready yet")
	}
}

// Found is one page of results.
type Found struct {
	Result index.Result
	Cards  []Card
}

// Search answers q. It waits for the catalogue to be ready, as long as ctx allows.
func (c *Catalogue) Search(ctx context.Context, q index.Query) (Found, error) {
	if err := c.wait(ctx); err != nil {
		return Found{}, err
	}
	c.mu.RLock()
	ix := c.index
	q.Overlay = c.overlay
	c.mu.RUnlock()
	found := Found{Result: ix.Search(q)}
	slugs := make([]string, len(found.Result.Hits))
	for i, hit := range found.Result.Hits {
		slugs[i] = hit.Slug
	}
	cards, err := c.Cards(ctx, slugs)
	found.Cards = cards
	return found, err
}

// Cards returns the cards of slugs, in their order; those that are gone are left out.
func (c *Catalogue) Cards(ctx context.Context, slugs []string) ([]Card, error) {
	var missing []string
	c.mu.RLock()
	for _, slug := range slugs {
		if _, ok := c.cards[slug]; !ok {
			missing = append(missing, slug)
		}
	}
	c.mu.RUnlock()
	var fetched []Card
	if len(missing) > 0 {
		var err error
		if fetched, err = c.store.Cards(ctx, missing); err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.cards)+len(fetched) > cardsKept {
		clear(c.cards)
		if len(missing) < len(slugs) {
			// The rest of this page went with it; few enough to ask for again.
			c.mu.Unlock()
			all, err := c.store.Cards(ctx, slugs)
			c.mu.Lock()
			if err != nil {
				return nil, err
			}
			fetched = all
		}
	}
	for _, card := range fetched {
		c.cards[card.Slug] = card
	}
	ordered := make([]Card, 0, len(slugs))
	for _, slug := range slugs {
		if card, ok := c.cards[slug]; ok {
			ordered = append(ordered, card)
		}
	}
	return ordered, nil
}

// Listing returns the listing called slug, or fault.NotFound. At the very first
// start it waits until there is anything to find.
func (c *Catalogue) Listing(ctx context.Context, slug string) (Listing, error) {
	document, err := c.store.Document(ctx, slug)
	if fault.CodeOf(err) == fault.NotFound && c.wait(ctx) == nil {
		document, err = c.store.Document(ctx, slug)
	}
	if err != nil {
		return Listing{}, err
	}
	l, err := Parse(document)
	if err != nil {
		return l, fault.Errorf(fault.StorageFailed, "read listing %s: %w", slug, err)
	}
	return l, nil
}

// Collections returns the collections of all feeds, by the feeds' ranks.
func (c *Catalogue) Collections(ctx context.Context) ([]Collection, error) {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	var all []Collection
	for _, f := range feeds {
		all = append(all, f.Collections...)
	}
	return all, nil
}

// SetAside returns the listings of a feed that were not taken, with the reasons.
func (c *Catalogue) SetAside(ctx context.Context, feed string) ([]SetAside, error) {
	return c.store.SetAside(ctx, feed)
}

// Clashes returns the slugs that several feeds have, the winning feed first.
func (c *Catalogue) Clashes(ctx context.Context) ([]Clash, error) { return c.store.Clashes(ctx) }

// Prefer lets the feed called id win wherever several have the same listing.
func (c *Catalogue) Prefer(ctx context.Context, id string) error {
	c.syncing.Lock()
	defer c.syncing.Unlock()
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return err
	}
	first := slices.IndexFunc(feeds, func(f Feed) bool { return f.ID == id })
	if first < 0 {
		return fault.Errorf(fault.NotFound, "no feed %s", id)
	}
	feeds[first].Rank = feeds[0].Rank - 1
	if err := c.store.SaveFeed(ctx, feeds[first]); err != nil {
		return err
	}
	err = c.rebuild(ctx)
	c.Synced.Publish(id)
	return err
}

// Feeds returns all feeds by rank.
func (c *Catalogue) Feeds(ctx context.Context) ([]Feed, error) { return c.store.Feeds(ctx) }

// intake checks documents on their way into the store.
func intake(feed Feed, documents iter.Seq2[[]byte, error]) iter.Seq2[Intake, error] {
	return func(yield func(Intake, error) bool) {
		for document, err := range documents {
			if err != nil {
				yield(Intake{}, err)
				return
			}
			if !yield(checked(feed, document), nil) {
				return
			}
		}
	}
}

// checked takes a document if it is good. Only the built-in feed may bring what
// is labelled as ours or leads to this machine.
func checked(feed Feed, document []byte) Intake {
	l, err := Parse(document)
	problems := Check(document)
	if feed.Kind != BuiltIn && (l.Sandbox || l.BuiltByUs) {
		problems = append(problems, Problem{Path: "/sandbox", Message: "only the built-in feed may offer practice apps and apps by Patchbay", Mend: "Leave sandbox and builtByUs out"})
	}
	if err != nil || len(problems) > 0 {
		return Intake{SetAside: &SetAside{Slug: l.Slug, Problems: problems}}
	}
	return Intake{Item: &Item{Listing: l, Document: document}}
}
