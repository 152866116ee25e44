package sqlite_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/sqlite"
)

// damages are ways in which a database file can be spoilt.
var damages = map[string]func(t *testing.T, path string){
	"flipped pages": func(t *testing.T, path string) { flip(t, path, 4096, 3*4096) },
	"flipped head":  func(t *testing.T, path string) { flip(t, path, 0, 64) },
	"garbage": func(t *testing.T, path string) {
		must(t, os.WriteFile(path, bytes.Repeat([]byte("no database "), 2000), 0o600))
	},
	"truncated": func(t *testing.T, path string) {
		info, err := os.Stat(path)
		must(t, err)
		must(t, os.Truncate(path, info.Size()/2))
	},
	"zero bytes": func(t *testing.T, path string) { must(t, os.Truncate(path, 0)) },
	"gone":       func(t *testing.T, path string) { must(t, os.Remove(path)) },
}

func TestOpenWorkspace_damagedFileGivesWayToTheNewestBackup(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "workspace.db")
			w := workspace(t, dir)
			begin(t, w, "Acme")
			_, err := w.Backup(t.Context())
			must(t, err)
			must(t, w.Close())
			damage(t, path)
			before, _ := os.ReadFile(path)

			w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
			must(t, err)
			if got := accountName(t, w); got != "Acme" {
				t.Errorf("after the recovery the account is %q, want Acme", got)
			}
			if !recovery.Restored.Equal(noon) || recovery.SetAside == "" {
				t.Errorf("recovery = %+v, want the backup of noon", recovery)
			}
			if aside, _ := os.ReadFile(recovery.SetAside); !bytes.Equal(aside, before) {
				t.Error("the damaged file was not kept as it was")
			}
			must(t, w.Close())
			must(t, workspace(t, dir).Close()) // and nothing to recover next time
		})
	}
}

func TestOpenWorkspace_damagedBackupIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	now := noon
	w, _, err := sqlite.OpenWorkspace(t.Context(), dir, func() time.Time { return now })
	must(t, err)
	begin(t, w, "Acme")
	_, err = w.Backup(t.Context())
	must(t, err)
	now = noon.Add(25 * time.Hour)
	newest, err := w.Backup(t.Context())
	must(t, err)
	must(t, w.Close())
	flip(t, newest, 0, 8192)
	flip(t, filepath.Join(dir, "workspace.db"), 0, 8192)

	w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
	must(t, err)
	defer w.Close()
	if got := accountName(t, w); got != "Acme" || !recovery.Restored.Equal(noon) {
		t.Errorf("account %q from %v, want Acme from the older backup", got, recovery.Restored)
	}
}

func TestOpenWorkspace_withoutBackupStartsEmptyAndKeepsTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "workspace.db")
	must(t, os.WriteFile(path, []byte("garbage, and long enough to be looked at"), 0o600))
	asides := map[string]bool{}
	for range 2 { // the second in the same second must not overwrite the first
		w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
		must(t, err)
		if accountName(t, w) != "" || !recovery.Restored.IsZero() {
			t.Errorf("recovery = %+v, want an empty workspace", recovery)
		}
		must(t, w.Close())
		asides[recovery.SetAside] = true
		if content, err := os.ReadFile(recovery.SetAside); err != nil || !bytes.HasPrefix(content, []byte("garbage")) {
			t.Errorf("set aside: %q, %v", content, err)
		}
		must(t, os.WriteFile(path, []byte("garbage again"), 0o600))
	}
	if len(asides) != 2 {
		t.Errorf("files set aside: %v, want two", asides)
	}
}

func TestOpenWorkspace_newerSchemaIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "workspace.db")
	must(t, workspace(t, dir).Close())
	raise(t, path)
	before, err := os.ReadFile(path)
	must(t, err)

	w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
	if w != nil || !sqlite.IsNewer(err) || recovery != (sqlite.Recovery{}) {
		t.Fatalf("OpenWorkspace = %v, %+v, %v, want an error for which IsNewer holds", w, recovery, err)
	}
	wantCode(t, err, fault.Conflict)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Error("the file of a newer version was changed")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("files were left beside it: %v", entries)
	}
}

// raise lets a file look as if a newer version had migrated it.
func raise(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	must(t, err)
	must(t, db.Close())
}

func TestOpenCatalogue_damagedOneIsMadeAnewWithItsFeeds(t *testing.T) {
	for name, damage := range damages {
		if name == "gone" || name == "zero bytes" {
			continue // no damage: an empty file is a new catalogue
		}
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c, _, err := sqlite.OpenCatalogue(t.Context(), dir, atNoon)
			must(t, err)
			replace(t, c, webFeed("f1", 3), "acme-crm", "acme-chat")
			must(t, c.Close())
			damage(t, filepath.Join(dir, "catalog.db"))

			c, rebuilt, err := sqlite.OpenCatalogue(t.Context(), dir, atNoon)
			must(t, err)
			defer c.Close()
			feeds, err := c.Feeds(t.Context())
			must(t, err)
			if !rebuilt || len(feeds) != 1 || feeds[0].URL != "https://feeds.example.com/f1" || feeds[0].Rank != 3 {
				t.Fatalf("rebuilt %v, feeds %+v, want the feed that was there", rebuilt, feeds)
			}
			if feeds[0].ETag != "" || feeds[0].Listings != 0 {
				t.Errorf("the feed still claims to be stored: %+v", feeds[0])
			}
			_, err = c.Document(t.Context(), "acme-crm")
			wantCode(t, err, fault.NotFound)
		})
	}
}

func TestOpenCatalogue_newerOneIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	c, _, err := sqlite.OpenCatalogue(t.Context(), dir, atNoon)
	must(t, err)
	must(t, c.Close())
	raise(t, filepath.Join(dir, "catalog.db"))
	c, rebuilt, err := sqlite.OpenCatalogue(t.Context(), dir, atNoon)
	must(t, err)
	if !rebuilt {
		t.Error("a catalogue of a newer version was used")
	}
	must(t, c.Close())
}
