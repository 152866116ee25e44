package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
)

// Workspace is the precious file. It implements the stores of the nouns
// account, settings, connection and alert, and is safe for concurrent use.
type Workspace struct {
	db   *sql.DB // the one that writes
	read *sql.DB
	some *sql.Stmt // connections by their ids
	path string
	now  func() time.Time

	listing sync.Mutex
	listed  map[string]connection.Connection // as they were read last; nobody changes what is shared
}

// Recovery tells what had to be done to open a workspace.
type Recovery struct {
	// SetAside is the place for what was left of the damaged file; "" when nothing
	// was wrong.
	SetAside string
	// Restored is when the backup that took its place was made; zero for none.
	Restored time.Time
}

const workspaceFile = "workspace.db"

// OpenWorkspace opens workspace.db in the folder dir. A damaged file is moved
// aside, never deleted, and the newest backup that is whole takes its place, or
// an empty workspace if there is none. A file of a newer version is left alone
// and is an error for which IsNewer holds; so is, without that, one that cannot
// be read or written now.
func OpenWorkspace(ctx context.Context, dir string, now func() time.Time) (*Workspace, Recovery, error) {
	w := &Workspace{path: filepath.Join(dir, workspaceFile), now: now}
	have, err := backups(dir)
	if err != nil {
		return nil, Recovery{}, err
	}
	if !w.emptied() || len(have) == 0 {
		err := w.open(ctx)
		if err == nil {
			return w, Recovery{}, nil
		}
		if !errors.Is(err, errDamaged) {
			return nil, Recovery{}, err
		}
	}
	recovery, err := w.recover(ctx, have)
	if err != nil {
		return nil, recovery, err
	}
	return w, recovery, nil
}

func (w *Workspace) open(ctx context.Context) error {
	db, err := open(ctx, w.path, precious, func(db *sql.DB) error {
		return w.copyTo(ctx, db, "before-migration")
	})
	if err != nil {
		return err
	}
	read, err := reading(w.path, precious)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	w.db, w.read = db, read
	if w.some, err = read.PrepareContext(ctx, someConnections); err != nil {
		return errors.Join(unusable("read the connections", err), w.Close())
	}
	return nil
}

// emptied reports whether the file is empty or gone. SQLite would take it for a
// new workspace; if there are backups it is a lost one.
func (w *Workspace) emptied() bool {
	info, err := os.Stat(w.path)
	return err != nil && errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0
}

// recover puts the newest whole backup in the place of a damaged file. It stops
// where a backup may be whole but could not be put there now (the disk is full):
// the next start then tries again, since the file is still missing.
func (w *Workspace) recover(ctx context.Context, have []string) (Recovery, error) {
	aside, err := setAside(w.path, w.now())
	if err != nil {
		return Recovery{}, err
	}
	r := Recovery{SetAside: aside}
	for _, backup := range slices.Backward(have) {
		if err := copyFile(backup, w.path); err != nil {
			return r, errors.Join(err, removeSet(w.path))
		}
		err := w.open(ctx)
		if err == nil {
			r.Restored = backupTime(backup)
			return r, nil
		}
		if err := removeSet(w.path); err != nil {
			return r, err
		}
		if !errors.Is(err, errDamaged) {
			return r, err
		}
	}
	return r, w.open(ctx)
}

// setAside moves a database with the files that belong to it to a free name
// beside it, and returns that.
func setAside(path string, now time.Time) (string, error) {
	base := path + damagedSuffix + now.UTC().Format(backupLayout)
	to := base
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s-%d", base, n)
	}
	for _, part := range parts {
		if err := os.Rename(path+part, to+part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", fault.Errorf(fault.StorageFailed, "set the damaged file aside: %w", err)
		}
	}
	return to, nil
}

const damagedSuffix = ".damaged-"

// parts are the endings of the files that make up one database.
var parts = []string{"", "-wal", "-shm"}

func removeSet(path string) error {
	for _, part := range parts {
		if err := os.Remove(path + part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Errorf(fault.StorageFailed, "remove %s: %w", path+part, err)
		}
	}
	return nil
}

// Close ends all access.
func (w *Workspace) Close() error {
	return errors.Join(w.read.Close(), settle(w.db), w.db.Close())
}
