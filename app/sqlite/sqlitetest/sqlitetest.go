// Package sqlitetest opens real stores for tests.
package sqlitetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"patchbay/app/sqlite"
)

// Open returns an empty workspace that lives as long as the test.
func Open(t testing.TB) *sqlite.Workspace {
	t.Helper()
	w, _, err := sqlite.OpenWorkspace(t.Context(), Folder(t), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// Folder is a data folder with an empty workspace in it, which lives as long as
// the test.
func Folder(t testing.TB) string {
	t.Helper()
	content, err := empty()
	dir := t.TempDir()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, file), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// file is the workspace in its folder.
const file = "workspace.db"

// empty is the file of an empty workspace. Every migration is run for it once:
// hundreds of tests begin with one.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "workspace-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	w, _, err := sqlite.OpenWorkspace(context.Background(), dir, time.Now)
	if err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, file))
})
