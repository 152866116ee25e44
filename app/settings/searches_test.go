package settings_test

import (
	"slices"
	"strings"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/settings"
	"patchbay/app/sqlite/sqlitetest"
)

func TestSearches(t *testing.T) {
	s := settings.New(sqlitetest.Open(t))
	if list, err := s.Searches(t.Context()); err != nil || list == nil || len(list) != 0 {
		t.Errorf("Searches = %v, %v, want an empty list", list, err)
	}
	for _, search := range []settings.Search{{"Free chat", "q=chat"}, {" CRM ", "q=crm"}, {"free CHAT", "q=chat&price=free"}} {
		if _, err := s.KeepSearch(t.Context(), search); err != nil {
			t.Fatal(err)
		}
	}
	want := []settings.Search{{"CRM", "q=crm"}, {"free CHAT", "q=chat&price=free"}}
	if list, err := s.Searches(t.Context()); err != nil || !slices.Equal(list, want) {
		t.Errorf("Searches = %v, %v, want %v", list, err, want)
	}
	if list, err := s.ForgetSearch(t.Context(), "crm"); err != nil || len(list) != 1 {
		t.Errorf("after forgetting one, %v, %v", list, err)
	}
}

func TestKeepSearch_refuses(t *testing.T) {
	s := settings.New(sqlitetest.Open(t))
	tests := map[string]settings.Search{
		"name":  {Name: " ", Query: "q=x"},
		"query": {Name: "x", Query: strings.Repeat("x", 3000)},
	}
	for field, search := range tests {
		if _, err := s.KeepSearch(t.Context(), search); fault.FieldOf(err) != field {
			t.Errorf("KeepSearch blamed %q (%v), want %q", fault.FieldOf(err), err, field)
		}
	}
}
