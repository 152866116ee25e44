package sqlite_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/sqlite"
)

// A folder that cannot be written is no damage: nothing is moved, and it is said.
func TestOpenWorkspace_readOnlyFolderIsSaidAndLeftAlone(t *testing.T) {
	dir, err := os.MkdirTemp("", "patchbay-readonly-*")
	must(t, err)
	defer os.RemoveAll(dir)
	w := workspace(t, dir)
	begin(t, w, "Acme")
	must(t, w.Close())
	done := make(chan error)
	as := nobody(t, dir)
	must(t, os.Chmod(dir, 0o500))
	go func() {
		// The thread that looks like somebody else ends with this goroutine.
		runtime.LockOSThread()
		if as != 0 {
			if err := syscall.Setfsuid(as); err != nil {
				done <- err
				return
			}
		}
		w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
		if w != nil || recovery != (sqlite.Recovery{}) {
			t.Errorf("OpenWorkspace = %v, %+v", w, recovery)
		}
		done <- err
	}()
	wantCode(t, <-done, fault.StorageFailed)
	must(t, os.Chmod(dir, 0o700))
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("files in the folder: %v, %v", entries, err)
	}
	w = workspace(t, dir)
	defer w.Close()
	if accountName(t, w) != "Acme" {
		t.Error("the data is gone")
	}
}

// nobody gives dir to a user who is not root, and returns that user; 0 when the
// test does not run as root and modes hold for it as they are.
func nobody(t *testing.T, dir string) int {
	t.Helper()
	if os.Getuid() != 0 {
		return 0
	}
	const id = 65534
	must(t, os.Chown(dir, id, id))
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		must(t, os.Chown(filepath.Join(dir, e.Name()), id, id))
	}
	return id
}

func TestOpenWorkspace_somethingInTheWay(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "workspace.db"), 0o700))
	_, _, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
	wantCode(t, err, fault.StorageFailed)
}
