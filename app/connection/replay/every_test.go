//go:build !race

// A hundred listings, one after another: they run without the race detector.

package replay_test

import (
	"encoding/json"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/connection/replay"
	"patchbay/app/feed/builtin"
	"patchbay/app/listing"
)

// TestEveryListingBegins holds the rest of the feed to the engine's rules: what a
// listing says must get as far as the provider's sign-in page.
func TestEveryListingBegins(t *testing.T) {
	for _, document := range builtin.Documents() {
		var l listing.Listing
		if err := json.Unmarshal(document, &l); err != nil {
			t.Fatal(err)
		}
		c := l.Connection
		if l.Sandbox || c.Kind != "oauth2" || c.Grant == "device" || c.Client.Kind == "forbidden" {
			continue
		}
		t.Run(l.Slug, func(t *testing.T) {
			form := map[string]string{}
			for _, v := range c.Variables {
				form[v.Name] = v.Example
			}
			p := replay.Provider{Slug: l.Slug, Form: form, Secret: "not-really-one", Redirects: replay.Redirects{Hosts: []string{"127.0.0.1", "localhost"}}}
			d := newDesk(t, p, listingOf(t, p))
			if c.Client.Kind == "own" {
				if err := d.setUpClient(); err != nil {
					t.Fatal(err)
				}
			}
			a, err := d.begin()
			if err != nil {
				t.Fatal(err)
			}
			if a.Phase != connection.Waiting || a.URL == "" || !c.WithHosts(form).HostAllowed(a.Host) {
				t.Errorf("the sign-in is %s at %q", a.Phase, a.Host)
			}
			_ = d.Cancel(a.ID)
		})
	}
}
