package settings_test

import (
	"testing"

	"patchbay/app/fault"
	"patchbay/app/settings"
	"patchbay/app/sqlite/sqlitetest"
)

func TestPreferences_defaultsUntilChanged(t *testing.T) {
	s := settings.New(sqlitetest.Open(t))
	if p, err := s.Preferences(t.Context()); err != nil || p != settings.Defaults() {
		t.Errorf("Preferences = %+v, %v, want the defaults", p, err)
	}
	heard := settings.Preferences{}
	s.Changed.Subscribe(func(p settings.Preferences) { heard = p })
	if _, err := s.Change(t.Context(), func(p *settings.Preferences) { p.SignInWindow = "tab" }); err != nil {
		t.Fatal(err)
	}
	p, err := s.Preferences(t.Context())
	if err != nil || p.SignInWindow != "tab" || !p.ShowSandbox || heard != p {
		t.Errorf("Preferences = %+v, %v, heard %+v", p, err, heard)
	}
}

func TestChange_refuses(t *testing.T) {
	tests := []struct {
		name, field string
		edit        func(*settings.Preferences)
	}{
		{"an unknown window", "signInWindow", func(p *settings.Preferences) { p.SignInWindow = "iframe" }},
		{"a time that is none", "quietFrom", func(p *settings.Preferences) { p.QuietFrom, p.QuietTo = "25:00", "07:00" }},
		{"an unknown way to close", "closing", func(p *settings.Preferences) { p.Closing = "explode" }},
		{"half a span", "quietTo", func(p *settings.Preferences) { p.QuietFrom = "22:00" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings.New(sqlitetest.Open(t))
			if _, err := s.Change(t.Context(), tt.edit); fault.FieldOf(err) != tt.field {
				t.Errorf("Change blamed %q (%v), want %q", fault.FieldOf(err), err, tt.field)
			}
			if p, _ := s.Preferences(t.Context()); p != settings.Defaults() {
				t.Errorf("a refused change was stored: %+v", p)
			}
		})
	}
}

func TestPreferences_unreadableCountsAsNone(t *testing.T) {
	w := sqlitetest.Open(t)
	if err := w.SavePreference(t.Context(), "preferences", []byte(`{"signInWindow":"?"}`)); err != nil {
		t.Fatal(err)
	}
	if p, err := settings.New(w).Preferences(t.Context()); err != nil || p != settings.Defaults() {
		t.Errorf("Preferences = %+v, %v, want the defaults", p, err)
	}
}
