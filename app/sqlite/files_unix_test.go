//go:build unix

package sqlite_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"patchbay/app/sqlite"
)

func TestS04_filesAreForTheirOwnerAlone(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	dir := t.TempDir()
	w := workspace(t, dir)
	begin(t, w, "Acme")
	_, err := w.Backup(t.Context())
	must(t, err)
	c, _, err := sqlite.OpenCatalogue(t.Context(), dir, atNoon)
	must(t, err)
	replace(t, c, webFeed("f1", 1), "acme")
	found := modes(t, dir) // while both are open, so that their logs are there
	must(t, w.Close())
	must(t, c.Close())
	if len(found) < 7 {
		t.Fatalf("too few files to mean anything: %v", found)
	}
	for path, mode := range found {
		if mode != 0o600 {
			t.Errorf("%s has mode %o", path, mode)
		}
	}
	// One that somebody else made readable is closed again.
	path := filepath.Join(dir, "workspace.db")
	must(t, os.Chmod(path, 0o644))
	must(t, workspace(t, dir).Close())
	if mode := modes(t, dir)[path]; mode != 0o600 {
		t.Errorf("an open file stays at mode %o", mode)
	}
}
