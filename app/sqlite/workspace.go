package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"patchbay/app/fault"
)

// Workspace is the precious file. It implements the stores of the nouns
// account, settings, connection and alert, and is safe for concurrent use.
type Workspace struct {
	db   *sql.DB
	path string
	now  func() time.Time
}

// Recovery tells what had to be done to open a workspace.
type Recovery struct {
	// SetAside is where the damaged file went; "" when nothing was wrong.
	SetAside string
	// Restored is when the backup that took its place was made; zero for none.
	Restored time.Time
}

const (
	workspaceFile = "workspace.db"
	backupFolder  = "backups"
	backupsKept   = 7
	backupLayout  = "2006-01-02T150405Z"
)

// OpenWorkspace opens workspace.db in the folder dir. A damaged file is moved
// aside, never deleted, and the newest backup that is whole takes its place, or
// an empty workspace if there is none. A file of a newer version is left alone
// and is an error for which IsNewer holds.
func OpenWorkspace(ctx context.Context, dir string, now func() time.Time) (*Workspace, Recovery, error) {
	w := &Workspace{path: filepath.Join(dir, workspaceFile), now: now}
	lost := w.emptied(dir)
	err := w.open(ctx)
	if err == nil && !lost {
		return w, Recovery{}, nil
	}
	if err != nil && !errors.Is(err, errDamaged) {
		return nil, Recovery{}, err
	}
	if w.db != nil {
		_ = w.db.Close() // opened an empty file in place of a lost one
	}
	recovery, err := w.recover(ctx, dir)
	return w, recovery, err
}

func (w *Workspace) open(ctx context.Context) error {
	db, err := open(ctx, w.path, "FULL", "workspace", func(db *sql.DB) error {
		return w.copyTo(ctx, db, "before-migration")
	})
	w.db = db
	return err
}

// emptied reports whether the file has become empty or gone although backups
// show that there was one: SQLite would take it for a new workspace.
func (w *Workspace) emptied(dir string) bool {
	info, err := os.Stat(w.path)
	if err == nil && info.Size() > 0 {
		return false
	}
	return len(backups(dir)) > 0
}

// recover puts the newest whole backup in the place of a damaged file.
func (w *Workspace) recover(ctx context.Context, dir string) (Recovery, error) {
	r := Recovery{SetAside: fmt.Sprintf("%s.damaged-%s", w.path, w.now().UTC().Format(backupLayout))}
	if err := setAside(w.path, r.SetAside); err != nil {
		return r, err
	}
	for _, backup := range slices.Backward(backups(dir)) {
		data, err := os.ReadFile(backup)
		if err != nil || os.WriteFile(w.path, data, 0o600) != nil {
			continue
		}
		if w.open(ctx) == nil {
			r.Restored = backupTime(backup)
			return r, nil
		}
		if err := removeSet(w.path); err != nil {
			return r, err
		}
	}
	return r, w.open(ctx)
}

// Backup makes a copy, unless one was made in the last day, checks that it is
// whole, and keeps the newest seven. It returns the copy's path, "" if none was due.
func (w *Workspace) Backup(ctx context.Context) (string, error) {
	dir := filepath.Dir(w.path)
	if have := backups(dir); len(have) > 0 && w.now().Sub(backupTime(have[len(have)-1])) < 24*time.Hour {
		return "", nil
	}
	name := w.now().UTC().Format(backupLayout)
	if err := w.copyTo(ctx, w.db, name); err != nil {
		return "", err
	}
	have := backups(dir)
	for len(have) > backupsKept {
		if err := os.Remove(have[0]); err != nil {
			return "", fault.Errorf(fault.StorageFailed, "remove an old backup: %w", err)
		}
		have = have[1:]
	}
	return w.backupPath(name), nil
}

func (w *Workspace) backupPath(name string) string {
	return filepath.Join(filepath.Dir(w.path), backupFolder, "workspace-"+name+".db")
}

// copyTo writes a consistent copy of the open file, first under another name so
// that a half-written one is never taken for a backup.
func (w *Workspace) copyTo(ctx context.Context, db *sql.DB, name string) error {
	path := w.backupPath(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault.Errorf(fault.StorageFailed, "back up: %w", err)
	}
	part := path + ".part"
	_ = os.Remove(part)
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return fault.Errorf(fault.StorageFailed, "back up: %w", err)
	}
	if err := verify(ctx, part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return fault.Errorf(fault.StorageFailed, "back up: %w", err)
	}
	return nil
}

// verify reports whether the file at path is a whole database.
func verify(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(path, "OFF"))
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "check the backup: %w", err)
	}
	defer db.Close()
	var verdict string
	// A copy must stay one file: no write-ahead log beside it.
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&verdict); err != nil {
		return fault.Errorf(fault.StorageFailed, "check the backup: %w", err)
	}
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil || verdict != "ok" {
		return fault.Errorf(fault.StorageFailed, "check the backup: %s", verdict)
	}
	return nil
}

// backups lists the daily copies, oldest first.
func backups(dir string) []string {
	found, _ := filepath.Glob(filepath.Join(dir, backupFolder, "workspace-2*Z.db")) // the pattern is good
	slices.Sort(found)
	return found
}

func backupTime(path string) time.Time {
	at, _ := time.Parse("workspace-"+backupLayout+".db", filepath.Base(path)) // zero: very old
	return at
}

// Close ends all access.
func (w *Workspace) Close() error { return w.db.Close() }

// setAside moves a database with the files that belong to it.
func setAside(path, to string) error {
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+part, to+part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Errorf(fault.StorageFailed, "set the damaged file aside: %w", err)
		}
	}
	return nil
}

func removeSet(path string) error {
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + part); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fault.Errorf(fault.StorageFailed, "remove a damaged backup: %w", err)
		}
	}
	return nil
}
