package walks

import (
	"os"
	"strings"
	"testing"
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

// chromium is Debian's, the browser that walks lend to a desk.
const chromium = "/usr/bin/chromium"

// signInLimit is how long a browser may take to show a page for the first time.
const signInLimit = 60 * time.Second

// toTheListing starts the program and stands at the practice app.
func toTheListing(s *story.Story) {
	journey.FirstStart(s)
	s.Click("link", "Discover")
	s.Click("link", journey.App)
	s.See("button", "Install app")
}

// agree signs in and says yes in whatever window shows the provider.
func agree(s *story.Story) {
	s.Within(signInLimit).Click("button", "/^Sign in as /")
	s.Within(signInLimit).Click("button", "Allow")
	s.Within(signInLimit).Gone("button", "Allow")
	s.Click("link", "/^Connected apps/")
	s.Within(signInLimit).SeeText(journey.App)
}

// A desk with a Chromium: Automatic signs in with a small window of the person's
// own browser.
func TestSignIn_browserPopup(t *testing.T) {
	if _, err := os.Stat(chromium); err != nil {
		t.Fatalf("this walk needs Debian's Chromium: %v", err)
	}
	s := begin(t, desk.Options{Browser: chromium})
	toTheListing(s)
	s.Click("button", "Install app")
	s.Within(signInLimit).See("button", "/^Sign in as /")
	s.SeeText("Waiting for you to sign in, in the window that opened")
	s.Shot("browser-popup")
	agree(s)
	wantGrants(t, 1)
	if opened := s.Desk.Opened(); len(opened) > 0 {
		t.Errorf("a tab was opened too: %q", opened)
	}
}

// A desk without one: Automatic signs in with our own window. From the waiting
// dialog another kind can be taken, and the window before closes.
func TestSignIn_otherWindowFromTheDialog(t *testing.T) {
	s := begin(t, desk.Options{})
	toTheListing(s)
	s.Click("button", "Install app")
	s.Within(signInLimit).See("button", "/^Sign in as /")
	aside(t, s)
	s.Click("button", "/^Use another window/")
	s.Click("menu item", "Browser tab")
	s.Within(signInLimit).SeeText("Waiting for you to sign in, in your browser")
	s.Gone("button", "/^Sign in as /")
	wantTab(t, s)
	s.Click("button", "/^Use another window/")
	s.Click("menu item", "Patchbay’s window")
	agree(s)
	wantGrants(t, 1)
}

// What is chosen in Settings is what the next sign-in takes.
func TestSignIn_windowChosenInSettings(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	s.Click("link", "Settings")
	s.Click("link", "Apps")
	s.Click("radio button", "/^Browser tab/")
	s.Click("link", "Discover")
	s.Click("link", journey.App)
	s.Click("button", "Install app")
	s.Within(signInLimit).SeeText("Waiting for you to sign in, in your browser")
	wantTab(t, s)
	s.In("dialog", "").Click("button", "Cancel")
	wantGrants(t, 0)
}

// aside moves the popup away, which stands over the dialog on a small screen.
func aside(t *testing.T, s *story.Story) {
	t.Helper()
	if err := s.Desk.Minimise(journey.App); err != nil {
		t.Fatal(err)
	}
	s.Active("Patchbay")
}

// wantTab wants the default browser to have been given an address that holds
// nothing secret: it leads on through this machine.
func wantTab(t *testing.T, s *story.Story) {
	t.Helper()
	var opened []string
	s.Until("open a tab", func() error {
		if opened = s.Desk.Opened(); len(opened) == 0 {
			return os.ErrNotExist
		}
		return nil
	})
	if address := opened[len(opened)-1]; !strings.HasPrefix(address, "http://127.0.0.1:") || strings.Contains(address, "?") {
		t.Errorf("the tab was given %q", address)
	}
}
