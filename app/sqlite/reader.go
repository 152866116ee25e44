package sqlite

import (
	"context"
	"database/sql"

	"patchbay/app/alert"
	"patchbay/app/alert/report"
	"patchbay/app/outbox"
)

var _ report.Store = (*Workspace)(nil)

// Readers implements report.Store.
func (w *Workspace) Readers(ctx context.Context) ([]report.Reader, error) {
	return all(ctx, w.read, func(r row) (out report.Reader, err error) {
		err = r.Scan(&out.ID, &out.Name, &out.Email, &out.Pace, document{&out.Apps}, moment{&out.NextAt})
		return out, err
	}, `SELECT id, name, email, pace, apps, next_at FROM reader ORDER BY email, id`)
}

// SaveReader implements report.Store.
func (w *Workspace) SaveReader(ctx context.Context, r report.Reader) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO reader (id, name, email, pace, apps, next_at)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET
				name = excluded.name, email = excluded.email, pace = excluded.pace, apps = excluded.apps,
				next_at = excluded.next_at`,
			r.ID, r.Name, r.Email, r.Pace, document{&r.Apps}, moment{&r.NextAt})
		return err
	})
}

// RemoveReader implements report.Store.
func (w *Workspace) RemoveReader(ctx context.Context, r report.Reader, topic string) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM letter WHERE topic = $1 AND state = $2`, topic, outbox.Waiting); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM reader WHERE id = $1`, r.ID)
		return err
	})
}

// Known implements report.Store.
func (w *Workspace) Known(ctx context.Context, reader string) (map[string]alert.Severity, error) {
	type known struct {
		id       string
		severity alert.Severity
	}
	list, err := all(ctx, w.read, func(r row) (k known, err error) {
		err = r.Scan(&k.id, &k.severity)
		return k, err
	}, `SELECT alert_id, severity FROM mailed WHERE reader = $1`, reader)
	out := make(map[string]alert.Severity, len(list))
	for _, k := range list {
		out[k.id] = k.severity
	}
	return out, err
}

// Tell implements report.Store.
func (w *Workspace) Tell(ctx context.Context, r report.Reader, l *outbox.Letter, told []alert.Alert, over []string) error {
	return in(ctx, w.db, func(tx *sql.Tx) error {
		if l != nil {
			if err := saveLetter(ctx, tx, *l); err != nil {
				return err
			}
		}
		for _, a := range told {
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO mailed (reader, alert_id, severity)
				VALUES ($1, $2, $3)
				ON CONFLICT (reader, alert_id) DO UPDATE SET severity = excluded.severity`, r.ID, a.ID, a.Severity); err != nil {
				return err
			}
		}
		for _, id := range over {
			if _, err := tx.ExecContext(ctx, `DELETE FROM mailed WHERE reader = $1 AND alert_id = $2`, r.ID, id); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE reader SET next_at = $1 WHERE id = $2`, moment{&r.NextAt}, r.ID)
		return err
	})
}

// Waits implements report.Store.
func (w *Workspace) Waits(ctx context.Context, topic string) (waits bool, err error) {
	err = w.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM letter WHERE topic = $1 AND state IN ($2, $3))`,
		topic, outbox.Waiting, outbox.Sending).Scan(&waits)
	return waits, coded(err)
}
