package sqlite

import (
	"context"
	"database/sql"

	"patchbay/app/connection"
	"patchbay/app/fault"
)

var (
	_ connection.Store   = (*Workspace)(nil)
	_ connection.History = (*Workspace)(nil)
	_ connection.Clients = (*Workspace)(nil)
)

const connectionColumns = `id, app, name, purpose, owner, account_id, account_name, state, state_since, reason,
	connected_at, checked_at, used_at, requested, granted, variables, expires_at, renewal_dies, renewal_started,
	failures, replaces, version`

// connectionFields lists where the columns above go, in their order.
func connectionFields(c *connection.Connection) []any {
	return []any{
		&c.ID, document{&c.App}, &c.Name, &c.Purpose, &c.Owner, &c.AccountID, &c.AccountName, &c.State,
		moment{&c.StateSince}, &c.Reason, moment{&c.ConnectedAt}, moment{&c.CheckedAt}, moment{&c.UsedAt},
		document{&c.Requested}, document{&c.Granted}, document{&c.Variables}, moment{&c.ExpiresAt},
		moment{&c.RenewalDies}, moment{&c.RenewalStarted}, &c.Failures, &c.Replaces, &c.Version,
	}
}

func scanConnection(r row) (c connection.Connection, err error) {
	err = r.Scan(connectionFields(&c)...)
	return c, err
}

// Connections implements connection.Store. What a window shows all the time is
// read from the file only as far as it has changed.
func (w *Workspace) Connections(ctx context.Context) ([]connection.Connection, error) {
	type stamp struct {
		id      string
		version int64
	}
	stamps, err := all(ctx, w.read, func(r row) (s stamp, err error) {
		err = r.Scan(&s.id, &s.version)
		return s, err
	}, `
		SELECT id, version
		FROM connection
		ORDER BY connected_at, id`)
	if err != nil {
		return nil, err
	}
	w.listing.Lock()
	defer w.listing.Unlock()
	known := make(map[string]connection.Connection, len(stamps))
	var changed []string
	for _, s := range stamps {
		if c, ok := w.listed[s.id]; ok && c.Version == s.version {
			known[s.id] = c
		} else {
			changed = append(changed, s.id)
		}
	}
	read, err := among(ctx, w.some, scanConnection, changed)
	if err != nil {
		return nil, err
	}
	for _, c := range read {
		known[c.ID] = c
	}
	w.listed = known
	list := make([]connection.Connection, 0, len(stamps))
	for _, s := range stamps {
		if c, ok := known[s.id]; ok { // else it was removed meanwhile
			list = append(list, c)
		}
	}
	return list, nil
}

// someConnections is prepared when the file is opened.
var someConnections = `SELECT ` + connectionColumns + ` FROM connection WHERE id` + oneOf

// Connection implements connection.Store.
func (w *Workspace) Connection(ctx context.Context, id string) (connection.Connection, error) {
	c, err := scanConnection(w.read.QueryRowContext(ctx, `
		SELECT `+connectionColumns+`
		FROM connection
		WHERE id = $1`, id))
	return c, coded(err)
}

// Sealed implements connection.Store.
func (w *Workspace) Sealed(ctx context.Context, id string) (sealed []byte, err error) {
	err = w.read.QueryRowContext(ctx, `SELECT sealed FROM connection WHERE id = $1`, id).Scan(&sealed)
	return sealed, coded(err)
}

// Save implements connection.Store.
func (w *Workspace) Save(ctx context.Context, c connection.Connection, sealed []byte, did ...connection.Activity) (connection.Connection, error) {
	write := updateConnection
	if c.Version == 0 {
		write = insertConnection
	}
	next := c
	next.Version++
	err := in(ctx, w.db, func(tx *sql.Tx) error {
		if err := write(ctx, tx, next, sealed); err != nil {
			return err
		}
		return insertActivity(ctx, tx, did...)
	})
	if err != nil {
		return c, err
	}
	return next, nil
}

func insertConnection(ctx context.Context, tx *sql.Tx, c connection.Connection, sealed []byte) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO connection (`+connectionColumns+`, slug, sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
		append(connectionFields(&c), c.App.Slug, sealed)...)
	return err
}

func updateConnection(ctx context.Context, tx *sql.Tx, c connection.Connection, sealed []byte) error {
	result, err := tx.ExecContext(ctx, `
		UPDATE connection SET (`+connectionColumns+`) =
			($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22),
			sealed = COALESCE($23, sealed)
		WHERE id = $24 AND version = $25`,
		append(connectionFields(&c), sealed, c.ID, c.Version-1)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fault.Errorf(fault.Conflict, "connection %s was changed or removed meanwhile", c.ID)
	}
	return nil
}

// Merge implements connection.Store.
func (w *Workspace) Merge(ctx context.Context, into, from connection.Connection, sealed []byte, revoke *connection.Revocation, did ...connection.Activity) (connection.Connection, error) {
	next := into
	next.Version++
	err := in(ctx, w.db, func(tx *sql.Tx) error {
		if err := updateConnection(ctx, tx, next, sealed); err != nil {
			return err
		}
		if err := deleteConnection(ctx, tx, from.ID); err != nil {
			return err
		}
		if err := saveRevocation(ctx, tx, revoke); err != nil {
			return err
		}
		return insertActivity(ctx, tx, did...)
	})
	if err != nil {
		return into, err
	}
	return next, nil
}

// Remove implements connection.Store.
func (w *Workspace) Remove(ctx context.Context, c connection.Connection, receipt *connection.Receipt, revoke *connection.Revocation, did ...connection.Activity) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if err := deleteConnection(ctx, tx, c.ID); err != nil {
			return err
		}
		if receipt != nil {
			if err := saveReceipt(ctx, tx, *receipt); err != nil {
				return err
			}
		}
		if err := saveRevocation(ctx, tx, revoke); err != nil {
			return err
		}
		return insertActivity(ctx, tx, did...)
	})
}

func deleteConnection(ctx context.Context, tx *sql.Tx, id string) error {
	result, err := tx.ExecContext(ctx, `DELETE FROM connection WHERE id = $1`, id)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fault.Errorf(fault.NotFound, "connection %s is gone", id)
	}
	return nil
}

// Client implements connection.Clients.
func (w *Workspace) Client(ctx context.Context, key string) (c connection.StoredClient, err error) {
	err = w.read.QueryRowContext(ctx, `
		SELECT key, id, auth, sealed, saved_at
		FROM client
		WHERE key = $1`, key).Scan(&c.Key, &c.ID, &c.Auth, &c.Sealed, moment{&c.SavedAt})
	return c, coded(err)
}

// SaveClient implements connection.Clients.
func (w *Workspace) SaveClient(ctx context.Context, c connection.StoredClient) error {
	_, err := w.db.ExecContext(ctx, `
		INSERT INTO client (key, id, auth, sealed, saved_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (key) DO UPDATE SET
			id = excluded.id, auth = excluded.auth, sealed = excluded.sealed, saved_at = excluded.saved_at`,
		c.Key, c.ID, c.Auth, c.Sealed, moment{&c.SavedAt})
	return coded(err)
}
