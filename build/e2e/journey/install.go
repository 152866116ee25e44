package journey

import (
	"time"

	"patchbay/e2e/story"
)

// patience is for things that wait for another program: a window to come up, a
// check to notice what changed at the provider.
const patience = 45 * time.Second

// Install signs in and agrees in the popup, and ends with the app connected.
func Install(s *story.Story) {
	OpenPopup(s)
	s.SeePainted("button", "/^Sign in as /")
	s.Shot("06-sign-in")
	s.Click("button", "/^Sign in as /")
	s.See("button", "Decline")
	s.SeePainted("button", "Allow")
	s.Shot("07-consent")
	s.Click("button", "Allow")
	s.Within(patience).Gone("button", "Allow")
	s.Click("link", "/^Connected apps/")
	s.See("tab", "All")
	s.SeeText(App)
	s.Shot("08-connected")
}

// OpenPopup presses Install app and waits for the sandbox's sign-in page.
func OpenPopup(s *story.Story) {
	s.Click("button", "Install app")
	s.Within(patience).See("button", "/^Sign in as /")
}
