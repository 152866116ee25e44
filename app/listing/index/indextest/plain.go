package indextest

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"patchbay/app/listing/index"
)

// Plain is what one would write first: a table of SQLite FTS5 with every text in
// it, ranked by bm25, and a table of facet values.
type Plain struct{ db *sql.DB }

// OpenPlain fills a new database file with docs.
func OpenPlain(ctx context.Context, file string, docs iter.Seq[index.Document]) (*Plain, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-400000)")
	if err != nil {
		return nil, fmt.Errorf("open plain search: %w", err)
	}
	db.SetMaxOpenConns(1)
	p := &Plain{db}
	if err := p.fill(ctx, docs); err != nil {
		db.Close()
		return nil, fmt.Errorf("fill plain search: %w", err)
	}
	return p, nil
}

// Close closes the database; the file stays.
func (p *Plain) Close() error { return p.db.Close() }

func (p *Plain) fill(ctx context.Context, docs iter.Seq[index.Document]) error {
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE listing USING fts5(slug UNINDEXED, name, tagline, description, features, publisher, search_terms, actions, texts)`,
		`CREATE TABLE facet (listing INTEGER, facet TEXT, value TEXT)`,
	} {
		if _, err := p.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	row := int64(0)
	for d := range docs {
		row++
		if err := insert(ctx, tx, row, d); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = p.db.ExecContext(ctx, `CREATE INDEX facet_value ON facet (facet, value, listing); CREATE INDEX facet_listing ON facet (listing)`)
	return err
}

func insert(ctx context.Context, tx *sql.Tx, row int64, d index.Document) error {
	var texts []string
	for _, t := range d.Texts {
		texts = append(append(texts, t.Tagline, t.Description), t.Features...)
	}
	join := func(s []string) string { return strings.Join(s, "\n") }
	if _, err := tx.ExecContext(ctx, `INSERT INTO listing (rowid, slug, name, tagline, description, features, publisher, search_terms, actions, texts)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, row, d.Slug, d.Name, d.Tagline, d.Description, join(d.Features), d.Publisher,
		join(d.SearchTerms), join(d.Actions), join(texts)); err != nil {
		return err
	}
	for f, values := range d.Facets {
		for _, v := range values {
			if _, err := tx.ExecContext(ctx, `INSERT INTO facet VALUES (?, ?, ?)`, row, f, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rows reads the first fifty of q by bm25 and nothing else.
func (p *Plain) Rows(ctx context.Context, q index.Query) (int, error) {
	where, args := condition(q)
	order := "bm25(listing)"
	if !strings.Contains(where, "MATCH") {
		order = "rowid"
	}
	return p.drain(ctx, `SELECT slug FROM listing WHERE `+where+` ORDER BY `+order+` LIMIT 50`, args)
}

// Counts reads what the window shows beside the rows: the total, and the number
// of matches by facet and value.
func (p *Plain) Counts(ctx context.Context, q index.Query) error {
	where, args := condition(q)
	if _, err := p.drain(ctx, `SELECT count(*) FROM listing WHERE `+where, args); err != nil {
		return err
	}
	_, err := p.drain(ctx, `SELECT facet || value || count(*) FROM facet
		WHERE listing IN (SELECT rowid FROM listing WHERE `+where+`) GROUP BY facet, value`, args)
	return err
}

func (p *Plain) drain(ctx context.Context, query string, args []any) (n int, err error) {
	rows, err := p.db.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("search plainly: %w", err)
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		var s string
		if err := rows.Scan(&s); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// condition writes q's text and filters as SQL.
func condition(q index.Query) (string, []any) {
	parts, args := []string{"1"}, []any{}
	if words := strings.Fields(strings.ReplaceAll(q.Text, `"`, " ")); len(words) > 0 {
		parts = append(parts, "listing MATCH ?")
		args = append(args, `"`+strings.Join(words, `" "`)+`"*`)
	}
	for f, values := range q.Filters {
		// The plus keeps SQLite from running the full-text query once per row of the list.
		parts = append(parts, "+rowid IN (SELECT listing FROM facet WHERE facet = ? AND value IN (?"+strings.Repeat(", ?", len(values)-1)+"))")
		args = append(args, f)
		for _, v := range values {
			args = append(args, v)
		}
	}
	return strings.Join(parts, " AND "), args
}
