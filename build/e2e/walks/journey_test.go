package walks

import (
	"testing"

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
