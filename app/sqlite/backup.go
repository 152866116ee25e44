package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"patchbay/app/fault"
)

const (
	backupFolder = "backups"
	backupPrefix = "workspace-"
	backupsKept  = 7
	backupEvery  = 24 * time.Hour
	backupLayout = "2006-01-02T150405Z"
	partSuffix   = ".part"
)

// Backup makes a copy, unless one was made in the last day, checks that it is
// whole, and keeps the newest seven. It returns the copy's path, "" if none was due.
func (w *Workspace) Backup(ctx context.Context) (string, error) {
	dir := filepath.Dir(w.path)
	have, err := backups(dir)
	if err != nil {
		return "", err
	}
	if len(have) > 0 {
		// One from the future was made before the clock was set right.
		age := w.now().Sub(backupTime(have[len(have)-1]))
		if age >= 0 && age < backupEvery {
			return "", nil
		}
	}
	name := w.now().UTC().Format(backupLayout)
	if err := w.copyTo(ctx, w.db, name); err != nil {
		return "", err
	}
	return w.backupPath(name), keepNewest(dir)
}

func keepNewest(dir string) error {
	have, err := backups(dir)
	if err != nil {
		return err
	}
	for len(have) > backupsKept {
		if err := os.Remove(have[0]); err != nil {
			return fault.Errorf(fault.StorageFailed, "remove an old backup: %w", err)
		}
		have = have[1:]
	}
	return nil
}

func (w *Workspace) backupPath(name string) string {
	return filepath.Join(filepath.Dir(w.path), backupFolder, backupPrefix+name+".db")
}

// copyTo writes a consistent copy of the open file, first under another name so
// that a half-written one is never taken for a backup.
func (w *Workspace) copyTo(ctx context.Context, db *sql.DB, name string) error {
	path := w.backupPath(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault.Errorf(fault.StorageFailed, "back up: %w", err)
	}
	if err := removeParts(filepath.Dir(path)); err != nil {
		return err
	}
	part := path + partSuffix
	// VACUUM INTO fills an empty file, and leaves its mode as it is.
	if err := makePrivate(part); err != nil {
		return err
	}
	if err := fill(ctx, db, part, path); err != nil {
		return errors.Join(err, removeSet(part))
	}
	return nil
}

func fill(ctx context.Context, db *sql.DB, part, path string) error {
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

// verify reports whether the file at path is a whole database. It is opened as
// one that nobody writes, so that checking leaves no trace on it or beside it.
func verify(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", uri(path, url.Values{"mode": {"ro"}, "immutable": {"1"}}))
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "check the backup: %w", err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return fault.Errorf(fault.StorageFailed, "check the backup: %w", err)
	}
	if verdict != "ok" {
		return fault.Errorf(fault.StorageFailed, "check the backup: %s", verdict)
	}
	return nil
}

// backups lists the daily copies, oldest first; none if there is no folder yet.
func backups(dir string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, backupFolder))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fault.Errorf(fault.StorageFailed, "list backups: %w", err)
	}
	var found []string
	for _, e := range entries {
		path := filepath.Join(dir, backupFolder, e.Name())
		if e.Type().IsRegular() && !backupTime(path).IsZero() {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found, nil
}

// backupTime reads when a daily copy was made; zero for any other file.
func backupTime(path string) time.Time {
	at, err := time.Parse(backupPrefix+backupLayout+".db", filepath.Base(path))
	if err != nil {
		return time.Time{}
	}
	return at
}

// removeParts removes copies that a kill left half-written.
func removeParts(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "list backups: %w", err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partSuffix) {
			if err := removeSet(filepath.Join(folder, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyFile copies a backup to where the workspace belongs, down to the disk.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "restore a backup: %w", err)
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "restore a backup: %w", err)
	}
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Sync(), target.Close()); err != nil {
		return fault.Errorf(fault.StorageFailed, "restore a backup: %w", err)
	}
	return nil
}
