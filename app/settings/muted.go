package settings

import (
	"context"
	"encoding/json"
	"slices"

	"patchbay/app/fault"
)

const muted = "muted"

// Muted returns the slugs of the apps that are left out of notifications, in
// alphabetical order. Never nil.
func (s *Service) Muted(ctx context.Context) ([]string, error) {
	list := []string{}
	document, err := s.store.Preference(ctx, muted)
	if fault.CodeOf(err) == fault.NotFound {
		return list, nil
	}
	if err != nil {
		return list, err
	}
	if json.Unmarshal(document, &list) != nil || list == nil {
		return []string{}, nil // not worth an error, as with preferences
	}
	return list, nil
}

// Mute leaves the app with this slug out of notifications, or takes that back,
// and returns all that are left out.
func (s *Service) Mute(ctx context.Context, slug string, on bool) ([]string, error) {
	list, err := s.changeMuted(ctx, slug, on)
	if err != nil {
		return nil, err
	}
	p, err := s.Preferences(ctx)
	if err == nil {
		s.Changed.Publish(p)
	}
	return list, err
}

func (s *Service) changeMuted(ctx context.Context, slug string, on bool) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.Muted(ctx)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(each string) bool { return each == slug })
	if on {
		list = append(list, slug)
	}
	slices.Sort(list)
	document, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	return list, s.store.SavePreference(ctx, muted, document)
}
