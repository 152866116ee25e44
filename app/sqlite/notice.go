package sqlite

import (
	"context"
	"time"
)

// Notice is something that happened to the data and that a person is told once.
type Notice struct {
	ID, Kind, Subject string
	At                time.Time
}

// Notices returns those that nobody has dismissed, oldest first.
func (w *Workspace) Notices(ctx context.Context) ([]Notice, error) {
	return all(ctx, w.read, func(r row) (n Notice, err error) {
		err = r.Scan(&n.ID, &n.Kind, &n.Subject, moment{&n.At})
		return n, err
	}, `SELECT id, kind, subject, at FROM notice ORDER BY at, id`)
}

// SaveNotice adds a notice; one with the same id is replaced.
func (w *Workspace) SaveNotice(ctx context.Context, n Notice) error {
	_, err := w.db.ExecContext(ctx, `
		INSERT INTO notice (id, kind, subject, at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, subject = excluded.subject, at = excluded.at`,
		n.ID, n.Kind, n.Subject, moment{&n.At})
	return coded(err)
}

// DismissNotice forgets a notice; one that is gone is no error.
func (w *Workspace) DismissNotice(ctx context.Context, id string) error {
	_, err := w.db.ExecContext(ctx, `DELETE FROM notice WHERE id = $1`, id)
	return coded(err)
}
