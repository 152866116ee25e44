package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"patchbay/app/listing"
)

// Feeds implements listing.Store.
func (c *Catalogue) Feeds(ctx context.Context) ([]listing.Feed, error) {
	feeds, err := feedsIn(ctx, c.read)
	return feeds, c.noted(err)
}

func feedsIn(ctx context.Context, db querier) ([]listing.Feed, error) {
	return all(ctx, db, func(r row) (f listing.Feed, err error) {
		err = r.Scan(&f.ID, &f.Kind, &f.Name, &f.URL, &f.Rank, &f.ETag, &f.LastModified, moment{&f.SyncedAt},
			moment{&f.TriedAt}, &f.Listings, &f.SetAside, &f.Code, &f.Message, document{&f.Collections})
		return f, err
	}, `
		SELECT id, kind, name, url, rank, etag, last_modified, synced_at, tried_at, listings, set_aside, code, message, collections
		FROM feed
		ORDER BY rank, id`)
}

// SaveFeed implements listing.Store.
func (c *Catalogue) SaveFeed(ctx context.Context, f listing.Feed) error {
	return c.change(ctx, func(tx *sql.Tx) error { return saveFeed(ctx, tx, f) })
}

// SaveRanks implements listing.Store.
func (c *Catalogue) SaveRanks(ctx context.Context, ranks map[string]int) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		for id, rank := range ranks {
			if _, err := tx.ExecContext(ctx, `UPDATE feed SET rank = $1 WHERE id = $2`, rank, id); err != nil {
				return err
			}
		}
		return dropIndex(ctx, tx)
	})
}

// dropIndex goes with every change of what can be found.
func dropIndex(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM search_index`)
	return err
}

// change runs do in one transaction and remembers which feeds there are then.
func (c *Catalogue) change(ctx context.Context, do func(*sql.Tx) error) error {
	return c.noted(in(ctx, c.write, func(tx *sql.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		feeds, err := feedsIn(ctx, tx)
		if err != nil {
			return err
		}
		// Before the commit: a failure leaves all as it was, and a word too many
		// is put right by the next change.
		return remember(c.dir, feeds)
	}))
}

func saveFeed(ctx context.Context, tx *sql.Tx, f listing.Feed) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO feed (id, kind, name, url, rank, etag, last_modified, synced_at, tried_at, listings, set_aside, code, message, collections)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET
			name = excluded.name, etag = excluded.etag, last_modified = excluded.last_modified,
			synced_at = excluded.synced_at, tried_at = excluded.tried_at, listings = excluded.listings,
			set_aside = excluded.set_aside, code = excluded.code, message = excluded.message,
			collections = excluded.collections`,
		f.ID, f.Kind, f.Name, f.URL, f.Rank, f.ETag, f.LastModified, moment{&f.SyncedAt}, moment{&f.TriedAt},
		f.Listings, f.SetAside, f.Code, f.Message, document{f.Collections})
	return err
}

// RemoveFeed implements listing.Store.
func (c *Catalogue) RemoveFeed(ctx context.Context, id string) error {
	return c.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM feed WHERE id = $1`, id); err != nil {
			return err
		}
		return dropIndex(ctx, tx)
	})
}

// Replace implements listing.Store.
func (c *Catalogue) Replace(ctx context.Context, f listing.Feed, items iter.Seq2[listing.Intake, error]) (taken, setAside int, err error) {
	err = c.change(ctx, func(tx *sql.Tx) error {
		if err := saveFeed(ctx, tx, f); err != nil {
			return err
		}
		for _, clear := range []string{`DELETE FROM listing WHERE feed_id = $1`, `DELETE FROM set_aside WHERE feed_id = $1`} {
			if _, err := tx.ExecContext(ctx, clear, f.ID); err != nil {
				return err
			}
		}
		if taken, setAside, err = insertListings(ctx, tx, f.ID, items); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE feed SET listings = $1, set_aside = $2 WHERE id = $3`, taken, setAside, f.ID); err != nil {
			return err
		}
		return dropIndex(ctx, tx)
	})
	return taken, setAside, err
}

// reasonsKept is for how many listings that were set aside the reasons are kept;
// a feed in which everything is wrong must not fill the disk with them.
const reasonsKept = 1000

func insertListings(ctx context.Context, tx *sql.Tx, feed string, items iter.Seq2[listing.Intake, error]) (taken, setAside int, err error) {
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO listing (feed_id, slug, card, document)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (feed_id, slug) DO NOTHING`)
	if err != nil {
		return 0, 0, err
	}
	defer insert.Close()
	for intake, err := range items {
		if err != nil {
			return 0, 0, err
		}
		if away := intake.SetAside; away != nil {
			if setAside++; setAside > reasonsKept {
				continue
			}
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO set_aside (feed_id, slug, problems)
				VALUES ($1, $2, $3)`, feed, away.Slug, document{away.Problems}); err != nil {
				return 0, 0, err
			}
			continue
		}
		item := intake.Item
		result, err := insert.ExecContext(ctx, feed, item.Listing.Slug, document{item.Listing.Card()}, item.Document)
		if err != nil {
			return 0, 0, err
		}
		if n, err := result.RowsAffected(); err == nil {
			taken += int(n) // the first of two with one slug counts
		}
	}
	return taken, setAside, nil
}
