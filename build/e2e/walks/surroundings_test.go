package walks

import (
	"net"
	"os"
	"path/filepath"
	"testing"

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
	journey.FirstStart(s)
	s.Within(sentenceLimit).SeeText("Your keychain is locked")
}

func TestNoDBus(t *testing.T) {
	s := begin(t, desk.Options{NoBus: true})
	journey.FirstStart(s)
	s.Within(sentenceLimit).SeeText("No keychain was found")
	s.SeeText("does not show notifications")
}

func TestNoDisplay(t *testing.T) {
	s := beginClosed(t, desk.Options{})
	s.Launch("DISPLAY=", "WAYLAND_DISPLAY=")
	wantEnd(t, s, "display")
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	s := beginClosed(t, desk.Options{})
	// A folder below a file cannot be made, not even by root.
	file := filepath.Join(s.Desk.Dir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Launch("PATCHBAY_DATA=" + filepath.Join(file, "data"))
	wantEnd(t, s, filepath.Join(file, "data"))
}

func TestSecondStart(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	second := s.LaunchSecond()
	if _, err := second.Wait(sentenceLimit); err != nil {
		t.Fatalf("the second start: %v; it says %q", err, second.Log())
	}
	s.Reads(second, "already")
	s.Count(1, "window", "Patchbay")
	s.See("link", "Discover")
}

func TestDamagedCatalogue(t *testing.T) {
	s := restart(t, "catalog.db")
	s.Within(sentenceLimit).SeeText("The catalogue was damaged")
	journey.Find(s)
}

func TestDamagedWorkspace(t *testing.T) {
	s := restart(t, "workspace.db")
	s.Within(sentenceLimit).SeeText("Your data was damaged")
}

// restart damages a database of a used data folder between two starts.
func restart(t *testing.T, database string) *story.Story {
	t.Helper()
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Quit()
	path := filepath.Join(s.Data, database)
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
	s.Launch()
	return s
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
