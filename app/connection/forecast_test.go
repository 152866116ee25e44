package connection_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

const day = 24 * time.Hour

// lifetimes reads how long the tokens of a listing live.
func lifetimes(t *testing.T, slug string) provider.Lifetimes {
	t.Helper()
	text, err := os.ReadFile("../feed/builtin/listings/" + slug + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var l struct {
		Connection struct {
			Lifetimes provider.Lifetimes `json:"lifetimes"`
		} `json:"connection"`
	}
	if err := json.Unmarshal(text, &l); err != nil {
		t.Fatal(err)
	}
	return l.Connection.Lifetimes
}

// The lives of refresh tokens that are known for certain. While the program runs
// it renews them long before; a machine that was off has to be warned.
func TestForecast_knownLives(t *testing.T) {
	for slug, life := range map[string]time.Duration{"slack": 30 * day, "xero": 60 * day, "quickbooks": 100 * day} {
		t.Run(slug, func(t *testing.T) {
			w := newWorld(t, func(a *connection.App) { a.Provider.Lifetimes = lifetimes(t, slug) })
			c := w.connect()
			if want := w.clock.now().Add(life).UTC(); !c.RenewalDies.Equal(want) {
				t.Fatalf("dies %v, want %v", c.RenewalDies, want)
			}
			w.auth.Next(oauthtest.Token, oauthtest.Failure(503, "temporarily_unavailable"))
			w.clock.advance(life - 6*day)
			w.checkNow(c.ID, connection.Retrying)
			w.clock.advance(time.Hour)
			c = w.checkNow(c.ID, connection.Connected)
			if want := w.clock.now().Add(life).UTC(); !c.RenewalDies.Equal(want) {
				t.Errorf("after a renewal it dies %v, want %v", c.RenewalDies, want)
			}
			w.wantAlerts(c.ID)
		})
	}
}

// A provider that keeps the refresh token does not prolong its life.
func TestForecast_warnsAWeekBefore(t *testing.T) {
	w := newWorld(t, func(a *connection.App) { a.Provider.Lifetimes.Refresh = "2400h" })
	c := w.connect()
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a2","expires_in":31536000}`))
	w.api.keys["a2"] = true
	w.clock.advance(92 * day)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
	w.clock.advance(2 * day)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID, alert.ExpiresSoon)
	w.reconnect(c.ID)
	w.wantAlerts(c.ID)
}
