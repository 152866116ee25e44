package walks

import (
	"testing"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
)

// With the network cut everything but installing works, and the window says so.
// The practice apps need no network.
func TestNetworkCut(t *testing.T) {
	s := begin(t, desk.Options{})
	journey.FirstStart(s)
	journey.Find(s)
	s.GoneText("You’re offline")
	if err := desk.CutNetwork(); err != nil {
		t.Fatal(err)
	}
	s.Within(sentenceLimit).SeeText("You’re offline.")
	journey.Install(s)

	s.Type("Search apps", "hubspot")
	s.Click("link", "HubSpot")
	s.See("heading", "Requirements")
	s.SeeDisabled("button", "Install app")
	s.SeeText("Installing needs the network")

	s.Kill()
	s.Launch()
	s.See("link", "Discover")
	s.Within(sentenceLimit).SeeText("You’re offline.")
	s.Click("link", "/^Connected apps/")
	s.Click("tab", "All")
	s.SeeText(journey.App)
	if err := desk.PlugNetwork(); err != nil {
		t.Fatal(err)
	}
	s.Within(sentenceLimit).GoneText("You’re offline.")
}
