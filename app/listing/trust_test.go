package listing_test

import (
	"testing"
	"time"

	"patchbay/app/listing"
	"patchbay/app/provider"
)

func TestTrust(t *testing.T) {
	scopes := func(n int, access string) provider.Scopes {
		var s provider.Scopes
		for range n {
			s.Required = append(s.Required, provider.Scope{Name: "s", Access: access})
		}
		return s
	}
	connected := map[string]string{"acme-crm": "Acme CRM", "slack": "Slack", "a-slack": "SLACK"}
	for _, test := range []struct {
		rule, name string
		set        func(*listing.Listing)
		want       listing.Verdict
		evidence   string
	}{
		{"name", "of its own", func(l *listing.Listing) { l.Slug, l.Name = "asana", "Asana" }, listing.Good, "Asana"},
		{"name", "of the app itself", func(l *listing.Listing) { l.Slug, l.Name = "acme-crm", "Acme CRM" }, listing.Good, "Acme CRM"},
		{"name", "of an app that is connected", func(l *listing.Listing) { l.Slug, l.Name = "acme-crm-2", "Acme CRM" }, listing.Poor, "Acme CRM"},
		{"name", "drawn like one", func(l *listing.Listing) { l.Slug, l.Name = "other", "Асmе СRМ" }, listing.Poor, "Acme CRM"},
		{"name", "one letter from one", func(l *listing.Listing) { l.Slug, l.Name = "other", "Acne CRM" }, listing.Poor, "Acme CRM"},
		{"name", "like two, the first by slug", func(l *listing.Listing) { l.Slug, l.Name = "other", "Slack" }, listing.Poor, "SLACK"},
		{"publisher", "not verified", func(l *listing.Listing) { l.Publisher.Name = "Acme" }, listing.Neutral, "Acme"},
		{"publisher", "verified", func(l *listing.Listing) { l.Publisher.VerifiedDomain = "acme.example" }, listing.Good, "acme.example"},
		{"client", "public", func(l *listing.Listing) { l.Connection.Client.Kind = "public" }, listing.Good, "public"},
		{"client", "registered by itself", func(l *listing.Listing) { l.Connection.Client.Kind = "registered" }, listing.Good, "public"},
		{"client", "with a secret", func(l *listing.Listing) {
			l.Connection.Client = provider.Client{Kind: "own", SecretNeeded: true}
			l.Connection.PKCE = "required"
		}, listing.Neutral, "secret"},
		{"client", "own without secret", func(l *listing.Listing) {
			l.Connection.Client.Kind, l.Connection.TokenAuth = "own", "none"
		}, listing.Good, "public"},
		{"client", "api key", func(l *listing.Listing) { l.Connection.Kind = "api_key" }, listing.Neutral, "api_key"},
		{"permissions", "none", func(l *listing.Listing) {}, listing.Good, "0"},
		{"permissions", "six to read", func(l *listing.Listing) { l.Connection.Scopes = scopes(6, "read") }, listing.Good, "6"},
		{"permissions", "seven to read", func(l *listing.Listing) { l.Connection.Scopes = scopes(7, "read") }, listing.Neutral, "7"},
		{"permissions", "two to write", func(l *listing.Listing) { l.Connection.Scopes = scopes(2, "write") }, listing.Good, "2"},
		{"permissions", "three to write", func(l *listing.Listing) { l.Connection.Scopes = scopes(3, "write") }, listing.Neutral, "3"},
		{"permissions", "one to administer", func(l *listing.Listing) { l.Connection.Scopes = scopes(1, "admin") }, listing.Poor, "1"},
		{"permissions", "api key can do all", func(l *listing.Listing) { l.Connection.Kind = "api_key" }, listing.Poor, "api_key"},
		{"permissions", "api key with limits", func(l *listing.Listing) {
			l.Connection.Kind, l.Connection.Scopes = "api_key", scopes(2, "write")
		}, listing.Good, "2"},
		{"revocation", "none", func(l *listing.Listing) {}, listing.Poor, ""},
		{"revocation", "by hand", func(l *listing.Listing) { l.Connection.RevokePage = "https://acme.example/apps" }, listing.Neutral, ""},
		{"revocation", "by deleting the key", func(l *listing.Listing) { l.Connection.APIKey = &provider.APIKey{} }, listing.Neutral, "api_key"},
		{"revocation", "RFC 7009", func(l *listing.Listing) { l.Connection.Endpoints.Revocation = "https://acme.example/revoke" }, listing.Good, ""},
		{"revocation", "a call of its own", func(l *listing.Listing) { l.Connection.Revoke = &provider.Request{} }, listing.Good, ""},
		{"facts", "checked lately", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "2026-11-01", "checked" }, listing.Good, "2026-11-01"},
		{"facts", "from memory", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "2026-11-01", "unverified" }, listing.Neutral, "unverified"},
		{"facts", "long ago", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "2026-01-01", "checked" }, listing.Neutral, "2026-01-01"},
		{"facts", "in the future", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "2027-01-01", "checked" }, listing.Neutral, "2027-01-01"},
		{"facts", "tomorrow, further east", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "2026-11-24", "checked" }, listing.Good, "2026-11-24"},
		{"facts", "no day", func(l *listing.Listing) { l.Checked, l.Connection.Confidence = "soon", "checked" }, listing.Neutral, "soon"},
		{"documentation", "missing", func(l *listing.Listing) {}, listing.Poor, ""},
		{"documentation", "there", func(l *listing.Listing) { l.Resources.Documentation = "https://acme.example/docs" }, listing.Good, ""},
		{"privacy", "missing", func(l *listing.Listing) {}, listing.Poor, ""},
		{"privacy", "there", func(l *listing.Listing) { l.Privacy.Policy = "https://acme.example/privacy" }, listing.Good, ""},
	} {
		t.Run(test.rule+" "+test.name, func(t *testing.T) {
			l := listing.Listing{Connection: provider.Provider{Kind: "oauth2"}}
			test.set(&l)
			rules := l.Trust(time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), connected)
			for _, r := range rules {
				if r.Rule == test.rule {
					if r.Verdict != test.want || r.Evidence != test.evidence {
						t.Errorf("%s with %q, want %s with %q", r.Verdict, r.Evidence, test.want, test.evidence)
					}
					return
				}
			}
			t.Errorf("no rule %q among %v", test.rule, rules)
		})
	}
}
