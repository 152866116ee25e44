package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

var _ listing.Store = (*Catalogue)(nil)

// Catalogue is the file of what feeds sent. Losing it costs a download; which
// feeds there are is kept beside it as well. It is safe for concurrent use, and
// reads go on while a feed is taken in.
type Catalogue struct {
	write *sql.DB
	read  *sql.DB // a pool of its own: a transaction that takes minutes holds up nobody
	dir   string
}

const (
	catalogueFile = "catalog.db"
	readers       = 4
)

// OpenCatalogue opens catalog.db in the folder dir. One that is damaged, or that a
// newer version has written, is set aside and made anew with the same feeds, their
// listings to be fetched again; rebuilt says so.
func OpenCatalogue(ctx context.Context, dir string, now func() time.Time) (c *Catalogue, rebuilt bool, err error) {
	c = &Catalogue{dir: dir}
	err = c.open(ctx)
	if errors.Is(err, errDamaged) || errors.Is(err, errNewer) {
		rebuilt = true
		err = c.rebuild(ctx, now)
	}
	if err != nil {
		return nil, rebuilt, err
	}
	return c, rebuilt, nil
}

func (c *Catalogue) open(ctx context.Context) error {
	path := filepath.Join(c.dir, catalogueFile)
	if _, err := os.Stat(path + metDamage); err == nil {
		return errDamaged
	}
	db, err := open(ctx, path, replaceable, nil)
	if err != nil {
		return err
	}
	read, err := sql.Open("sqlite", dsn(path, append(replaceable.pragma, "query_only(1)")...))
	if err != nil {
		return errors.Join(fault.Errorf(fault.StorageFailed, "open %s: %w", path, err), db.Close())
	}
	read.SetMaxOpenConns(readers)
	c.write, c.read = db, read
	return nil
}

// rebuild starts over with the feeds of the old file. Of files set aside only the
// last is kept: they are large, and all that they hold can be fetched again.
func (c *Catalogue) rebuild(ctx context.Context, now func() time.Time) error {
	path := filepath.Join(c.dir, catalogueFile)
	older, err := asides(c.dir)
	if err != nil {
		return err
	}
	if _, err := setAside(path, now()); err != nil {
		return err
	}
	for _, file := range append(older, path+metDamage) {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Errorf(fault.StorageFailed, "remove an old catalogue: %w", err)
		}
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	return in(ctx, c.write, func(tx *sql.Tx) error {
		for _, f := range recall(c.dir) {
			if err := saveFeed(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// asides lists catalogues that were set aside earlier.
func asides(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "look for old catalogues: %w", err)
	}
	var found []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), catalogueFile+damagedSuffix) {
			found = append(found, filepath.Join(dir, e.Name()))
		}
	}
	return found, nil
}

// metDamage ends the name of a file that says that damage was met while the
// catalogue was in use, so that the next start sets it aside.
const metDamage = ".damaged"

// noted passes err on, and leaves word when it speaks of damage.
func (c *Catalogue) noted(err error) error {
	if isDamage(err) {
		// Failing to leave word costs no more than meeting the damage again.
		_ = os.WriteFile(filepath.Join(c.dir, catalogueFile+metDamage), nil, 0o600)
	}
	return coded(err)
}

// Close ends all access.
func (c *Catalogue) Close() error { return errors.Join(c.read.Close(), c.write.Close()) }

// Feeds implements listing.Store.
func (c *Catalogue) Feeds(ctx context.Context) ([]listing.Feed, error) {
	feeds, err := all(ctx, c.read, func(r row) (f listing.Feed, err error) {
		err = r.Scan(&f.ID, &f.Kind, &f.Name, &f.URL, &f.Rank, &f.ETag, &f.LastModified, moment{&f.SyncedAt},
			moment{&f.TriedAt}, &f.Listings, &f.SetAside, &f.Code, &f.Message, document{&f.Collections})
		return f, err
	}, `
		SELECT id, kind, name, url, rank, etag, last_modified, synced_at, tried_at, listings, set_aside, code, message, collections
		FROM feed
		ORDER BY rank, id`)
	return feeds, c.noted(err)
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
		return nil
	})
}

// change runs do in one transaction, and then remembers which feeds there are.
func (c *Catalogue) change(ctx context.Context, do func(*sql.Tx) error) error {
	if err := in(ctx, c.write, do); err != nil {
		return c.noted(err)
	}
	feeds, err := c.Feeds(ctx)
	if err != nil {
		return err
	}
	return remember(c.dir, feeds)
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
	return c.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM feed WHERE id = $1`, id)
		return err
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
		_, err := tx.ExecContext(ctx, `UPDATE feed SET listings = $1, set_aside = $2 WHERE id = $3`, taken, setAside, f.ID)
		return err
	})
	return taken, setAside, err
}

// reasonsKept is for how many listings that were set aside the reasons are kept;
// a feed in which everything is wrong must not fill the disk with them.
const reasonsKept = 1000

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

// SetAside implements listing.Store.
func (c *Catalogue) SetAside(ctx context.Context, feed string) ([]listing.SetAside, error) {
	away, err := all(ctx, c.read, func(r row) (s listing.SetAside, err error) {
		err = r.Scan(&s.Slug, document{&s.Problems})
		return s, err
	}, `SELECT slug, problems FROM set_aside WHERE feed_id = $1 ORDER BY slug, problems`, feed)
	return away, c.noted(err)
}

// winner keeps, of listings with one slug, that of the feed of the lowest rank,
// of equal ones that of the feed whose id comes first.
const winner = `
	FROM listing l JOIN feed f ON f.id = l.feed_id
	WHERE NOT EXISTS (
		SELECT 1
		FROM listing other JOIN feed better ON better.id = other.feed_id
		WHERE other.slug = l.slug
			AND (better.rank < f.rank OR better.rank = f.rank AND better.id < f.id))`

// Document implements listing.Shelf.
func (c *Catalogue) Document(ctx context.Context, slug string) (doc []byte, err error) {
	err = c.read.QueryRowContext(ctx, `SELECT l.document`+winner+` AND l.slug = $1`, slug).Scan(&doc)
	return doc, c.noted(err)
}

// Documents implements listing.Shelf.
func (c *Catalogue) Documents(ctx context.Context, feed string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		rows, err := c.read.QueryContext(ctx, `SELECT document FROM listing WHERE feed_id = $1`, feed)
		if err != nil {
			yield(nil, c.noted(err))
			return
		}
		defer rows.Close()
		var doc sql.RawBytes
		for rows.Next() {
			if err := rows.Scan(&doc); !yield(doc, c.noted(err)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, c.noted(err))
		}
	}
}

// Clashes implements listing.Shelf.
func (c *Catalogue) Clashes(ctx context.Context) ([]listing.Clash, error) {
	rows, err := all(ctx, c.read, func(r row) (pair [2]string, err error) {
		err = r.Scan(&pair[0], &pair[1])
		return pair, err
	}, `
		SELECT l.slug, l.feed_id
		FROM listing l JOIN feed f ON f.id = l.feed_id
		WHERE l.slug IN (SELECT slug FROM listing GROUP BY slug HAVING count(*) > 1)
		ORDER BY l.slug, f.rank, f.id`)
	clashes := []listing.Clash{}
	for _, pair := range rows {
		if n := len(clashes); n == 0 || clashes[n-1].Slug != pair[0] {
			clashes = append(clashes, listing.Clash{Slug: pair[0]})
		}
		last := &clashes[len(clashes)-1]
		last.Feeds = append(last.Feeds, pair[1])
	}
	return clashes, c.noted(err)
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
		found, err := all(ctx, c.read, func(r row) (card listing.Card, err error) {
			err = r.Scan(document{&card})
			return card, err
		}, `SELECT l.card`+winner+` AND l.slug IN (`+places+`)`, args...)
		if err != nil {
			return nil, c.noted(err)
		}
		cards = append(cards, found...)
	}
	return cards, nil
}

// Index implements listing.Shelf.
func (c *Catalogue) Index(ctx context.Context) (stamp string, data []byte, err error) {
	err = c.read.QueryRowContext(ctx, `SELECT stamp, data FROM search_index`).Scan(&stamp, &data)
	return stamp, data, c.noted(err)
}

// SaveIndex implements listing.Shelf.
func (c *Catalogue) SaveIndex(ctx context.Context, stamp string, data []byte) error {
	_, err := c.write.ExecContext(ctx, `
		INSERT INTO search_index (id, stamp, data)
		VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, data = excluded.data`, stamp, data)
	return c.noted(err)
}
