package replay_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/connection/replay"
	"patchbay/app/fault"
	"patchbay/app/feed/builtin"
	"patchbay/app/listing"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// listingOf reads the built-in listing for p.
func listingOf(t testing.TB, p replay.Provider) connection.App {
	t.Helper()
	var l listing.Listing
	if err := json.Unmarshal(builtin.Document(p.Slug), &l); err != nil {
		t.Fatalf("no listing %s: %v", p.Slug, err)
	}
	return connection.App{Slug: l.Slug, Name: l.Name, Provider: l.Connection, Phrase: l.Uninstall.Phrase}
}

// TestProviders lets every built-in listing live through a connection's life at
// the provider that it describes, to the letter of the listing.
func TestProviders(t *testing.T) {
	if len(replay.Providers) != 27 {
		t.Errorf("%d providers, want 27", len(replay.Providers))
	}
	for _, p := range replay.Providers {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			app := listingOf(t, p)
			if app.Provider.Client.Kind == "forbidden" {
				refusesToConnect(t, p, app)
				app.Provider.Client.Kind = "own" // what Atlassian's rules forbid, not its protocol
			}
			if err := live(t, p, app); err != nil {
				t.Error(err)
			}
		})
	}
}

// refusesToConnect holds a listing to what it says: its provider's rules forbid it.
func refusesToConnect(t *testing.T, p replay.Provider, app connection.App) {
	t.Helper()
	d := newDesk(t, p, app)
	if _, err := d.Connect(t.Context(), app.Slug, connection.ConnectOptions{}); err == nil {
		t.Error("connects although the provider's rules forbid it")
	}
}

// live connects, checks, renews and uninstalls, and returns what went wrong.
func live(t testing.TB, p replay.Provider, app connection.App) error {
	d := newDesk(t, p, app)
	c, err := d.connect()
	if err != nil {
		return fmt.Errorf("connect: %w; the provider says %q", err, d.server.Refused())
	}
	if c.AccountID != p.Account || c.AccountName != p.AccountName {
		return fmt.Errorf("connected %q %q, want %q %q", c.AccountID, c.AccountName, p.Account, p.AccountName)
	}
	for name, want := range p.Variables {
		if c.Variables[name] != want {
			return fmt.Errorf("%s is %q, want %q", name, c.Variables[name], want)
		}
	}
	if err := d.lastsBeyondItsToken(c.ID); err != nil {
		return fmt.Errorf("renew: %w; the provider says %q", err, d.server.Refused())
	}
	if err := d.ends(c.ID); err != nil {
		return fmt.Errorf("uninstall: %w; the provider says %q", err, d.server.Refused())
	}
	return nil
}

// lastsBeyondItsToken lets the access token end twice, so that a refresh token
// that was replaced has to be used too.
func (d *desk) lastsBeyondItsToken(id string) error {
	renews := d.server.Rotation != replay.None && d.server.Key == ""
	for range 2 {
		d.clock.advance(d.server.Life)
		before := d.server.Renewals()
		c, err := d.CheckNow(d.Context(), id)
		if err != nil {
			return err
		}
		if c.State != connection.Connected && (c.State != connection.PermissionMissing || c.Reason != "") {
			return fmt.Errorf("the connection is %s (%s)", c.State, c.Reason)
		}
		if got := d.server.Renewals() - before; renews && got != 1 {
			return fmt.Errorf("%d renewals, want 1", got)
		}
	}
	return nil
}

// ends uninstalls, and wants the grant to be dead where the provider offers that.
func (d *desk) ends(id string) error {
	r, err := d.Uninstall(d.Context(), id, "uninstall", "uninstall")
	if err != nil {
		return err
	}
	want := connection.OutcomeNotOffered
	if d.server.Revoke != nil {
		want = connection.OutcomeRevoked
	}
	if r.Outcome != want {
		return fmt.Errorf("the receipt says %s %s, want %s", r.Outcome, r.Detail, want)
	}
	if d.server.Revoke != nil && d.server.Alive() {
		return errors.New("a token still works")
	}
	return nil
}

// TestClientsAreCheckedAtOnce enters a client that the provider does not know.
func TestClientsAreCheckedAtOnce(t *testing.T) {
	for _, p := range replay.Providers {
		app := listingOf(t, p)
		if app.Provider.Kind != "oauth2" || app.Provider.Client.Kind != "own" {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, p, app)
			right := connection.ClientEntry{Variables: p.Form, ID: replay.ClientID, Secret: oauth.Secret(p.Secret), Redirect: ownPage}
			unknown, mistyped := right, right
			unknown.ID = "somebody-else"
			mistyped.Secret = "not-the-secret"
			wrong := []connection.ClientEntry{unknown}
			if p.Secret != "" {
				wrong = append(wrong, mistyped)
			}
			for _, entry := range wrong {
				if err := d.SaveClient(t.Context(), app, entry); fault.FieldOf(err) != "client" {
					t.Errorf("%+v was taken: %v", entry, err)
				}
				if known := d.StoredClientOf(t.Context(), app, p.Form); known.ID != "" {
					t.Error("a refused client was stored")
				}
			}
			if err := d.SaveClient(t.Context(), app, right); err != nil {
				t.Errorf("the right one was refused: %v; the provider says %q", err, d.server.Refused())
			}
		})
	}
}

// TestReservedParameters holds what listings are checked for to the engine: a
// parameter that the one lets pass and the other refuses makes an app that nobody
// can connect.
func TestReservedParameters(t *testing.T) {
	p := oauth.New(oauth.Options{})
	for _, name := range append([]string{"prompt"}, provider.Reserved...) {
		pr := oauth.Provider{AuthorizeParameters: map[string]string{name: "x"}}
		if refused := oauth.ErrorKind(p.Check(pr)) == oauth.Untrusted; refused != (name != "prompt") {
			t.Errorf("%s is refused by the protocol: %v", name, refused)
		}
	}
}
