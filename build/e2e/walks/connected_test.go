package walks

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

// connected begins a story in which the journey's app is connected and its
// sandbox is up. The first walk that needs it makes it so by hand; the others
// go on from a copy of where that ended.
func connected(t *testing.T) *story.Story {
	t.Helper()
	kept := keptConnected(t)
	data := filepath.Join(t.TempDir(), "data")
	if out, err := exec.Command("cp", "-a", filepath.Join(kept, "data"), data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := setUp(t, story.Setup{Data: data, Desk: desk.Options{Keyrings: filepath.Join(kept, "keyrings")}})
	s.Click("link", "/^Connected apps/")
	s.Click("tab", "All")
	s.SeeText(journey.App)
	s.Until("reach the sandbox", func() error { _, err := journey.Grants(); return err })
	return s
}

// keptConnected is the folder with the data and the keyrings of a Patchbay in
// which the app is connected, made on the first call of all processes.
func keptConnected(t *testing.T) string {
	t.Helper()
	shared := os.Getenv(aloneKey)
	lock, err := os.Create(filepath.Join(shared, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(shared, "connected")
	if _, err := os.Stat(kept); err == nil {
		return kept
	}
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Type("Search apps", "sandbox c")
	s.Click("link", journey.App)
	journey.Install(s)
	s.Quit()
	half := kept + ".half"
	err = errors.Join(os.Mkdir(half, 0o700),
		exec.Command("cp", "-a", s.Data, filepath.Join(half, "data")).Run(),
		exec.Command("cp", "-a", s.Desk.Keyrings(), filepath.Join(half, "keyrings")).Run(),
		os.Rename(half, kept))
	if err != nil {
		t.Fatal(err)
	}
	s.End()
	return kept
}
