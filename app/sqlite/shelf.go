package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"patchbay/app/listing"
)

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

// FeedsOf implements listing.Shelf.
func (c *Catalogue) FeedsOf(ctx context.Context, slug string) ([]string, error) {
	ids, err := all(ctx, c.read, func(r row) (id string, err error) {
		err = r.Scan(&id)
		return id, err
	}, `SELECT f.id FROM listing l JOIN feed f ON f.id = l.feed_id WHERE l.slug = $1 ORDER BY f.rank, f.id`, slug)
	return ids, c.noted(err)
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

// cardsOf is prepared when the file is opened.
var cardsOf = `SELECT l.card` + winner + ` AND l.slug` + oneOf

// Cards implements listing.Shelf.
func (c *Catalogue) Cards(ctx context.Context, slugs []string) ([]listing.Card, error) {
	cards, err := among(ctx, c.cards, func(r row) (card listing.Card, err error) {
		err = r.Scan(document{&card})
		return card, err
	}, slugs)
	return cards, c.noted(err)
}
