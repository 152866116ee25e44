package walks

import (
	"testing"
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
)

func TestJourney(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	journey.Find(s)
	journey.Read(s)
	journey.Install(s)

	s.Kill()
	s.Launch()
	s.Click("link", "/^Connected apps/")
	s.SeeText(journey.App)

	if err := journey.Break(s); err != nil {
		t.Fatal(err)
	}
	journey.Mend(s)
	journey.Uninstall(s)
	wantGrants(t, 0)
}

// Declining and closing the popup each say what happened and leave nothing.
func TestGivingUpLeavesNothing(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	journey.Find(s)
	journey.OpenPopup(s)
	s.Click("button", "/^Sign in as /")
	s.Click("button", "Decline")
	s.Within(20 * time.Second).SeeText("Access was not approved")
	s.SeeText("Nothing was connected")
	s.In("dialog", "").Click("button", "Close")

	journey.OpenPopup(s)
	s.Press("Alt+F4")
	s.Gone("button", "/^Sign in as /")
	s.Within(20 * time.Second).SeeText("The sign-in window was closed")
	s.SeeText("Nothing was connected")
	s.In("dialog", "").Click("button", "Close")
	s.Click("link", "/^Connected apps/")
	s.GoneText(journey.App)
	wantGrants(t, 0)
}

func wantGrants(t *testing.T, want int) {
	t.Helper()
	got, err := journey.Grants()
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("the sandbox has %d grants for %s, want %d", got, journey.App, want)
	}
}
