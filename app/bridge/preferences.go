package bridge

import (
	"patchbay/app/settings"
)

// Settings is the person's preferences.
type Settings struct{ b *Bridge }

// Preferences returns the person's choices.
func (s *Settings) Preferences() (_ Preferences, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	p, err := s.b.Settings.Preferences(ctx)
	return toPreferences(p), err
}

// Save stores the person's choices. They are personal: no right is needed.
func (s *Settings) Save(p Preferences) (_ Preferences, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	stored, err := s.b.Settings.Change(ctx, func(to *settings.Preferences) {
		to.ShowSandbox, to.SignInWindow, to.Notifications = p.ShowSandbox, p.SignInWindow, p.Notifications
		to.QuietFrom, to.QuietTo, to.QuietLetCritical = p.QuietFrom, p.QuietTo, p.QuietLetCritical
		to.Closing, to.RailCollapsed = p.Closing, p.RailCollapsed
	})
	return toPreferences(stored), err
}

func toPreferences(p settings.Preferences) Preferences {
	return Preferences{
		ShowSandbox: p.ShowSandbox, SignInWindow: p.SignInWindow, Notifications: p.Notifications,
		QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, QuietLetCritical: p.QuietLetCritical,
		Closing: p.Closing, RailCollapsed: p.RailCollapsed,
	}
}

// Muted returns the slugs of the apps that are left out of notifications.
func (s *Settings) Muted() (_ []string, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	list, err := s.b.Settings.Muted(ctx)
	return texts(list), err
}

// Mute leaves an app out of notifications, or takes that back, and returns all
// that are left out.
func (s *Settings) Mute(slug string, on bool) (_ []string, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	list, err := s.b.Settings.Mute(ctx, slug, on)
	return texts(list), err
}

// Searches returns the saved searches, by name.
func (s *Settings) Searches() (_ []SavedSearch, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return toSearches(s.b.Settings.Searches(ctx))
}

// KeepSearch saves a search and returns all; one of the same name is replaced.
func (s *Settings) KeepSearch(search SavedSearch) (_ []SavedSearch, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return toSearches(s.b.Settings.KeepSearch(ctx, settings.Search(search)))
}

// ForgetSearch forgets a saved search and returns those that are left.
func (s *Settings) ForgetSearch(name string) (_ []SavedSearch, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return toSearches(s.b.Settings.ForgetSearch(ctx, name))
}

func toSearches(all []settings.Search, err error) ([]SavedSearch, error) {
	return list(all, func(s settings.Search) SavedSearch { return SavedSearch(s) }), err
}
