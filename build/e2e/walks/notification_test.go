package walks

import (
	"strings"
	"testing"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

// press presses a button of the newest notification with this title.
func press(t *testing.T, s *story.Story, n desk.Notice, label string) {
	t.Helper()
	if err := s.Desk.PressNotice(n.Title, label); err != nil {
		t.Fatal(err)
	}
}

// Show opens the alert, and what the notification says is what the alert says.
func TestNotification_show(t *testing.T) {
	s := connected(t)
	s.Click("link", "Discover")
	n := revoke(t, s)
	s.SeePainted("link", "Discover")
	s.Shot("30-notification")
	if n.App != "patchbay" || n.Title != journey.App+": Access revoked" ||
		!strings.Contains(n.Body, "Acme North") || !strings.Contains(n.Body, "cannot read or change anything there") {
		t.Errorf("told %q / %q by %q, without app, account or effect", n.Title, n.Body, n.App)
	}
	for key, label := range map[string]string{"reconnect": "Reconnect", "snooze": "Snooze 1 hour", "show": "Show"} {
		if n.Actions[key] != label {
			t.Errorf("button %s says %q, want %q", key, n.Actions[key], label)
		}
	}
	press(t, s, n, "Show")
	s.See("button", "Reconnect")
	s.SeeText("withdrawn Patchbay’s access to the account Acme North")
}

// Snooze is done without a window, and shows when one is looked at.
func TestNotification_snooze(t *testing.T) {
	s := connected(t)
	s.Press("Alt+F4")
	s.Click("button", "Keep watching")
	hidden(t, s)
	n := revoke(t, s)
	press(t, s, n, "Snooze 1 hour")
	s.LaunchSecond()
	s.Click("link", "/^Connected apps/")
	s.Click("tab", "/^Alerts/")
	s.SeeText("/[Ss]nooze/")
	s.Gone("button", "Reconnect")
}

// Reconnect raises the window and opens the sign-in; its end is told, since the
// failure was.
func TestNotification_reconnect(t *testing.T) {
	s := connected(t)
	s.Press("Alt+F4")
	s.Click("button", "Keep watching")
	hidden(t, s)
	n := revoke(t, s)
	press(t, s, n, "Reconnect")
	s.Within(watchLimit).Click("button", "/^Sign in as /")
	s.Click("button", "Allow")
	s.Within(watchLimit).Notice(journey.App+" works again", "Acme North")
	s.See("link", "/^Connected apps/")
}

// A muted app is silent; what still stands is told once it is not muted any more.
func TestNotification_muted(t *testing.T) {
	s := connected(t)
	s.Click("link", "Settings")
	s.Click("link", "Notifications")
	s.Click("check box|button", journey.App)
	if err := journey.Command("revoke"); err != nil {
		t.Fatal(err)
	}
	s.Within(watchLimit).See("link", "/^Connected apps/")
	s.Within(watchLimit).SeeText("/^Connected apps 1$/")
	if told := s.Desk.Notices(); len(told) != 0 {
		t.Errorf("told %v", told)
	}
	s.Click("check box|button", journey.App)
	s.Within(2*watchLimit).Notice(journey.App, "Access revoked")
}
