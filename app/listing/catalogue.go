package listing

import (
	"context"
	"log/slog"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/listing/index"
)

// Catalogue answers searches and brings feeds up to date. It is safe for
// concurrent use.
type Catalogue struct {
	// Synced is told the feed's id when the listings changed.
	Synced event.Topic[string]
	// Progressed is told the id of the feed whose sync began, went on or ended.
	Progressed event.Topic[string]

	store  Store
	source Source
	now    func() time.Time
	log    *slog.Logger

	syncing chan struct{} // held by whoever changes feeds: one at a time
	ready   chan struct{} // closed when there is an index
	once    sync.Once

	mu        sync.RWMutex
	index     *index.Index
	overlay   *index.Overlay
	installed []string
	cards     *cards
	fresh     map[string]time.Time // feeds found unchanged since they were stored
	progress  Progress
}

// cards are those that were asked for last, of one index: what is read while that
// gives way to the next does not get among the cards of the next. A slug that was
// asked for in vain has nil.
type cards = lru.Cache[string, *Card]

func newCards() *cards {
	const kept = 4000
	c, err := lru.New[string, *Card](kept)
	if err != nil {
		panic(err) // the number is above 0
	}
	return c
}

// New returns a catalogue that has no index yet; see [Catalogue.Open].
func New(store Store, source Source, now func() time.Time, log *slog.Logger) *Catalogue {
	return &Catalogue{
		store: store, source: source, now: now, log: log,
		syncing: make(chan struct{}, 1), ready: make(chan struct{}),
		cards: newCards(), fresh: map[string]time.Time{},
	}
}

// Open makes the catalogue ready to search: from the stored index if there is
// one, else by building it. It then takes the built-in feed if that is new; when
// that fails, what is stored can be searched all the same. Searches wait for the
// index; run Open in the background.
func (c *Catalogue) Open(ctx context.Context) error {
	c.loadIndex(ctx)
	_, failed := c.Sync(ctx, BuiltIn)
	err := c.alone(ctx, func() error {
		select {
		case <-c.ready:
			return nil
		default:
			return c.rebuild(ctx)
		}
	})
	if failed != nil {
		return failed
	}
	return err
}

// loadIndex takes the stored index if it can be used; else it is made anew later.
func (c *Catalogue) loadIndex(ctx context.Context) {
	stamp, path, err := c.store.Index(ctx)
	if err != nil || stamp != indexStamp {
		return
	}
	if stored, err := index.Open(path); err == nil {
		c.use(stored)
	}
}

// alone runs do while nobody else changes feeds.
func (c *Catalogue) alone(ctx context.Context, do func() error) error {
	select {
	case c.syncing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-c.syncing }()
	return do()
}

func (c *Catalogue) use(ix *index.Index) {
	c.mu.Lock()
	c.index = ix
	c.cards = newCards()
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
	c.mu.RLock()
	kept := c.cards
	c.mu.RUnlock()
	known := make(map[string]*Card, len(slugs))
	var missing []string
	for _, slug := range slugs {
		if card, ok := kept.Get(slug); ok {
			known[slug] = card
		} else {
			missing = append(missing, slug)
		}
	}
	fetched, err := c.store.Cards(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, card := range fetched {
		known[card.Slug] = &card
	}
	for _, slug := range missing {
		kept.Add(slug, known[slug])
	}
	ordered := make([]Card, 0, len(slugs))
	for _, slug := range slugs {
		if card := known[slug]; card != nil {
			ordered = append(ordered, *card)
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
