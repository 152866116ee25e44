package sqlite

import (
	"context"
	"database/sql"

	"patchbay/app/connection"
)

func insertActivity(ctx context.Context, tx *sql.Tx, did ...connection.Activity) error {
	for _, a := range did {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO activity (id, at, what, connection_id, slug, app, account, person, note)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			a.ID, moment{&a.At}, a.What, a.ConnectionID, a.Slug, a.App, a.Account, a.Person, a.Note); err != nil {
			return err
		}
	}
	return nil
}

func scanActivity(r row) (a connection.Activity, err error) {
	err = r.Scan(&a.ID, moment{&a.At}, &a.What, &a.ConnectionID, &a.Slug, &a.App, &a.Account, &a.Person, &a.Note)
	return a, err
}

// Activity implements connection.History.
func (w *Workspace) Activity(ctx context.Context, f connection.ActivityFilter) ([]connection.Activity, error) {
	if f.Limit <= 0 {
		f.Limit = 200
	}
	return all(ctx, w.read, scanActivity, `
		SELECT id, at, what, connection_id, slug, app, account, person, note
		FROM activity
		WHERE ($1 = '' OR what = $1)
			AND ($2 = '' OR slug = $2)
			AND ($3 = '' OR connection_id = $3)
			AND ($4 = 0 OR at < $4)
			AND ($5 = 0 OR what <> $6)
		ORDER BY at DESC, id DESC
		LIMIT $7`, f.What, f.Slug, f.ConnectionID, moment{&f.Before}, f.News, connection.Refreshed, f.Limit)
}

// Receipts implements connection.History.
func (w *Workspace) Receipts(ctx context.Context) ([]connection.Receipt, error) {
	return all(ctx, w.read, func(r row) (receipt connection.Receipt, err error) {
		err = r.Scan(document{&receipt})
		return receipt, err
	}, `SELECT document FROM receipt ORDER BY at DESC, id DESC`)
}

// SaveReceipt implements connection.History.
func (w *Workspace) SaveReceipt(ctx context.Context, r connection.Receipt, did ...connection.Activity) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if err := saveReceipt(ctx, tx, r); err != nil {
			return err
		}
		return insertActivity(ctx, tx, did...)
	})
}

func saveReceipt(ctx context.Context, tx *sql.Tx, r connection.Receipt) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO receipt (id, at, document)
		VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET document = excluded.document`, r.ID, moment{&r.At}, document{r})
	return err
}

// saveRevocation adds or replaces r; nil is nothing to do.
func saveRevocation(ctx context.Context, tx *sql.Tx, r *connection.Revocation) error {
	if r == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO revocation (id, receipt_id, app, account, variables, sealed, tries, next_try)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET
			sealed = excluded.sealed, tries = excluded.tries, next_try = excluded.next_try`,
		r.ID, r.ReceiptID, document{r.App}, r.Account, document{r.Variables}, r.Sealed, r.Tries, moment{&r.NextTry})
	return err
}

// Revocations implements connection.History.
func (w *Workspace) Revocations(ctx context.Context) ([]connection.Revocation, error) {
	return all(ctx, w.read, func(s row) (r connection.Revocation, err error) {
		err = s.Scan(&r.ID, &r.ReceiptID, document{&r.App}, &r.Account, document{&r.Variables}, &r.Sealed, &r.Tries, moment{&r.NextTry})
		return r, err
	}, `
		SELECT id, receipt_id, app, account, variables, sealed, tries, next_try
		FROM revocation
		ORDER BY next_try, id`)
}

// SaveRevocation implements connection.History.
func (w *Workspace) SaveRevocation(ctx context.Context, r connection.Revocation) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if !r.Over {
			return saveRevocation(ctx, tx, &r)
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM revocation WHERE id = $1`, r.ID)
		return err
	})
}
