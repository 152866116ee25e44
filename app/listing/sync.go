package listing

import (
	"cmp"
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
func (c *Catalogue) Sync(ctx context.Context, id string) (feed Feed, err error) {
	ctx, cancel := context.WithTimeout(ctx, syncDeadline)
	defer cancel()
	err = c.alone(ctx, func() error {
		if feed, err = c.feed(ctx, id); err != nil {
			return err
		}
		feed, err = c.sync(ctx, feed)
		return err
	})
	return feed, err
}

// sync is Sync for who is alone.
func (c *Catalogue) sync(ctx context.Context, before Feed) (Feed, error) {
	feed, changed, err := c.take(ctx, before)
	if err != nil {
		// What the feed sent of itself is as little believed as its listings: a
		// validator kept now would hide the good delivery that comes next.
		failed := before
		failed.TriedAt = c.now().UTC()
		failed.Code, failed.Message = string(fault.CodeOf(err)), err.Error()
		c.noteFailure(ctx, failed)
		return failed, err
	}
	if changed {
		c.Synced.Publish(feed.ID)
	}
	return feed, nil
}

func (c *Catalogue) noteFailure(ctx context.Context, failed Feed) {
	if err := c.store.SaveFeed(context.WithoutCancel(ctx), failed); err != nil {
		c.log.Error("note a failed sync", "feed", failed.ID, "error", err)
	}
}

// take fetches a feed and stores what it holds, if that is new.
func (c *Catalogue) take(ctx context.Context, feed Feed) (_ Feed, changed bool, err error) {
	defer c.advance(Progress{})
	progress := Progress{Feed: feed.ID}
	c.advance(progress)
	delivery, err := c.source.Fetch(ctx, feed, func(bytes, size int64) {
		progress.Bytes, progress.Size = bytes, size
		c.advance(progress)
	})
	if err != nil {
		return feed, false, err
	}
	if delivery.Close != nil {
		defer func() {
			if err := delivery.Close(); err != nil {
				c.log.Warn("clear away a delivery", "feed", feed.ID, "error", err)
			}
		}()
	}
	progress.Count = delivery.Count
	now := c.now().UTC()
	if delivery.Unchanged {
		feed, err = c.unchanged(ctx, feed, now)
		return feed, false, err
	}
	feed.SyncedAt, feed.TriedAt = now, now
	feed.Code, feed.Message = "", ""
	feed.ETag, feed.LastModified = delivery.ETag, delivery.LastModified
	feed.Collections = delivery.Collections
	feed.Name = cmp.Or(delivery.Name, feed.Name)
	feed.Listings, feed.SetAside, err = c.replace(ctx, feed, c.counting(progress, delivery.Documents))
	return feed, err == nil, err
}

// unchanged notes that feed is up to date. That is kept in memory alone: it is
// not worth a write each time, and the next start asks again anyhow.
func (c *Catalogue) unchanged(ctx context.Context, feed Feed, now time.Time) (Feed, error) {
	if feed.Kind == BuiltIn {
		return feed, nil
	}
	failed := feed.Code != ""
	feed.SyncedAt, feed.TriedAt = now, now
	feed.Code, feed.Message = "", ""
	c.mu.Lock()
	c.fresh[feed.ID] = now
	c.mu.Unlock()
	if failed {
		return feed, c.store.SaveFeed(ctx, feed)
	}
	return feed, nil
}

// Feeds returns all feeds by rank.
func (c *Catalogue) Feeds(ctx context.Context) ([]Feed, error) {
	feeds, err := c.store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	for i, f := range feeds {
		if at := c.fresh[f.ID]; at.After(f.SyncedAt) {
			feeds[i].SyncedAt = at
		}
		if at := c.fresh[f.ID]; at.After(f.TriedAt) {
			feeds[i].TriedAt = at
		}
	}
	return feeds, nil
}

// feed finds a feed; the built-in one always exists.
func (c *Catalogue) feed(ctx context.Context, id string) (Feed, error) {
	feeds, err := c.Feeds(ctx)
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
func (c *Catalogue) AddFeed(ctx context.Context, id, address string) (feed Feed, err error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return Feed{}, fault.Field("url", "a feed's address starts with https://")
	}
	u.Fragment, u.Host = "", strings.ToLower(u.Host)
	ctx, cancel := context.WithTimeout(ctx, syncDeadline)
	defer cancel()
	err = c.alone(ctx, func() error {
		if feed, err = c.newFeed(ctx, id, u); err != nil {
			return err
		}
		var changed bool
		if feed, changed, err = c.take(ctx, feed); err == nil && changed {
			c.Synced.Publish(id)
		}
		return err
	})
	return feed, err
}

// newFeed returns the feed at u as it is before its first sync.
func (c *Catalogue) newFeed(ctx context.Context, id string, u *url.URL) (Feed, error) {
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
	return Feed{ID: id, Kind: HTTPS, Name: u.Hostname(), URL: u.String(), Rank: rank}, nil
}

// RemoveFeed removes a feed with its listings. The built-in feed stays.
func (c *Catalogue) RemoveFeed(ctx context.Context, id string) error {
	if id == BuiltIn {
		return fault.Errorf(fault.Conflict, "the built-in feed cannot be removed")
	}
	return c.alone(ctx, func() error {
		if err := c.store.RemoveFeed(ctx, id); err != nil {
			return err
		}
		defer c.Synced.Publish(id)
		return c.rebuild(ctx)
	})
}

// stale is how old a feed may get before it is fetched again by itself.
const stale = 6 * time.Hour

// SyncStale brings every feed up to date that was not asked for a while. Failures
// stand in the feeds.
func (c *Catalogue) SyncStale(ctx context.Context) {
	feeds, err := c.Feeds(ctx)
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
