package walks

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

func TestNoKeyring(t *testing.T) {
	s := begin(t, desk.Options{Keyring: desk.KeyringNone})
	journey.FirstStart(s)
	s.Within(sentenceLimit).SeeText("No keychain was found")
}

func TestLockedKeyring(t *testing.T) {
	s := begin(t, desk.Options{Keyring: desk.KeyringLocked})
	s.Within(sentenceLimit).SeeText("Your keychain is locked")
	journey.FirstStart(s)
	s.Click("button", "Unlock keychain")
	prompt := s.In("dialog", "Unlock Login Keyring")
	prompt.SeeState("text field", "", atspi.Focused)
	s.Keys(desk.KeyringPassword)
	prompt.Click("button", "Unlock")
	s.GoneText("Your keychain is locked")
}

func TestNoDBus(t *testing.T) {
	s := begin(t, desk.Options{NoBus: true})
	s.Within(sentenceLimit).SeeText("There is no D-Bus session")
	journey.FirstStart(s)
	s.SeeText("There is no D-Bus session")
	s.GoneText("No keychain was found")
}

func TestNoDisplay(t *testing.T) {
	s := beginClosed(t, desk.Options{})
	s.Launch("DISPLAY=", "WAYLAND_DISPLAY=")
	wantEnd(t, s, "needs a screen")
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	s := beginClosed(t, desk.Options{})
	// A folder below a file cannot be made, not even by root.
	file := filepath.Join(s.Desk.Dir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Launch("PATCHBAY_DATA=" + filepath.Join(file, "data"))
	// Nobody reads a terminal here, so a window says it too.
	s.Within(sentenceLimit).SeeText("cannot write to its data folder " + filepath.Join(file, "data"))
	s.Press("Alt+F4")
	wantEnd(t, s, filepath.Join(file, "data"))
}

func TestSecondStart(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	if err := s.Desk.Minimise("Patchbay"); err != nil {
		t.Fatal(err)
	}
	s.Active("")
	second := s.LaunchSecond()
	if _, err := second.Wait(sentenceLimit); err != nil {
		t.Fatalf("the second start: %v; it says %q", err, second.Log())
	}
	s.Reads(second, "already running")
	s.Active("Patchbay")
	s.Count(1, "window", "Patchbay")
	s.See("link", "Discover")
}

func TestDamagedCatalogue(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Quit()
	damage(t, filepath.Join(s.Data, "catalog.db"))
	s.Launch()
	s.Within(sentenceLimit).SeeText("The catalogue was damaged")
	journey.Find(s)
}

// A damaged workspace without any copy starts anew, beside what is left of it;
// with a copy it is as it was then.
func TestDamagedWorkspace(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Quit()
	path := filepath.Join(s.Data, "workspace.db")
	whole := readWhole(t, path)
	damage(t, path)
	s.Launch()
	s.Within(sentenceLimit).SeeText("Your data was damaged and no backup could be read")
	s.See("text field", "Account name")
	kept, err := filepath.Glob(path + ".damaged-*")
	if err != nil || len(kept) == 0 {
		t.Fatalf("nothing is left of the damaged file: %v", err)
	}

	s.Quit()
	damage(t, path)
	backup := filepath.Join(s.Data, "backups", "workspace-"+time.Now().UTC().Format("2006-01-02T150405Z")+".db")
	if err := errors.Join(os.MkdirAll(filepath.Dir(backup), 0o700), os.WriteFile(backup, whole, 0o600)); err != nil {
		t.Fatal(err)
	}
	s.Launch()
	s.Within(sentenceLimit).SeeText("Your data was damaged and has been restored from the backup")
	s.See("link", "Discover")
}

// readWhole reads a database that nobody has open, all of which is in one file.
func readWhole(t *testing.T, path string) []byte {
	t.Helper()
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		t.Fatalf("%s-wal still holds %d bytes after the end of the program", path, info.Size())
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// damage overwrites a database with noise.
func damage(t *testing.T, path string) {
	t.Helper()
	for _, tail := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + tail); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	noise := make([]byte, 64<<10)
	for i := range noise {
		noise[i] = byte(i*7 + i>>8)
	}
	if err := os.WriteFile(path, noise, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSandboxPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:47600")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	journey.Find(s)
	s.Click("button", "Install app")
	s.Within(sentenceLimit).SeeText("/(?i)port.*(taken|47600)/")
}

// wantEnd expects the program to end by itself in time with a code other than
// 0, and to say why.
func wantEnd(t *testing.T, s *story.Story, say string) {
	t.Helper()
	code, err := s.Program.Wait(sentenceLimit)
	if err != nil {
		t.Fatalf("%v; it says %q", err, s.Program.Log())
	}
	if code == 0 {
		t.Errorf("it ends with code 0, as if all were well")
	}
	s.Reads(s.Program, say)
}
