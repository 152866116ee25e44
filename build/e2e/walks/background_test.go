package walks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

// watchLimit is how long a practice app's trouble may take to be noticed: its
// probe comes every few seconds.
const watchLimit = 45 * time.Second

// hidden expects the program to go on without its window.
func hidden(t *testing.T, s *story.Story) {
	t.Helper()
	s.Gone("window", "Patchbay")
	if !s.Program.Running() {
		t.Fatalf("the program ended with its window; it says %q", s.Program.Log())
	}
}

// revoke ends the app's access at the provider and waits for the notification.
func revoke(t *testing.T, s *story.Story) desk.Notice {
	t.Helper()
	if err := journey.Command("revoke"); err != nil {
		t.Fatal(err)
	}
	return s.Within(watchLimit).Notice(journey.App, "Access revoked")
}

// ended expects the program to end by itself, and well. What is under way may be
// waited for.
func ended(t *testing.T, s *story.Story) {
	t.Helper()
	if code, err := s.Program.Wait(4 * sentenceLimit); err != nil || code != 0 {
		t.Fatalf("the program ends with code %d, %v; it says %q", code, err, s.Program.Log())
	}
}

// With nothing connected there is nothing to watch, and nothing is asked.
func TestClosing_withNothingToWatchQuits(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Press("Alt+F4")
	ended(t, s)
}

func TestClosing_asksOnceAndWatches(t *testing.T) {
	s := connected(t)
	s.Press("Alt+F4")
	s.SeePainted("button", "Keep watching")
	s.Shot("20-close")
	s.Press("Escape")
	s.Gone("dialog", "Keep watching your apps?")
	s.Press("Alt+F4")
	s.Click("button", "Keep watching")
	hidden(t, s)

	revoke(t, s)
	if err := s.Desk.ClickNotice(); err != nil {
		t.Fatal(err)
	}
	s.Active("Patchbay")
	s.See("button", "Reconnect") // the alert's card is open
	s.Shot("21-raised")

	s.Press("Alt+F4")
	hidden(t, s)
	second := s.LaunchSecond()
	if _, err := second.Wait(sentenceLimit); err != nil {
		t.Fatal(err)
	}
	s.Active("Patchbay")
	s.SeeText(journey.App)

	s.Press("Ctrl+K")
	s.In("dialog", "").See("text field", "")
	s.Keys("quit")
	s.Click("menu item", "Quit Patchbay")
	ended(t, s)
}

func TestClosing_quitIsKeptToo(t *testing.T) {
	s := connected(t)
	s.Press("Alt+F4")
	s.Click("button", "Quit Patchbay")
	ended(t, s)
	s.Launch()
	s.See("link", "Discover")
	s.Press("Alt+F4")
	ended(t, s)
}

// The session's end is an end, whatever closing the window means; so is closing it
// over the question.
func TestClosing_sessionsEndAndSecondTime(t *testing.T) {
	s := connected(t)
	s.Press("Alt+F4")
	s.See("dialog", "Keep watching your apps?")
	s.Press("Alt+F4")
	ended(t, s)

	s.Launch()
	s.See("link", "Discover")
	s.Press("Alt+F4")
	s.Click("button", "Keep watching")
	hidden(t, s)
	s.Quit()
	ended(t, s)
}

func TestBackground(t *testing.T) {
	s := connected(t)
	s.Quit()
	first := s.LaunchWith("--background")
	s.Within(watchLimit).Until("the practice apps answer", func() error {
		_, err := journey.Grants()
		return err
	})
	notice := revoke(t, s)
	hidden(t, s)
	if notice.Actions["reconnect"] != "Reconnect" {
		t.Errorf("the notification offers %q", notice.Actions)
	}
	again := s.LaunchWith("--background")
	if code, err := again.Wait(sentenceLimit); err != nil || code != 0 {
		t.Fatalf("a second start at login ends with %d, %v", code, err)
	}
	s.Gone("window", "Patchbay")
	s.LaunchSecond()
	s.See("link", "/^Connected apps/")
	s.Active("Patchbay")
	if !first.Running() {
		t.Error("another program shows the window")
	}
}

func TestStartAtLogin(t *testing.T) {
	s := connected(t)
	entry := filepath.Join(s.Desk.Home(), ".config/autostart/app.patchbay.Patchbay.desktop")
	s.Click("link", "Settings")
	s.Click("link", "Background")
	s.Click("check box|button", "/^Start at login/")
	var text []byte
	s.Until("the entry is there", func() (err error) {
		text, err = os.ReadFile(entry)
		return err
	})
	program, err := filepath.Abs(story.Binary())
	if err != nil {
		t.Fatal(err)
	}
	if want := "Exec=\"" + program + "\" --background\n"; !strings.Contains(string(text), want) {
		t.Errorf("the entry lacks %q:\n%s", want, text)
	}
	s.Click("check box|button", "/^Start at login/")
	s.Until("the entry is gone", func() error {
		if _, err := os.Stat(entry); err == nil {
			return os.ErrExist
		}
		return nil
	})
	s.Shot("22-background")
	s.Click("button", "Quit Patchbay")
	ended(t, s)
}
