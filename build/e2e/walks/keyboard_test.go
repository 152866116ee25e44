package walks

import (
	"testing"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
)

// From the first start to a connected app without a pointer, and the focus can
// be seen on the way.
func TestKeyboardOnly(t *testing.T) {
	s := begin(t, desk.Options{})
	s.SeeState("text field", "Account name", atspi.Focused)
	s.Keys("Acme")
	s.TabTo("text field", "Your name")
	s.Keys("Ada Example")
	s.Press("Tab")
	s.Keys("ada@example.com")
	s.SeeTyped("Your e-mail", "ada@example.com")
	s.Press("Enter")
	s.See("heading", "Discover")

	s.KeyTo("Shift+Tab", "link", "Connected apps")
	s.SeeRing("link", "Connected apps")
	s.Press("Ctrl+F")
	s.SeeState("text field", "Search apps", atspi.Focused)
	s.Keys("sandbox crm")
	s.TabTo("link", journey.App)
	s.SeeRing("link", journey.App)
	s.Press("Enter")
	s.See("heading", journey.App)
	s.TabTo("button", "Install app")
	s.SeeRing("button", "Install app")
	s.TabTo("radio button", "Monthly")
	s.KeyTo("Right", "radio button", "Yearly")
	s.SeeState("radio button", "Yearly", atspi.Checked)
	s.KeyTo("Shift+Tab", "button", "Install app")
	s.Press("Enter")

	s.Within(45*time.Second).See("button", "/^Sign in as /")
	s.TabTo("button", "/^Sign in as /")
	s.Press("Enter")
	s.See("button", "Decline")
	s.TabTo("button", "Allow")
	s.Press("Enter")
	s.Within(45*time.Second).Gone("button", "Allow")
	s.TabTo("link", "/^Connected apps/")
	s.Press("Enter")
	s.SeeText(journey.App)
	s.TabTo("tab", "All")
	s.KeyTo("Right", "tab", "/^Alerts/")
	s.KeyTo("Left", "tab", "All")
	s.TabTo("button", "/^Actions/")
	s.Press("Enter")
	s.KeyTo("Down", "menu item", "Uninstall")
	s.Press("Escape")
	s.SeeState("button", "/^Actions/", atspi.Focused)
}
