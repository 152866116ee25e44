package listing

import (
	"context"
	"slices"

	"patchbay/app/fault"
)

// Clash is a slug that more than one feed has. Feeds are their ids by rank: the
// listing of the first is the one that is shown.
type Clash struct {
	Slug  string
	Feeds []string
}

// Clashes returns the slugs that more than one feed has, in order.
func (c *Catalogue) Clashes(ctx context.Context) ([]Clash, error) { return c.store.Clashes(ctx) }

// FeedsOf returns the ids of the feeds that have slug, that of the one shown first.
func (c *Catalogue) FeedsOf(ctx context.Context, slug string) ([]string, error) {
	return c.store.FeedsOf(ctx, slug)
}

// Prefer moves the feed called id before all others, the built-in one too: where
// feeds have a listing of the same slug, its listing is the one that is shown and
// connected from now on. The order of the others stays.
func (c *Catalogue) Prefer(ctx context.Context, id string) error {
	return c.alone(ctx, func() error {
		feeds, err := c.store.Feeds(ctx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(feeds, func(f Feed) bool { return f.ID == id })
		if at < 0 {
			return fault.Errorf(fault.NotFound, "no feed %s", id)
		}
		if at == 0 {
			return nil
		}
		chosen := feeds[at]
		ranks := map[string]int{}
		for rank, f := range slices.Insert(slices.Delete(feeds, at, at+1), 0, chosen) {
			ranks[f.ID] = rank
		}
		if err := c.store.SaveRanks(ctx, ranks); err != nil {
			return err
		}
		defer c.Synced.Publish(id)
		return c.rebuild(ctx)
	})
}

// SetAside returns the listings of a feed that were not taken, by slug, with what
// is wrong with them. Of very many only the first are known.
func (c *Catalogue) SetAside(ctx context.Context, feed string) ([]SetAside, error) {
	return c.store.SetAside(ctx, feed)
}
