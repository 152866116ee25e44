package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"patchbay/app/fault"
)

func TestAutostart(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	path := filepath.Join(dir, "autostart", "app.patchbay.Patchbay.desktop")
	a := Autostart{Executable: "/opt/old/patchbay"}
	is := func(when string, want bool) {
		t.Helper()
		if on, err := a.On(); err != nil || on != want {
			t.Errorf("%s: On = %v, %v, want %v", when, on, err, want)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	is("before", false)
	must(a.Switch(false))
	must(a.Switch(true))
	is("switched on", true)
	text, err := os.ReadFile(path)
	must(err)

	moved := Autostart{Executable: "/opt/new/patchbay"}
	must(moved.Refresh())
	fresh, err := os.ReadFile(path)
	must(err)
	if !strings.Contains(string(text), "/opt/old/patchbay") || !strings.Contains(string(fresh), "/opt/new/patchbay") {
		t.Errorf("the entry was %s and is now %s", text, fresh)
	}

	must(os.WriteFile(path, append(fresh, "Hidden=true\n"...), 0o600))
	is("switched off by the desktop's settings", false)
	must(moved.Refresh())
	is("refreshed while off", false)
	must(a.Switch(true))
	is("switched on again", true)
	must(a.Switch(false))
	is("switched off", false)
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}

	must(os.RemoveAll(filepath.Dir(path)))
	must(os.WriteFile(filepath.Dir(path), nil, 0o600)) // a file where the folder should be
	if err := a.Switch(true); fault.CodeOf(err) != fault.StorageFailed {
		t.Errorf("Switch into a file is %v, want storage_failed", err)
	}
}
