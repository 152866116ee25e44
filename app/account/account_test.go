package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"patchbay/app/account"
	"patchbay/app/fault"
	"patchbay/app/sqlite/sqlitetest"
)

func begin(t *testing.T) *account.Service {
	t.Helper()
	s := account.New(sqlitetest.Open(t), func() time.Time { return time.Unix(1e9, 0) })
	if err := s.Begin(t.Context(), " Acme ", "pl", "Ada", "ADA@example.com"); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBegin(t *testing.T) {
	s := begin(t)
	a, err := s.Account(t.Context())
	if err != nil || a.Name != "Acme" || a.Language != "pl" {
		t.Errorf("Account = %+v, %v", a, err)
	}
	me, err := s.Me(t.Context())
	if err != nil || me.Email != "ada@example.com" || !me.Rights.SuperAdmin {
		t.Errorf("Me = %+v, %v, want the first person as Super Admin", me, err)
	}
	if err := s.Begin(t.Context(), "Other", "en", "Eve", "eve@example.com"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a second Begin gave %v, want a conflict", err)
	}
}

func TestBegin_blamesTheField(t *testing.T) {
	tests := []struct{ name, account, language, person, email, field string }{
		{"no account name", " ", "en", "Ada", "ada@example.com", "accountName"},
		{"too long a name", strings.Repeat("a", 81), "en", "Ada", "ada@example.com", "accountName"},
		{"a direction mark in the name", "Ac\u202eme", "en", "Ada", "ada@example.com", "accountName"},
		{"a language nobody wrote texts for", "Acme", "tlh", "Ada", "ada@example.com", "language"},
		{"no person", "Acme", "en", "", "ada@example.com", "personName"},
		{"no address", "Acme", "en", "Ada", "ada", "email"},
		{"an address with a name", "Acme", "en", "Ada", "Ada <ada@example.com>", "email"},
		{"two lines in an address", "Acme", "en", "Ada", "ada@example.com\r\nBcc: x@example.com", "email"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := account.New(sqlitetest.Open(t), time.Now)
			err := s.Begin(context.Background(), tt.account, tt.language, tt.person, tt.email)
			if fault.FieldOf(err) != tt.field {
				t.Errorf("Begin blamed %q (%v), want %q", fault.FieldOf(err), err, tt.field)
			}
			if _, err := s.Account(context.Background()); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("something was stored: %v", err)
			}
		})
	}
}

func TestMay(t *testing.T) {
	fresh := account.New(sqlitetest.Open(t), time.Now)
	if err := fresh.May(t.Context(), account.ManageApps); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("before the first start May gave %v", err)
	}
	if err := begin(t).May(t.Context(), account.ManageAccount); err != nil {
		t.Errorf("a Super Admin was refused: %v", err)
	}
	rights := account.Rights{MarketplaceAccess: true}
	if !rights.Grant(account.ManageApps) || rights.Grant(account.ManageAccount) {
		t.Errorf("marketplace access covers apps and nothing else, got %v and %v",
			rights.Grant(account.ManageApps), rights.Grant(account.ManageAccount))
	}
}

func TestChangeLanguage(t *testing.T) {
	s := begin(t)
	told := 0
	s.Changed.Subscribe(func(account.Changed) { told++ })
	if err := s.ChangeLanguage(t.Context(), "ja"); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeLanguage(t.Context(), "xx"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("ChangeLanguage(xx) = %v, want invalid", err)
	}
	if a, _ := s.Account(t.Context()); a.Language != "ja" || told != 1 {
		t.Errorf("language %q after %d hints, want ja after one", a.Language, told)
	}
}
