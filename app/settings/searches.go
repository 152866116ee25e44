package settings

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"patchbay/app/fault"
)

// Search is a search that a person wants to find again. Query is what the window
// needs to repeat it; it is kept as it is.
type Search struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

const (
	searches      = "searches"
	mostSearches  = 50
	longestName   = 60
	longestSearch = 2000
)

// Searches returns the saved searches by name. Never nil.
func (s *Service) Searches(ctx context.Context) ([]Search, error) {
	list := []Search{}
	document, err := s.store.Preference(ctx, searches)
	if fault.CodeOf(err) == fault.NotFound {
		return list, nil
	}
	if err != nil {
		return list, err
	}
	if json.Unmarshal(document, &list) != nil {
		return []Search{}, nil // not worth an error, as with preferences
	}
	return list, nil
}

// KeepSearch saves a search; one of the same name is replaced.
func (s *Service) KeepSearch(ctx context.Context, search Search) ([]Search, error) {
	search.Name = strings.TrimSpace(search.Name)
	switch {
	case search.Name == "" || utf8.RuneCountInString(search.Name) > longestName:
		return nil, fault.Field("name", "a name has 1 to %d characters", longestName)
	case len(search.Query) > longestSearch:
		return nil, fault.Field("query", "this search is too long to be kept")
	}
	return s.changeSearches(ctx, func(list []Search) ([]Search, error) {
		list = without(list, search.Name)
		if len(list) >= mostSearches {
			return nil, fault.Errorf(fault.Conflict, "there are %d saved searches already", mostSearches)
		}
		return append(list, search), nil
	})
}

// ForgetSearch forgets the search of that name; one that is gone is no error.
func (s *Service) ForgetSearch(ctx context.Context, name string) ([]Search, error) {
	return s.changeSearches(ctx, func(list []Search) ([]Search, error) { return without(list, name), nil })
}

func without(list []Search, name string) []Search {
	return slices.DeleteFunc(list, func(s Search) bool { return strings.EqualFold(s.Name, name) })
}

func (s *Service) changeSearches(ctx context.Context, edit func([]Search) ([]Search, error)) ([]Search, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, err := s.Searches(ctx)
	if err != nil {
		return nil, err
	}
	if list, err = edit(list); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Search) int { return strings.Compare(a.Name, b.Name) })
	document, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	return list, s.store.SavePreference(ctx, searches, document)
}
