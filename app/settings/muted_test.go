package settings_test

import (
	"slices"
	"testing"

	"patchbay/app/settings"
	"patchbay/app/sqlite/sqlitetest"
)

func TestMute(t *testing.T) {
	w := sqlitetest.Open(t)
	s := settings.New(w)
	if list, err := s.Muted(t.Context()); err != nil || list == nil || len(list) != 0 {
		t.Errorf("Muted = %v, %v, want an empty list", list, err)
	}
	heard := 0
	s.Changed.Subscribe(func(settings.Preferences) { heard++ })
	steps := []struct {
		slug string
		on   bool
		want []string
	}{
		{"slack", true, []string{"slack"}},
		{"jira", true, []string{"jira", "slack"}},
		{"slack", true, []string{"jira", "slack"}},
		{"zoom", false, []string{"jira", "slack"}},
		{"jira", false, []string{"slack"}},
	}
	for _, step := range steps {
		list, err := s.Mute(t.Context(), step.slug, step.on)
		kept, _ := settings.New(w).Muted(t.Context())
		if err != nil || !slices.Equal(list, step.want) || !slices.Equal(kept, step.want) {
			t.Errorf("Mute(%s, %v) = %v, %v, kept %v, want %v", step.slug, step.on, list, err, kept, step.want)
		}
	}
	if heard != len(steps) {
		t.Errorf("told %d times, want %d", heard, len(steps))
	}
	if err := w.SavePreference(t.Context(), "muted", []byte("null")); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Muted(t.Context()); err != nil || list == nil || len(list) != 0 {
		t.Errorf("Muted of a damaged document = %v, %v, want an empty list", list, err)
	}
}
