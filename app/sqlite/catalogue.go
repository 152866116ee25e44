package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"patchbay/app/listing"
)

var _ listing.Store = (*Catalogue)(nil)

// Catalogue is the file of what feeds sent. Losing it costs a download.
type Catalogue struct{ db *sql.DB }

const catalogueFile = "catalog.db"

// OpenCatalogue opens catalog.db in the folder dir. One that is damaged, or that a
// newer version has written, is set aside and made anew; rebuilt says so.
func OpenCatalogue(ctx context.Context, dir string, now func() time.Time) (c *Catalogue, rebuilt bool, err error) {
	path := filepath.Join(dir, catalogueFile)
	db, err := open(ctx, path, "NORMAL", "catalogue", nil)
	if errors.Is(err, errDamaged) || errors.Is(err, errNewer) {
		rebuilt = true
		if err = setAside(path, fmt.Sprintf("%s.damaged-%s", path, now().UTC().Format(backupLayout))); err == nil {
			db, err = open(ctx, path, "NORMAL", "catalogue", nil)
		}
	}
	return &Catalogue{db}, rebuilt, err
}

// Close ends all access.
func (c *Catalogue) Close() error { return c.db.Close() }

// Feeds implements listing.Store.
func (c *Catalogue) Feeds(ctx context.Context) ([]listing.Feed, error) {
	return all(ctx, c.db, func(r row) (f listing.Feed, err error) {
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
	return in(ctx, c.db, func(tx *sql.Tx) error { return saveFeed(ctx, tx, f) })
}

func saveFeed(ctx context.Context, tx *sql.Tx, f listing.Feed) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO feed (id, kind, name, url, rank, etag, last_modified, synced_at, tried_at, listings, set_aside, code, message, collections)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET
			name = excluded.name, rank = excluded.rank, etag = excluded.etag, last_modified = excluded.last_modified,
			synced_at = excluded.synced_at, tried_at = excluded.tried_at, listings = excluded.listings,
			set_aside = excluded.set_aside, code = excluded.code, message = excluded.message,
			collections = excluded.collections`,
		f.ID, f.Kind, f.Name, f.URL, f.Rank, f.ETag, f.LastModified, moment{&f.SyncedAt}, moment{&f.TriedAt},
		f.Listings, f.SetAside, f.Code, f.Message, document{f.Collections})
	return err
}

// RemoveFeed implements listing.Store.
func (c *Catalogue) RemoveFeed(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(ctx, `DELETE FROM feed WHERE id = $1`, id)
	return coded(err)
}

// Replace implements listing.Store.
func (c *Catalogue) Replace(ctx context.Context, f listing.Feed, items iter.Seq2[listing.Intake, error]) (taken, setAside int, err error) {
	err = in(ctx, c.db, func(tx *sql.Tx) error {
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
		_, err := tx.ExecContext(ctx, `UPDATE feed SET listings = $1, set_aside = $2 WHERE id = $3`, taken, setAside, f.ID)
		return err
	})
	return taken, setAside, err
}

func insertListings(ctx context.Context, tx *sql.Tx, feed string, items iter.Seq2[listing.Intake, error]) (taken, setAside int, err error) {
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO listing (feed_id, slug, document, card)
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
			setAside++
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO set_aside (feed_id, slug, problems)
				VALUES ($1, $2, $3)`, feed, away.Slug, document{away.Problems}); err != nil {
				return 0, 0, err
			}
			continue
		}
		item := intake.Item
		result, err := insert.ExecContext(ctx, feed, item.Listing.Slug, item.Document, document{item.Listing.Card()})
		if err != nil {
			return 0, 0, err
		}
		if n, err := result.RowsAffected(); err == nil {
			taken += int(n) // the first of two with one slug counts
		}
	}
	return taken, setAside, nil
}

// SetAside returns the listings of a feed that were not taken.
func (c *Catalogue) SetAside(ctx context.Context, feed string) ([]listing.SetAside, error) {
	return all(ctx, c.db, func(r row) (s listing.SetAside, err error) {
		return s, r.Scan(&s.Slug, document{&s.Problems})
	}, `SELECT slug, problems FROM set_aside WHERE feed_id = $1 ORDER BY slug`, feed)
}

// winner keeps, of listings with one slug, that of the feed of the lowest rank.
const winner = `
	FROM listing l JOIN feed f ON f.id = l.feed_id
	WHERE NOT EXISTS (
		SELECT 1
		FROM listing other JOIN feed better ON better.id = other.feed_id
		WHERE other.slug = l.slug AND better.rank < f.rank)`

// Document implements listing.Shelf.
func (c *Catalogue) Document(ctx context.Context, slug string) (doc []byte, err error) {
	err = c.db.QueryRowContext(ctx, `SELECT l.document`+winner+` AND l.slug = $1`, slug).Scan(&doc)
	return doc, coded(err)
}

// Documents implements listing.Shelf.
func (c *Catalogue) Documents(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		rows, err := c.db.QueryContext(ctx, `SELECT l.document`+winner)
		if err != nil {
			yield(nil, coded(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var doc []byte
			if err := rows.Scan(&doc); !yield(doc, coded(err)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, coded(err))
		}
	}
}

// cardsAtOnce keeps the number of places in one statement far below SQLite's limit.
const cardsAtOnce = 200

// Cards implements listing.Shelf.
func (c *Catalogue) Cards(ctx context.Context, slugs []string) ([]listing.Card, error) {
	cards := make([]listing.Card, 0, len(slugs))
	for some := range slices.Chunk(slugs, cardsAtOnce) {
		places := strings.TrimSuffix(strings.Repeat("?, ", len(some)), ", ")
		args := make([]any, len(some))
		for i, slug := range some {
			args[i] = slug
		}
		found, err := all(ctx, c.db, func(r row) (card listing.Card, err error) {
			return card, r.Scan(document{&card})
		}, `SELECT l.card`+winner+` AND l.slug IN (`+places+`)`, args...)
		if err != nil {
			return nil, err
		}
		cards = append(cards, found...)
	}
	return cards, nil
}

// Index implements listing.Shelf.
func (c *Catalogue) Index(ctx context.Context) (stamp string, data []byte, err error) {
	err = c.db.QueryRowContext(ctx, `SELECT stamp, data FROM search_index`).Scan(&stamp, &data)
	return stamp, data, coded(err)
}

// SaveIndex implements listing.Shelf.
func (c *Catalogue) SaveIndex(ctx context.Context, stamp string, data []byte) error {
	_, err := c.db.ExecContext(ctx, `
		INSERT INTO search_index (id, stamp, data)
		VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, data = excluded.data`, stamp, data)
	return coded(err)
}
