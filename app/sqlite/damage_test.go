package sqlite

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// Only what SQLite calls damage may cost a file its place.
func TestUnusable_onlyDamageIsDamage(t *testing.T) {
	dir := t.TempDir()
	w, _, err := OpenWorkspace(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.db.Exec(`PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	full := w.SavePreference(t.Context(), "big", bytes.Repeat([]byte("x"), 1<<20))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, canceled := w.Account(ended)
	for name, err := range map[string]error{"full disk": full, "canceled": canceled} {
		if err == nil || errors.Is(unusable("test", err), errDamaged) {
			t.Errorf("%s: %v counts as damage", name, err)
		}
	}
	if fault.CodeOf(full) != fault.StorageFailed {
		t.Errorf("a full disk is %v", full)
	}
	if n, err := w.Preference(t.Context(), "big"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a write that failed left %d bytes, %v", len(n), err)
	}
}

// What cannot be restored now must not be given up: an empty workspace in its
// place would in time be backed up over the good copies.
func TestRecover_stopsWhereABackupCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	w, _, err := OpenWorkspace(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SavePreference(t.Context(), "kept", []byte("yes")); err != nil {
		t.Fatal(err)
	}
	backup, err := w.Backup(t.Context())
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(backup, backup+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.recover(t.Context(), []string{backup}); fault.CodeOf(err) != fault.StorageFailed {
		t.Fatalf("recover = %v, want it to stop", err)
	}
	if err := os.Rename(backup+".away", backup); err != nil {
		t.Fatal(err)
	}
	w, recovery, err := OpenWorkspace(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if value, err := w.Preference(t.Context(), "kept"); string(value) != "yes" || recovery.Restored.IsZero() {
		t.Errorf("the next start has %q, %v, %+v", value, err, recovery)
	}
}

// A large catalogue is not read as a whole at the start; damage in it is met
// later, and mended at the next start.
func TestCatalogue_damageMetInUseIsMendedAtTheNextStart(t *testing.T) {
	usual := replaceable.unread
	replaceable.unread = 1
	defer func() { replaceable.unread = usual }()
	dir := t.TempDir()
	c, _, err := OpenCatalogue(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	feed := listing.Feed{ID: "f1", Kind: listing.HTTPS, Name: "F", URL: "https://feeds.example.com"}
	if _, _, err := c.Replace(t.Context(), feed, func(yield func(listing.Intake, error) bool) {
		yield(listing.Intake{Item: &listing.Item{Listing: listing.Listing{Slug: "acme"}, Document: bytes.Repeat([]byte("x"), 1<<20)}}, nil)
	}); err != nil {
		t.Fatal(err)
	}
	var page int
	if err := c.read.QueryRow(`SELECT rootpage FROM sqlite_schema WHERE name = 'listing'`).Scan(&page); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, catalogueFile)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(content[(page-1)*4096 : page*4096])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}

	c, rebuilt, err := OpenCatalogue(t.Context(), dir, time.Now)
	if err != nil || rebuilt {
		t.Fatalf("rebuilt %v, %v: the file was read as a whole", rebuilt, err)
	}
	if _, err := c.Document(t.Context(), "acme"); fault.CodeOf(err) != fault.StorageFailed {
		t.Fatalf("reading damage: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false} {
		c, rebuilt, err = OpenCatalogue(t.Context(), dir, time.Now)
		if err != nil || rebuilt != want {
			t.Fatalf("start %d: rebuilt %v, %v, want %v", i, rebuilt, err, want)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
