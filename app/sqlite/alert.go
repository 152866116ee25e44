package sqlite

import (
	"context"

	"patchbay/app/alert"
)

var _ alert.Store = (*AlertStore)(nil)

// AlertStore is the workspace as a store of alerts.
type AlertStore struct{ *Workspace }

// Alerts returns the workspace as a store of alerts.
func (w *Workspace) Alerts() AlertStore { return AlertStore{w} }

const alertColumns = `id, kind, severity, connection_id, slug, app, account, since, last_seen, count, detail,
	shown_at, quiet_since, snoozed_until, ignored, told_at, told_as, ended, how, local`

func alertFields(a *alert.Alert) []any {
	return []any{
		&a.ID, &a.Kind, &a.Severity, &a.Subject.Connection, &a.Subject.App, &a.Subject.AppName, &a.Subject.Account,
		moment{&a.Since}, moment{&a.LastSeen}, &a.Count, document{&a.Detail}, moment{&a.ShownAt},
		moment{&a.QuietSince}, moment{&a.SnoozedUntil}, &a.Ignored, moment{&a.ToldAt}, &a.ToldAs,
		moment{&a.Ended}, &a.How, &a.Subject.Local,
	}
}

func scanAlert(r row) (a alert.Alert, err error) {
	err = r.Scan(alertFields(&a)...)
	return a, err
}

// Save implements alert.Store.
func (s AlertStore) Save(ctx context.Context, a alert.Alert) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO alert (`+alertColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
		ON CONFLICT (id) DO UPDATE SET
			severity = excluded.severity, slug = excluded.slug, app = excluded.app, account = excluded.account,
			since = excluded.since, last_seen = excluded.last_seen, count = excluded.count, detail = excluded.detail,
			shown_at = excluded.shown_at, quiet_since = excluded.quiet_since, snoozed_until = excluded.snoozed_until,
			ignored = excluded.ignored, told_at = excluded.told_at, told_as = excluded.told_as,
			ended = excluded.ended, how = excluded.how, local = excluded.local`, alertFields(&a)...)
	return coded(err)
}

// Remove implements alert.Store.
func (s AlertStore) Remove(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM alert WHERE id = $1`, id)
	return coded(err)
}

// Find implements alert.Store.
func (s AlertStore) Find(ctx context.Context, id string) (alert.Alert, error) {
	a, err := scanAlert(s.read.QueryRowContext(ctx, `SELECT `+alertColumns+` FROM alert WHERE id = $1`, id))
	return a, coded(err)
}

// Standing implements alert.Store.
func (s AlertStore) Standing(ctx context.Context) ([]alert.Alert, error) {
	return all(ctx, s.read, scanAlert, `
		SELECT `+alertColumns+`
		FROM alert
		WHERE ended = 0
		ORDER BY since, id`)
}

// History implements alert.Store.
func (s AlertStore) History(ctx context.Context, f alert.Filter) ([]alert.Alert, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = -1
	}
	return all(ctx, s.read, scanAlert, `
		SELECT `+alertColumns+`
		FROM alert
		WHERE ended <> 0
			AND ($1 = '' OR connection_id = $1)
			AND ($2 = '' OR slug = $2)
			AND ($3 = '' OR kind = $3)
		ORDER BY ended DESC, id
		LIMIT $4`, f.Connection, f.App, string(f.Kind), limit)
}
