package connection_test

import (
	"slices"
	"testing"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/provider"
)

func scopes(names ...string) []provider.Scope {
	var out []provider.Scope
	for _, name := range names {
		out = append(out, provider.Scope{Name: name})
	}
	return out
}

func TestAsksMore(t *testing.T) {
	then := provider.Provider{
		Hosts:  []string{"api.example.com", "*.example.org"},
		Scopes: provider.Scopes{Required: scopes("read"), Optional: scopes("write")},
	}
	for name, test := range map[string]struct {
		now  provider.Provider
		want []string
	}{
		"nothing new":          {then, nil},
		"less":                 {provider.Provider{Hosts: then.Hosts[:1]}, nil},
		"a host within":        {provider.Provider{Hosts: []string{"a.example.org"}}, nil},
		"a new host":           {provider.Provider{Hosts: []string{"api.example.com", "evil.example"}}, []string{"evil.example"}},
		"a wider host":         {provider.Provider{Hosts: []string{"*.example.com"}}, []string{"*.example.com"}},
		"a new scope":          {provider.Provider{Scopes: provider.Scopes{Required: scopes("read", "admin")}}, []string{"admin"}},
		"a new token endpoint": {provider.Provider{Endpoints: provider.Endpoints{Token: "https://evil.example:8443/token"}}, []string{"evil.example"}},
		"a customer's issuer":  {provider.Provider{Issuer: "https://{{variables.site}}.evil.example"}, []string{"{{variables.site}}.evil.example"}},
		"another path":         {provider.Provider{Endpoints: provider.Endpoints{Token: "https://api.example.com/v2/token"}}, nil},
		"optional is offered":  {provider.Provider{Scopes: provider.Scopes{Optional: scopes("more")}}, nil},
	} {
		if got := connection.AsksMore(then, test.now); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestListingAsksForMore(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	compare := func() {
		t.Helper()
		w.check(w.CompareListings(t.Context()))
	}
	compare()
	w.wantAlerts(c.ID)
	w.listings.edit("acme", func(a *connection.App) {
		a.Provider.Hosts = append(slices.Clone(a.Provider.Hosts), "new.example.com")
	})
	compare()
	w.wantAlerts(c.ID, alert.ListingAsksMore)
	// Until somebody agrees, the connection speaks to the old hosts only.
	if slices.Contains(w.get(c.ID).App.Provider.Hosts, "new.example.com") {
		t.Error("the new host was taken over unseen")
	}
	_, err := w.ApproveListing(t.Context(), c.ID, []string{"new.example.com"})
	w.check(err)
	w.wantAlerts(c.ID)
	compare()
	w.wantAlerts(c.ID)
	w.checkNow(c.ID, connection.Connected)

	w.listings.edit("acme", func(a *connection.App) { a.Provider.Scopes.Required = scopes("read", "admin") })
	compare()
	w.wantAlerts(c.ID, alert.ListingAsksMore)
	// A reconnect for another reason does not consent to it.
	w.reconnect(c.ID)
	w.wantAlerts(c.ID, alert.ListingAsksMore)
	if got := w.get(c.ID).Requested; slices.Contains(got, "admin") {
		t.Errorf("asked for %v unseen", got)
	}
	// Nor does consent to what the listing said before.
	_, err = w.ApproveListing(t.Context(), c.ID, []string{"new.example.com"})
	w.wantCode(err, fault.Conflict)
	_, err = w.ApproveListing(t.Context(), c.ID, []string{"admin"})
	w.check(err)
	w.reconnect(c.ID)
	compare()
	w.wantAlerts(c.ID)
	if got := w.get(c.ID).Requested; !slices.Equal(got, []string{"read", "admin"}) {
		t.Errorf("asked for %v", got)
	}

	app := w.listings.apps["acme"]
	w.listings.withdraw("acme")
	compare()
	w.wantAlerts(c.ID, alert.ListingWithdrawn)
	w.checkNow(c.ID, connection.Connected)
	w.reconnect(c.ID) // it can be renewed all the same
	w.listings.edit("acme", func(a *connection.App) { *a = app })
	compare()
	w.wantAlerts(c.ID)
}
