package story

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"patchbay/e2e/atspi"
	"patchbay/e2e/shot"
)

// giveUp saves what can be seen and ends the walk.
func (s *Story) giveUp(what string, cause error, tree *atspi.Element) {
	s.fail.Helper()
	var all, seen strings.Builder
	tree.Dump(&all)
	tree.DumpSeen(&seen)
	saved := s.save(all.String())
	s.fail.Fatalf("could not %s%s: %v\n%s\nSaved: %s\nOn screen:\n%s\nLog of the program, last part:\n%s",
		what, s.place(), cause, s.state(), saved, firstLines(seen.String(), 120), lastLines(s.log(), 25))
}

// place says in which part of the screen was looked.
func (s *Story) place() string {
	var b strings.Builder
	for _, q := range s.scope {
		fmt.Fprintf(&b, ", in %s %q", q.Role, q.Name)
	}
	return b.String()
}

func (s *Story) state() string {
	if s.Program == nil {
		return "The program was not started."
	}
	if !s.Program.Running() {
		code, _ := s.Program.Wait(0)
		return fmt.Sprintf("The program has ended with code %d.", code)
	}
	return fmt.Sprintf("The program runs (waited %v).", s.limit)
}

func (s *Story) log() string {
	if s.Program == nil {
		return ""
	}
	return s.Program.Log()
}

// save leaves picture, tree and log in the output folder and names the folder.
func (s *Story) save(tree string) string {
	dir := s.setup.Out
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "patchbay-e2e")
	}
	dir = filepath.Join(dir, "failure")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err.Error()
	}
	_ = os.WriteFile(filepath.Join(dir, "tree.txt"), []byte(tree), 0o644)
	_ = os.WriteFile(filepath.Join(dir, "program.log"), []byte(s.log()), 0o644)
	img, err := shot.Screen(s.Desk.Display())
	if err == nil {
		err = shot.Save(filepath.Join(dir, "screen.png"), img)
	}
	if err != nil {
		return dir + " (no picture: " + err.Error() + ")"
	}
	return dir
}

func firstLines(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	if len(lines) <= n {
		return strings.Join(lines, "\n")
	}
	return strings.Join(lines[:n], "\n") + fmt.Sprintf("\n… and %d more lines", len(lines)-n)
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
