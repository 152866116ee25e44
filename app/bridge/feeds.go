package bridge

import (
	"cmp"
	"context"
	"strconv"

	"github.com/google/uuid"

	"patchbay/app/account"
	"patchbay/app/listing"
)

// Feeds returns all feeds, those that win first.
func (c *Catalogue) Feeds() (_ []Feed, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	feeds, err := c.b.Catalogue.Feeds(ctx)
	return list(feeds, toFeed), err
}

// AddFeed adds the feed at an https address. It returns when its listings have
// been taken, or the reason why not.
func (c *Catalogue) AddFeed(url string) (_ Feed, err error) {
	defer guard(&err)
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, account.ManageAccount); err != nil {
		return Feed{}, err
	}
	f, err := c.b.Catalogue.AddFeed(ctx, uuid.NewString(), url)
	return toFeed(f), err
}

// RemoveFeed removes a feed with its listings.
func (c *Catalogue) RemoveFeed(id string) (err error) {
	defer guard(&err)
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, account.ManageAccount); err != nil {
		return err
	}
	return c.b.Catalogue.RemoveFeed(ctx, id)
}

// SyncFeed brings a feed up to date now.
func (c *Catalogue) SyncFeed(id string) (_ Feed, err error) {
	defer guard(&err)
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, account.ManageAccount); err != nil {
		return Feed{}, err
	}
	f, err := c.b.Catalogue.Sync(ctx, id)
	return toFeed(f), err
}

// Progress returns how far the sync has come that is under way.
func (c *Catalogue) Progress() (_ Progress, err error) {
	defer guard(&err)
	return Progress(c.b.Catalogue.Progress()), nil
}

// WhySetAside returns which listings of a feed were not taken at its last sync, and
// why; of very many the first thousand.
func (c *Catalogue) WhySetAside(feed string) (_ []SetAside, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	away, err := c.b.Catalogue.SetAside(ctx, feed)
	return list(away, toSetAside), err
}

// clashesShown is how many apps of more than one feed are named.
const clashesShown = 200

// Clashes returns which apps more than one feed has.
func (c *Catalogue) Clashes() (_ Clashes, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	all, err := c.b.Catalogue.Clashes(ctx)
	if err != nil {
		return Clashes{}, err
	}
	name, err := c.b.feedNames(ctx)
	return Clashes{Total: len(all), Shown: list(all[:min(len(all), clashesShown)], func(clash listing.Clash) Clash {
		return Clash{Slug: clash.Slug, Feeds: list(clash.Feeds, name)}
	})}, err
}

// PreferFeed makes a feed win where others have the same app.
func (c *Catalogue) PreferFeed(id string) (err error) {
	defer guard(&err)
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, account.ManageAccount); err != nil {
		return err
	}
	return c.b.Catalogue.Prefer(ctx, id)
}

// feedsOf names the feeds that have the listing called slug, the one shown first.
func (b *Bridge) feedsOf(ctx context.Context, slug string) ([]FeedName, error) {
	ids, err := b.Catalogue.FeedsOf(ctx, slug)
	if err != nil {
		return nil, err
	}
	name, err := b.feedNames(ctx)
	return list(ids, name), err
}

// feedNames returns what feeds are called by their ids.
func (b *Bridge) feedNames(ctx context.Context) (func(id string) FeedName, error) {
	feeds, err := b.Catalogue.Feeds(ctx)
	names := map[string]string{}
	for _, f := range feeds {
		names[f.ID] = cmp.Or(f.Name, f.URL)
	}
	return func(id string) FeedName { return FeedName{ID: id, Name: names[id]} }, err
}

func toSetAside(s listing.SetAside) SetAside {
	shown := strconv.Quote(s.Slug) // it may be anything
	return SetAside{Slug: shown[1 : len(shown)-1], Reasons: list(s.Problems, listing.Problem.String)}
}

func toFeed(f listing.Feed) Feed {
	return Feed{
		ID: f.ID, Kind: f.Kind, Name: f.Name, URL: f.URL, SyncedAt: ms(f.SyncedAt), TriedAt: ms(f.TriedAt),
		Listings: f.Listings, SetAside: f.SetAside, Code: f.Code, Message: f.Message,
	}
}
