package sqlite

import (
	"context"
	"database/sql"

	"patchbay/app/account"
	"patchbay/app/settings"
)

var (
	_ account.Store  = (*Workspace)(nil)
	_ settings.Store = (*Workspace)(nil)
)

// Account implements account.Store.
func (w *Workspace) Account(ctx context.Context) (a account.Account, err error) {
	err = w.read.QueryRowContext(ctx, `SELECT name, language, created_at FROM account`).
		Scan(&a.Name, &a.Language, moment{&a.CreatedAt})
	return a, coded(err)
}

// People implements account.Store.
func (w *Workspace) People(ctx context.Context) ([]account.Person, error) {
	return all(ctx, w.read, func(r row) (p account.Person, err error) {
		err = r.Scan(&p.ID, &p.Name, &p.Email, &p.Rights.SuperAdmin, &p.Rights.MarketplaceAccess, moment{&p.CreatedAt})
		return p, err
	}, `
		SELECT id, name, email, super_admin, marketplace_access, created_at
		FROM person
		ORDER BY created_at, id`)
}

// Begin implements account.Store.
func (w *Workspace) Begin(ctx context.Context, a account.Account, p account.Person) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO account (id, name, language, created_at)
			VALUES (1, $1, $2, $3)`, a.Name, a.Language, moment{&a.CreatedAt}); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO person (id, name, email, super_admin, marketplace_access, created_at)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			p.ID, p.Name, p.Email, p.Rights.SuperAdmin, p.Rights.MarketplaceAccess, moment{&p.CreatedAt})
		return err
	})
}

// SaveAccount implements account.Store.
func (w *Workspace) SaveAccount(ctx context.Context, a account.Account) error {
	_, err := w.db.ExecContext(ctx, `UPDATE account SET name = $1, language = $2`, a.Name, a.Language)
	return coded(err)
}

// Preference implements settings.Store.
func (w *Workspace) Preference(ctx context.Context, name string) (value []byte, err error) {
	err = w.read.QueryRowContext(ctx, `SELECT value FROM preference WHERE name = $1`, name).Scan(&value)
	return value, coded(err)
}

// SavePreference implements settings.Store.
func (w *Workspace) SavePreference(ctx context.Context, name string, value []byte) error {
	_, err := w.db.ExecContext(ctx, `
		INSERT INTO preference (name, value)
		VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, string(value))
	return coded(err)
}
