package sqlite_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/sqlite"
)

func TestBackup_onceADayKeepingSeven(t *testing.T) {
	// A folder's name must not be taken for a pattern.
	dir := filepath.Join(t.TempDir(), "data [1] 100%?#")
	must(t, os.Mkdir(dir, 0o700))
	now := noon
	w, _, err := sqlite.OpenWorkspace(t.Context(), dir, func() time.Time { return now })
	must(t, err)
	defer w.Close()
	begin(t, w, "Acme")
	var made []string
	for day := range 10 {
		now = noon.AddDate(0, 0, day)
		path, err := w.Backup(t.Context())
		must(t, err)
		if path == "" {
			t.Fatalf("day %d: no backup", day)
		}
		made = append(made, path)
		now = now.Add(23 * time.Hour)
		if again, err := w.Backup(t.Context()); again != "" || err != nil {
			t.Errorf("a second backup within a day: %q, %v", again, err)
		}
	}
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(made[0]), "*"))
	if err != nil || len(kept) == 0 {
		entries, err := os.ReadDir(filepath.Dir(made[0]))
		must(t, err)
		for _, e := range entries {
			kept = append(kept, filepath.Join(filepath.Dir(made[0]), e.Name()))
		}
	}
	slices.Sort(kept)
	if !slices.Equal(kept, made[3:]) {
		t.Errorf("kept %q, want the newest seven %q", kept, made[3:])
	}
}

func TestBackup_clockSetBackStillGetsOne(t *testing.T) {
	now := noon.AddDate(10, 0, 0)
	w, _, err := sqlite.OpenWorkspace(t.Context(), t.TempDir(), func() time.Time { return now })
	must(t, err)
	defer w.Close()
	_, err = w.Backup(t.Context())
	must(t, err)
	now = noon
	if path, err := w.Backup(t.Context()); path == "" || err != nil {
		t.Errorf("after the clock was set right: %q, %v", path, err)
	}
}

func TestBackup_opensAsAWorkspaceAndClearsHalfWrittenOnes(t *testing.T) {
	dir := t.TempDir()
	w := workspace(t, dir)
	begin(t, w, "Acme")
	must(t, os.MkdirAll(filepath.Join(dir, "backups"), 0o700))
	half := filepath.Join(dir, "backups", "workspace-2026-11-01T000000Z.db.part")
	must(t, os.WriteFile(half, []byte("half"), 0o600))
	path, err := w.Backup(t.Context())
	must(t, err)
	must(t, w.Close())
	if exists(half) || exists(path+"-wal") || exists(path+"-shm") {
		t.Error("files were left beside the backup")
	}
	other := t.TempDir()
	must(t, os.Rename(path, filepath.Join(other, "workspace.db")))
	w = workspace(t, other)
	defer w.Close()
	if got := accountName(t, w); got != "Acme" {
		t.Errorf("the backup holds account %q", got)
	}
}

func TestBackup_failureLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	w := workspace(t, dir)
	defer w.Close()
	must(t, os.WriteFile(filepath.Join(dir, "backups"), []byte("a file in the way"), 0o600))
	_, err := w.Backup(t.Context())
	wantCode(t, err, fault.StorageFailed)
}
