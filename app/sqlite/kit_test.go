package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"patchbay/app/account"
	"patchbay/app/fault"
	"patchbay/app/sqlite"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

// workspace opens the workspace in dir and fails the test if that takes a
// recovery.
func workspace(t testing.TB, dir string) *sqlite.Workspace {
	t.Helper()
	w, recovery, err := sqlite.OpenWorkspace(t.Context(), dir, atNoon)
	must(t, err)
	if recovery != (sqlite.Recovery{}) {
		t.Fatalf("opening took a recovery: %+v", recovery)
	}
	return w
}

func begin(t testing.TB, w *sqlite.Workspace, name string) {
	t.Helper()
	must(t, w.Begin(t.Context(), account.Account{Name: name, Language: "en", CreatedAt: noon},
		account.Person{ID: "p1", Name: "Ada", Email: "ada@example.com", CreatedAt: noon}))
}

func accountName(t testing.TB, w *sqlite.Workspace) string {
	t.Helper()
	a, err := w.Account(t.Context())
	if fault.CodeOf(err) == fault.NotFound {
		return ""
	}
	must(t, err)
	return a.Name
}

// flip overwrites bytes of a file in place.
func flip(t testing.TB, path string, from, n int) {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	for i := from; i < min(from+n, len(content)); i++ {
		content[i] ^= 0x5a
	}
	must(t, os.WriteFile(path, content, 0o600))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, os.ErrNotExist)
}

func modes(t testing.TB, dir string) map[string]os.FileMode {
	t.Helper()
	found := map[string]os.FileMode{}
	must(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		found[path] = info.Mode().Perm()
		return err
	}))
	return found
}
