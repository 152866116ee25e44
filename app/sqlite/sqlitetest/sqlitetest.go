// Package sqlitetest opens real stores for tests.
package sqlitetest

import (
	"testing"
	"time"

	"patchbay/app/sqlite"
)

// Open returns an empty workspace that lives as long as the test.
func Open(t testing.TB) *sqlite.Workspace {
	t.Helper()
	w, _, err := sqlite.OpenWorkspace(t.Context(), t.TempDir(), time.Now)
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
