package connection_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

func TestExpiries(t *testing.T) {
	tests := []struct {
		name     string
		lives    provider.Lifetimes
		what     connection.Ending
		byItself bool
	}{
		{"a sign-in with a fixed end", provider.Lifetimes{Refresh: "2400h"}, connection.SignInEnds, false},
		{"a sign-in that every renewal prolongs", provider.Lifetimes{Refresh: "2400h", RefreshRotate: true}, connection.SignInEnds, true},
		{"a sign-in that dies of disuse", provider.Lifetimes{RefreshIdle: "2400h"}, connection.SignInEnds, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, func(a *connection.App) { a.Provider.Lifetimes = tt.lives })
			c := w.connect()
			got, err := w.Expiries(t.Context())
			w.check(err)
			if len(got) != 1 || got[0].Connection.ID != c.ID || got[0].What != tt.what || got[0].ByItself != tt.byItself ||
				!got[0].At.Equal(w.clock.now().Add(2400*time.Hour)) {
				t.Errorf("Expiries = %+v", got)
			}
			_, err = w.Pause(t.Context(), c.ID)
			w.check(err)
			got, err = w.Expiries(t.Context())
			w.check(err)
			if len(got) != 1 || got[0].ByItself {
				t.Errorf("while it is paused nothing renews it: %+v", got)
			}
		})
	}
}

func TestExpiries_noneKnown(t *testing.T) {
	w := newWorld(t)
	w.connect()
	if got, err := w.Expiries(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("Expiries = %+v, %v", got, err)
	}
}

func ownClient(a *connection.App) {
	a.Provider.Client = provider.Client{Kind: "own", SecretNeeded: true}
	a.Provider.TokenAuth = "post"
}

// saveClient enters the client of an app with [ownClient]; its secret ends after life.
func (w *world) saveClient(life time.Duration) {
	w.Helper()
	w.auth.Auth, w.auth.ClientSecret = "post", `canary"secret`
	entry := connection.ClientEntry{ID: "patchbay", Secret: secret(w.auth.ClientSecret), SecretExpires: w.clock.now().Add(life).UTC()}
	w.check(w.SaveClient(w.Context(), w.listings.apps["acme"], entry))
}

// The secret of an entered client ends when the admin said: two weeks before, each
// connection of the app is warned, in the last days more urgently, and a new
// secret clears that at once.
func TestClientSecret_warnsBeforeItEnds(t *testing.T) {
	w := newWorld(t, ownClient)
	w.saveClient(30 * day)
	c := w.connect()
	got, err := w.Expiries(t.Context())
	w.check(err)
	if len(got) != 1 || got[0].What != connection.ClientSecretEnds || got[0].ByItself {
		t.Fatalf("Expiries = %+v", got)
	}
	if known := w.StoredClientOf(t.Context(), w.listings.apps["acme"], nil); !known.SecretExpires.Equal(got[0].At) {
		t.Errorf("known %+v", known)
	}
	w.wantAlerts(c.ID)
	w.clock.advance(17 * day)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID, alert.ClientSecretExpires)
	if a := w.alert(c.ID); a.Severity != alert.Warning {
		t.Errorf("13 days before it is %s", a.Severity)
	}
	w.clock.advance(11 * day)
	w.checkNow(c.ID, connection.Connected)
	if a := w.alert(c.ID); a.Severity != alert.Error {
		t.Errorf("2 days before it is %s", a.Severity)
	}
	w.saveClient(365 * day)
	w.wantAlerts(c.ID)
}

func TestExpiries_aRegistrationThatEnds(t *testing.T) {
	w := newWorld(t, registered)
	w.auth.Auth, w.auth.ClientSecret = "post", "canary-registered"
	end := w.clock.now().Add(30 * 24 * time.Hour).Truncate(time.Second)
	w.auth.Next(oauthtest.Register, func(out http.ResponseWriter, _ *http.Request) {
		out.WriteHeader(http.StatusCreated)
		fmt.Fprintf(out, `{"client_id":%q,"client_secret":"canary-registered","token_endpoint_auth_method":"client_secret_post","client_secret_expires_at":%d}`,
			w.auth.ClientID, end.Unix())
	})
	c := w.connect()
	asked := len(w.auth.Seen(oauthtest.Metadata))
	got, err := w.Expiries(t.Context())
	w.check(err)
	if len(got) != 1 || got[0].What != connection.RegistrationEnds || got[0].Connection.ID != c.ID || !got[0].At.Equal(end) || got[0].ByItself {
		t.Errorf("Expiries = %+v, want the end of the registration at %v", got, end)
	}
	if len(w.auth.Seen(oauthtest.Metadata)) != asked {
		t.Error("the calendar asked the provider")
	}
	w.clock.advance(31 * 24 * time.Hour)
	if got, err = w.Expiries(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("after its end: %+v, %v", got, err)
	}
}

// alert returns the first alert that stands at a connection.
func (w *world) alert(id string) alert.Alert {
	w.Helper()
	standing, err := w.disk.Alerts().Standing(w.Context())
	w.check(err)
	for _, a := range standing {
		if a.Subject.Connection == id {
			return a
		}
	}
	w.Fatalf("%s has no alert", id)
	return alert.Alert{}
}
