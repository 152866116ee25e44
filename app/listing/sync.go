package listing

import (
	"context"
	"net/url"
	"strings"
	"time"

	"patchbay/app/fault"
)

// syncDeadline bounds taking one feed: fetching it and storing what it holds.
const syncDeadline = 10 * time.Minute

// Sync brings the feed called id up to date and returns how that went. A failure
// leaves the listings as they were; it stands in the feed and is returned.
func (c *Catalogue) Sync(ctx context.Context, id string) (Feed, error) {
	c.syncing.Lock()
	defer c.syncing.Unlock()
	ctx, cancel := context.WithTimeout(ctx, syncDeadline)
	defer cancel()
	feed, err := c.feed(ctx, id)
	if err != nil {
		return feed, err
	}
	feed.TriedAt = c.now().UTC()
	changed, err := c.take(ctx, &feed)
	if err != nil {
		feed.Code, feed.Message = string(fault.CodeOf(err)), err.Error()
		if saveErr := c.store.SaveFeed(context.WithoutCancel(ctx), feed); saveErr != nil {
			c.log.Error("note a failed sync", "feed", id, "error", saveErr)
		}
		return feed, err
	}
	if changed {
		err = c.rebuild(ctx)
		c.Synced.Publish(id)
	}
	return feed, err
}

// take fetches feed and stores what it holds, if that is new.
func (c *Catalogue) take(ctx context.Context, feed *Feed) (changed bool, err error) {
	delivery, err := c.source.Fetch(ctx, *feed)
	if err != nil {
		return false, err
	}
	if delivery.Close != nil {
		defer delivery.Close()
	}
	feed.Code, feed.Message = "", ""
	if delivery.Unchanged {
		// One that was asked for over the network is known to be fresh again; the
		// built-in one is never stale, and needs no write at every start.
		if feed.Kind != BuiltIn {
			feed.SyncedAt = feed.TriedAt
			return false, c.store.SaveFeed(ctx, *feed)
		}
		return false, nil
	}
	feed.SyncedAt = feed.TriedAt
	feed.ETag, feed.LastModified = delivery.ETag, delivery.LastModified
	feed.Collections = delivery.Collections
	if delivery.Name != "" {
		feed.Name = delivery.Name
	}
	feed.Listings, feed.SetAside, err = c.store.Replace(ctx, *feed, intake(*feed, delivery.Documents))
	return true, err
}

// feed finds a feed; the built-in one always exists.
func (c *Catalogue) feed(ctx context.Context, id string) (Feed, error) {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return Feed{}, err
	}
	for _, f := range feeds {
		if f.ID == id {
			return f, nil
		}
	}
	if id == BuiltIn {
		return Feed{ID: BuiltIn, Kind: BuiltIn, Name: "Patchbay"}, nil
	}
	return Feed{}, fault.Errorf(fault.NotFound, "no feed %s", id)
}

// maxFeeds bounds how many feeds an admin can add.
const maxFeeds = 50

// AddFeed adds the feed at address and takes its listings. A feed whose first
// sync fails is not added.
func (c *Catalogue) AddFeed(ctx context.Context, id, address string) (Feed, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return Feed{}, fault.Field("url", "a feed's address starts with https://")
	}
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return Feed{}, err
	}
	rank := 1
	for _, f := range feeds {
		if f.URL == u.String() {
			return f, fault.Errorf(fault.Conflict, "this feed is there already")
		}
		rank = max(rank, f.Rank+1)
	}
	if len(feeds) >= maxFeeds {
		return Feed{}, fault.Errorf(fault.Conflict, "there are %d feeds already", maxFeeds)
	}
	feed := Feed{ID: id, Kind: HTTPS, Name: u.Hostname(), URL: u.String(), Rank: rank}
	if err := c.store.SaveFeed(ctx, feed); err != nil {
		return feed, err
	}
	taken, err := c.Sync(ctx, id)
	if err != nil {
		if undo := c.store.RemoveFeed(context.WithoutCancel(ctx), id); undo != nil {
			c.log.Error("forget a feed that could not be fetched", "error", undo)
		}
	}
	return taken, err
}

// RemoveFeed removes a feed with its listings. The built-in feed stays.
func (c *Catalogue) RemoveFeed(ctx context.Context, id string) error {
	if id == BuiltIn {
		return fault.Errorf(fault.Conflict, "the built-in feed cannot be removed")
	}
	c.syncing.Lock()
	defer c.syncing.Unlock()
	if err := c.store.RemoveFeed(ctx, id); err != nil {
		return err
	}
	err := c.rebuild(ctx)
	c.Synced.Publish(id)
	return err
}

// stale is how old a feed may get before it is fetched again by itself.
const stale = 6 * time.Hour

// SyncStale brings every feed up to date that was not asked for a while. Failures
// stand in the feeds.
func (c *Catalogue) SyncStale(ctx context.Context) {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		c.log.Error("read feeds", "error", err)
		return
	}
	for _, f := range feeds {
		if f.Kind == HTTPS && c.now().Sub(f.TriedAt) >= stale {
			if _, err := c.Sync(ctx, f.ID); err != nil {
				c.log.Warn("sync failed", "feed", f.ID, "code", fault.CodeOf(err))
			}
		}
	}
}
