// Package sqlite keeps Patchbay's data in two SQLite files.
//
// workspace.db is precious: people, connections with their sealed tokens, alerts,
// history. It is opened with a write-ahead log and full synchronisation, so that
// what a method has returned from survives a kill; migrations copy the file
// first, and a verified copy is made every day. catalog.db holds what feeds sent
// and can be fetched again; a damaged one is set aside and made anew. Beside it
// lies the search index, in a file that can be mapped into memory.
//
// An exported method is one transaction. The SQL stays within what SQLite and
// PostgreSQL both take; times are microseconds since 1970 in UTC, 0 for never;
// lists and documents are JSON text. Nothing here decides anything: the rules
// live in the noun packages, whose interfaces this package implements.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"patchbay/app/fault"
)

//go:embed workspace/*.sql catalogue/*.sql
var migrations embed.FS

// flavour is how a file is opened: what losing its last commits would cost.
type flavour struct {
	folder string // of its migrations
	pragma []string
	// unread is from what size a file is not read as a whole at the start, which
	// would hold up the window; 0 for never.
	unread int64
}

var (
	// precious: a commit survives a power cut, what was deleted is overwritten.
	precious = flavour{"workspace", []string{"synchronous(FULL)", "secure_delete(1)"}, 0}
	// replaceable: a power cut may cost the last commits, never the file's shape.
	// Its pages are looked at once in a while and kept by the system as well.
	replaceable = flavour{"catalogue", []string{"synchronous(NORMAL)", "cache_size(-256)"}, 64 << 20}
)

// dsn names the file with the pragmas that every connection gets. The values are
// ours; nothing a person or provider sent becomes part of it.
func dsn(path string, further ...string) string {
	q := url.Values{"_txlock": {"immediate"}, "_dqs": {"0"}, "_pragma": append([]string{
		"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)",
	}, further...)}
	return uri(path, q)
}

func uri(path string, q url.Values) string {
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode()}).String()
}

// open opens the file at path, creating it for its owner alone, checks it, and
// brings its schema up to date. Before a change of an existing schema,
// beforeChange is called.
func open(ctx context.Context, path string, f flavour, beforeChange func(*sql.DB) error) (*sql.DB, error) {
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(path, f.pragma...))
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "open %s: %w", path, err)
	}
	// One connection: SQLite has one writer, and a reader that turns writer in the
	// middle of a transaction is refused at once.
	db.SetMaxOpenConns(1)
	if err := prepare(ctx, db, path, f, beforeChange); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// reading opens the file at path, which is open already, once more for reading
// only: what a window shows does not wait for a write to reach the disk.
func reading(path string, f flavour) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, slices.Concat(f.pragma, []string{"query_only(1)"})...))
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "open %s: %w", path, err)
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers) // opening one anew costs more than what it reads
	return db, nil
}

// makePrivate makes sure that the file is there, and for its owner alone. SQLite
// gives the files beside it the same mode.
func makePrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "open %s: %w", path, err)
	}
	// Closing must come before SQLite opens the file: a later close would drop
	// SQLite's locks on it (POSIX).
	if err := errors.Join(file.Chmod(0o600), file.Close()); err != nil {
		return fault.Errorf(fault.StorageFailed, "open %s: %w", path, err)
	}
	return nil
}

func prepare(ctx context.Context, db *sql.DB, path string, f flavour, beforeChange func(*sql.DB) error) error {
	verdict, question := "", `PRAGMA quick_check(1)`
	if info, err := os.Stat(path); err == nil && f.unread > 0 && info.Size() >= f.unread {
		question = `SELECT 'ok' FROM sqlite_schema LIMIT 1`
	}
	if err := db.QueryRowContext(ctx, question).Scan(&verdict); err != nil {
		return unusable("check the file", err)
	}
	if verdict != "ok" {
		return fault.Errorf(fault.StorageFailed, "check the file: %w: %s", errDamaged, verdict)
	}
	return migrate(ctx, db, f.folder, beforeChange)
}

func migrate(ctx context.Context, db *sql.DB, folder string, beforeChange func(*sql.DB) error) error {
	sub, err := fs.Sub(migrations, folder)
	if err != nil {
		return fault.Errorf(fault.Internal, "read migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, sub)
	if err != nil {
		return fault.Errorf(fault.Internal, "read migrations: %w", err)
	}
	have, want, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return unusable("read the schema version", err)
	case have > want:
		return fault.Errorf(fault.Conflict, "the file is of schema %d, this program knows %d: %w", have, want, errNewer)
	case have == want:
		return nil
	case have > 0 && beforeChange != nil:
		if err := beforeChange(db); err != nil {
			return err
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return unusable("migrate", err)
	}
	return nil
}

// unusable says why a file cannot be used. Only what SQLite calls damage counts
// as damage: a full disk or a folder that cannot be written must never cost a
// whole file its place.
func unusable(doing string, err error) error {
	if isDamage(err) {
		err = errors.Join(errDamaged, err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Errorf(fault.StorageFailed, "%s: %w", doing, err)
}

func isDamage(err error) bool {
	var refused *modernc.Error
	if !errors.As(err, &refused) {
		return false
	}
	code := refused.Code() & 0xff
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

var (
	errDamaged = errors.New("the file is damaged")
	errNewer   = errors.New("a newer Patchbay has written it")
)

// IsNewer reports whether err says that a newer version has written the file.
func IsNewer(err error) bool { return errors.Is(err, errNewer) }

// in runs do in one transaction. Its error carries a code.
func in(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return coded(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return coded(err)
	}
	return coded(tx.Commit())
}

// coded gives an error of the driver its code; others keep theirs.
func coded(err error) error {
	var known *fault.Error
	var refused *modernc.Error
	switch {
	case err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return fault.Errorf(fault.NotFound, "no such row")
	case errors.As(err, &refused) && refused.Code()&0xff == sqlite3.SQLITE_CONSTRAINT:
		return fault.Errorf(fault.Conflict, "store: %w", err)
	}
	return fault.Errorf(fault.StorageFailed, "store: %w", err)
}

// querier is what *sql.DB and *sql.Tx have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// all reads every row of a query with scan.
func all[T any](ctx context.Context, db querier, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, coded(err)
	}
	return collect(rows, scan)
}

// atOnce is how many keys one statement asks for. Their number is part of its text,
// so that it is prepared once.
const atOnce = 50

// oneOf follows the column in a statement for [among].
var oneOf = ` IN (` + strings.TrimSuffix(strings.Repeat("?, ", atOnce), ", ") + `)`

// among reads the rows of any number of keys with a prepared statement.
func among[T any](ctx context.Context, s *sql.Stmt, scan func(row) (T, error), keys []string) ([]T, error) {
	list := make([]T, 0, len(keys))
	for some := range slices.Chunk(keys, atOnce) {
		places := make([]any, atOnce) // an empty one is NULL, which equals nothing
		for i, key := range some {
			places[i] = key
		}
		rows, err := s.QueryContext(ctx, places...)
		if err != nil {
			return nil, coded(err)
		}
		found, err := collect(rows, scan)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// collect reads rows to their end, and closes them.
func collect[T any](rows *sql.Rows, scan func(row) (T, error)) ([]T, error) {
	defer rows.Close()
	list := []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, coded(err)
		}
		list = append(list, item)
	}
	return list, coded(rows.Err())
}

// row is what *sql.Row and *sql.Rows have in common.
type row interface{ Scan(...any) error }

// moment stores a time as microseconds since 1970, 0 for the zero time.
type moment struct{ *time.Time }

func (m moment) Value() (driver.Value, error) {
	if m.IsZero() {
		return int64(0), nil
	}
	return m.UnixMicro(), nil
}

func (m moment) Scan(value any) error {
	us, ok := value.(int64)
	if !ok {
		return errors.New("a time is not a number")
	}
	*m.Time = time.Time{}
	if us != 0 {
		*m.Time = time.UnixMicro(us).UTC()
	}
	return nil
}

// document stores a value as JSON text.
type document struct{ to any }

func (d document) Value() (driver.Value, error) {
	text, err := json.Marshal(d.to)
	return string(text), err
}

func (d document) Scan(value any) error {
	switch v := value.(type) {
	case string:
		return json.Unmarshal([]byte(v), d.to)
	case []byte:
		return json.Unmarshal(v, d.to)
	}
	return errors.New("a document is not text")
}

// settle brings everything from the log into the file itself. SQLite does so when
// the last connection leaves, but one that still answers a question, and may not
// write, would be that.
func settle(db *sql.DB) error {
	_, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}
