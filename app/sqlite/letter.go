package sqlite

import (
	"context"
	"database/sql"
	"time"

	"patchbay/app/outbox"
)

var _ outbox.Store = (*Workspace)(nil)

const letterColumns = `id, topic, name, email, subject, body, made_at, state, since, tries, next_try, problem, said`

func letterFields(l *outbox.Letter) []any {
	return []any{
		&l.ID, &l.Topic, &l.To.Name, &l.To.Email, &l.Subject, &l.Body, moment{&l.MadeAt}, &l.State, moment{&l.Since},
		&l.Tries, moment{&l.NextTry}, &l.Problem, &l.Said,
	}
}

func scanLetter(r row) (l outbox.Letter, err error) {
	err = r.Scan(letterFields(&l)...)
	return l, err
}

// Letters implements outbox.Store.
func (w *Workspace) Letters(ctx context.Context, limit int) ([]outbox.Letter, error) {
	return all(ctx, w.read, scanLetter, `
		SELECT `+letterColumns+`
		FROM letter
		ORDER BY made_at DESC, id
		LIMIT $1`, limit)
}

// Unsettled implements outbox.Store.
func (w *Workspace) Unsettled(ctx context.Context) ([]outbox.Letter, error) {
	return all(ctx, w.read, scanLetter, `
		SELECT `+letterColumns+`
		FROM letter
		WHERE state IN ($1, $2)
		ORDER BY made_at, id`, outbox.Waiting, outbox.Sending)
}

// Letter implements outbox.Store.
func (w *Workspace) Letter(ctx context.Context, id string) (outbox.Letter, error) {
	l, err := scanLetter(w.read.QueryRowContext(ctx, `SELECT `+letterColumns+` FROM letter WHERE id = $1`, id))
	return l, coded(err)
}

// SaveLetter implements outbox.Store.
func (w *Workspace) SaveLetter(ctx context.Context, l outbox.Letter) error {
	return in(ctx, w.db, func(tx *sql.Tx) error { return saveLetter(ctx, tx, l) })
}

func saveLetter(ctx context.Context, tx *sql.Tx, l outbox.Letter) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO letter (`+letterColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET
			made_at = excluded.made_at, state = excluded.state, since = excluded.since, tries = excluded.tries,
			next_try = excluded.next_try, problem = excluded.problem, said = excluded.said`, letterFields(&l)...)
	return err
}

// RemoveLetter implements outbox.Store.
func (w *Workspace) RemoveLetter(ctx context.Context, id string) error {
	_, err := w.db.ExecContext(ctx, `DELETE FROM letter WHERE id = $1`, id)
	return coded(err)
}

// PruneLetters implements outbox.Store.
func (w *Workspace) PruneLetters(ctx context.Context, t time.Time) error {
	_, err := w.db.ExecContext(ctx, `
		DELETE FROM letter
		WHERE state NOT IN ($1, $2) AND since < $3`, outbox.Waiting, outbox.Sending, moment{&t})
	return coded(err)
}
