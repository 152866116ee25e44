package walks

import (
	"testing"

	"patchbay/e2e/atspi"
	"patchbay/e2e/journey"
)

// An alert's card opens by pointer and by keyboard and stays while it is read;
// afterwards the app is uninstalled in Polish.
func TestAlertCardAndPolishUninstall(t *testing.T) {
	s := connected(t)
	if err := journey.Break(s); err != nil {
		t.Fatal(err)
	}
	s.Click("link", "/^Connected apps/")
	s.Click("tab", "/^Alerts/")
	s.Away()
	s.Gone("button", "Reconnect")

	row := "/^" + journey.App + "/"
	s.Hover("button", row)
	s.See("button", "Reconnect")
	s.Hover("button", "Reconnect")
	s.SeeText("withdrawn Patchbay’s access")
	s.Press("Escape")
	s.Gone("button", "Reconnect")

	s.Away()
	s.KeyTo("Shift+Tab", "tab", "/^Alerts/")
	s.TabTo("button", row)
	s.See("button", "Reconnect")
	s.TabTo("button", "Reconnect")
	s.SeeRing("button", "Reconnect")
	s.Press("Escape")
	s.Gone("button", "Reconnect")
	s.SeeState("button", row, atspi.Focused)

	s.Quit()
	s.Launch("PATCHBAY_LANG=pl")
	s.Click("link", "/^Połączone aplikacje/")
	s.Click("tab", "Wszystkie")
	s.Click("button", "/^Działania/")
	s.Click("menu item", "Odinstaluj")
	dialog := s.In("dialog", "")
	dialog.Type("", "uninstall")
	dialog.SeeDisabled("button", "Odinstaluj")
	dialog.Type("", "odinstaluj")
	dialog.Click("button", "Odinstaluj")
	s.SeeText("/Odinstalowano|odinstalowano/")
	wantGrants(t, 0)
}
