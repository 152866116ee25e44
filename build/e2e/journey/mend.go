package journey

import "patchbay/e2e/story"

// Break revokes the app's access at the provider and waits until the desktop
// and the window say so.
func Break(s *story.Story) error {
	if err := Command("revoke"); err != nil {
		return err
	}
	s.Within(patience).Notice(App)
	s.Shot("09-notification")
	return s.Desk.CloseNotices()
}

// Mend reads the alert's card and reconnects from it.
func Mend(s *story.Story) {
	s.Click("link", "/^Connected apps/")
	s.Click("tab", "/^Alerts/")
	s.Hover("button", "/^"+App+"/")
	s.SeePainted("button", "Reconnect")
	s.See("list", "")
	s.Shot("10-alert")
	s.Click("button", "Reconnect")
	s.Within(patience).Click("button", "/^Sign in as /")
	s.Click("button", "Allow")
	s.Within(patience).Gone("button", "Reconnect")
	s.Shot("11-mended")
}

// Uninstall types the word and reads the receipt.
func Uninstall(s *story.Story) {
	s.Click("tab", "All")
	s.Click("button", "/^Actions/")
	s.Click("menu item", "Uninstall")
	dialog := s.In("dialog", "")
	dialog.SeeDisabled("button", "Uninstall")
	dialog.SeePainted("button", "Uninstall")
	s.Shot("12-uninstall")
	dialog.Type("", "uninstall")
	dialog.Click("button", "Uninstall")
	s.Within(patience).SeeText("/(?i)uninstalled|removed/")
	s.Shot("13-receipt")
}
