package connection_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

func TestV01_Uninstall(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	r := w.uninstall(c.ID)
	if r.Outcome != connection.OutcomeRevoked || r.Person != "anna" || r.Account != "Acme north" || !slices.Equal(r.Scopes, c.Granted) {
		t.Errorf("receipt %+v", r)
	}
	if w.alive() != 0 || len(w.rows()) != 0 || len(w.revocations()) != 0 {
		t.Errorf("%d tokens, %d rows, %d revocations", w.alive(), len(w.rows()), len(w.revocations()))
	}
	var hints []string
	for _, request := range w.auth.Seen(oauthtest.Revoke) {
		hints = append(hints, request.Form.Get("token_type_hint"))
	}
	if !slices.Equal(hints, []string{"refresh_token", "access_token"}) {
		t.Errorf("revoked %v", hints)
	}
	if got := w.activity(c.ID); !slices.Equal(got, []string{connection.Installed, connection.Uninstalled, connection.RevokedThere}) {
		t.Errorf("activity %v", got)
	}
	_, err := w.Connection(t.Context(), c.ID)
	w.wantCode(err, fault.NotFound)
	_, err = w.Uninstall(t.Context(), c.ID, "uninstall", "uninstall")
	w.wantCode(err, fault.NotFound)
}

func TestUninstallWantsTheWord(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	for typed, phrase := range map[string]string{"": "", "no": "uninstall", " ": " ", "uninstal": "uninstall"} {
		if _, err := w.Uninstall(t.Context(), c.ID, phrase, typed); fault.FieldOf(err) != "typed" {
			t.Errorf("%q for %q: %v", typed, phrase, err)
		}
	}
	w.wantState(c.ID, connection.Connected)
	if _, err := w.Uninstall(t.Context(), c.ID, "odinstaluj", " ODINSTALUJ "); err != nil {
		t.Error(err)
	}
}

func TestUninstallInEveryState(t *testing.T) {
	for _, state := range connection.States {
		if state == connection.Offline {
			continue // never stored
		}
		t.Run(string(state), func(t *testing.T) {
			w := newWorld(t)
			c := w.connectIn(state)
			if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeRevoked || len(w.rows()) != 0 {
				t.Errorf("outcome %s, %d rows", r.Outcome, len(w.rows()))
			}
		})
	}
}

func TestV01_ProviderDownIsToldLater(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	down := oauthtest.Body(503, "text/html", "down")
	w.auth.Next(oauthtest.Revoke, down, down)
	r := w.uninstall(c.ID)
	if r.Outcome != connection.OutcomePending || len(w.rows()) != 0 || w.alive() != 1 {
		t.Fatalf("outcome %s, %d rows, %d alive", r.Outcome, len(w.rows()), w.alive())
	}
	w.RevokeDue(t.Context())
	if len(w.auth.Seen(oauthtest.Revoke)) != 1 {
		t.Fatal("tried again at once")
	}
	w.restart()
	w.clock.advance(2 * time.Minute)
	w.RevokeDue(t.Context()) // still down
	w.clock.advance(3 * time.Minute)
	w.RevokeDue(t.Context())
	r, err := w.Receipt(t.Context(), r.ID)
	w.check(err)
	if r.Outcome != connection.OutcomeRevoked || w.alive() != 0 || len(w.revocations()) != 0 {
		t.Errorf("outcome %s, %d alive, %d left", r.Outcome, w.alive(), len(w.revocations()))
	}
}

func TestV01_GivingUpIsSaid(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.auth.Next(oauthtest.Revoke, oauthtest.Failure(400, "unsupported_token_type"))
	if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeGaveUp || r.Detail != "unsupported_token_type" || len(w.revocations()) != 0 {
		t.Errorf("receipt %s %s", r.Outcome, r.Detail)
	}
	if got := w.activity(c.ID); !slices.Contains(got, connection.RevokeFailed) {
		t.Errorf("activity %v", got)
	}
}

func TestV01_AfterAMonthItGivesUp(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.auth.Server.Close()
	r := w.uninstall(c.ID)
	days := 0
	for ; days < 60 && len(w.revocations()) > 0; days++ {
		w.clock.advance(24 * time.Hour)
		w.RevokeDue(t.Context())
	}
	r, err := w.Receipt(t.Context(), r.ID)
	w.check(err)
	if r.Outcome != connection.OutcomeGaveUp || days < 25 || days > 45 {
		t.Errorf("outcome %s after %d days", r.Outcome, days)
	}
}

func TestV02_ProviderWithoutRevocation(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Endpoints.Revocation, a.Provider.RevokePage = "", "https://{{variables.team}}.example.com/apps"
		a.Provider.Variables = append(a.Provider.Variables, provider.Variable{
			Name: "team", Label: "Team", From: "form", Pattern: ".+", Example: "acme", Default: "a/b?c",
		})
	})
	c := w.connect()
	p, err := w.Preview(t.Context(), c.ID)
	w.check(err)
	if p.CanRevoke || !p.CanPause {
		t.Errorf("preview %+v", p)
	}
	if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeNotOffered || r.App.Provider.RevokePage != "https://a%2Fb%3Fc.example.com/apps" {
		t.Errorf("receipt %+v", r)
	}
}

func TestV03_RetryAfterIsHonoured(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.auth.Next(oauthtest.Revoke, oauthtest.With(oauthtest.Body(503, "text/html", ""), "Retry-After", "3600"))
	w.uninstall(c.ID)
	if left := w.revocations(); len(left) != 1 || left[0].NextTry.Before(w.clock.now().Add(59*time.Minute)) {
		t.Errorf("left %+v", left)
	}
}

func TestRevocationByCall(t *testing.T) {
	var got []string
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Revoke = &provider.Request{
			Method: "POST", URL: strings.TrimSuffix(a.Provider.Probe.URL, "/me") + "/end", Auth: "basic_client",
			Body: `{"token":"{{token}}","id":"{{client_id}}"}`,
		}
		a.Provider.Client = provider.Client{Kind: "own", SecretNeeded: true}
		a.Provider.TokenAuth = "post"
	})
	w.auth.Auth, w.auth.ClientSecret = "post", `canary"secret`
	if err := w.SaveClient(t.Context(), w.listings.apps["acme"], connection.ClientEntry{ID: "patchbay"}); fault.FieldOf(err) != "clientSecret" {
		t.Errorf("a missing secret: %v", err)
	}
	w.check(w.SaveClient(t.Context(), w.listings.apps["acme"], connection.ClientEntry{ID: " patchbay ", Secret: `canary"secret`}))
	c := w.connect()
	w.api.answer(func(rw http.ResponseWriter, r *http.Request) {
		id, password, _ := r.BasicAuth()
		body := make([]byte, r.ContentLength)
		_, _ = r.Body.Read(body)
		got = append(got, id, password, string(body))
	})
	if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeRevoked {
		t.Errorf("outcome %s %s", r.Outcome, r.Detail)
	}
	if len(got) != 3 || got[0] != "patchbay" || got[1] != `canary"secret` || !strings.Contains(got[2], `"token":"refresh-`) || !strings.HasSuffix(got[2], `"id":"patchbay"}`) {
		t.Errorf("sent %q", got)
	}
	if where := w.onDisk(`canary"secret`); where != "" {
		t.Errorf("the client secret is in %s", where)
	}
}

func TestRevocationByCallRenewsAnExpiredToken(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Revoke = &provider.Request{Method: "POST", URL: a.Provider.Probe.URL}
	})
	c := w.connect()
	var tokens []string
	w.api.answer(oauthtest.Body(401, "text/plain", ""), func(_ http.ResponseWriter, r *http.Request) {
		tokens = append(tokens, r.Header.Get("Authorization"))
	})
	if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeRevoked || w.refreshes() != 1 || len(tokens) != 1 {
		t.Errorf("outcome %s, %d renewals, %d calls", r.Outcome, w.refreshes(), len(tokens))
	}
}

func TestUninstallWhileOfflineWaitsForTheNetwork(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.SetOffline(true)
	r := w.uninstall(c.ID)
	w.clock.advance(time.Hour)
	w.RevokeDue(t.Context())
	if r.Outcome != connection.OutcomePending || len(w.auth.Seen(oauthtest.Revoke)) != 0 {
		t.Errorf("outcome %s", r.Outcome)
	}
	w.SetOffline(false)
	w.RevokeDue(t.Context())
	if w.alive() != 0 {
		t.Error("the grant lives on")
	}
}

func TestUninstallEndsASignInForTheSameConnection(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.windows.set(func(v *windows) { v.idle = true })
	a, err := w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{})
	w.check(err)
	w.uninstall(c.ID)
	w.ended(a, nil, connection.Canceled)
	_, err = w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{})
	w.wantCode(err, fault.NotFound)
}

func TestUninstallDuringTheLastStepOfAReconnect(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	arrived, release := make(chan struct{}), make(chan struct{})
	w.api.answer(oauthtest.Held(arrived, release, oauthtest.JSON(`{"id":"north","name":"Acme north"}`)))
	a, err := w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{})
	w.check(err)
	<-arrived
	w.uninstall(c.ID)
	close(release)
	a = w.ended(a, nil, connection.Broken)
	w.wantCode(a.Err, fault.Conflict)
	w.until("all is revoked", func() bool { return len(w.revocations()) == 0 })
	if len(w.rows()) != 0 {
		t.Error("what was uninstalled is back")
	}
}

func TestStepsStayUntilTicked(t *testing.T) {
	w := newWorld(t)
	r := w.uninstall(w.connect().ID)
	r, err := w.TickStep(t.Context(), r.ID, 0, true)
	w.check(err)
	if again, err := w.Receipt(t.Context(), r.ID); err != nil || !again.Steps[0].Done {
		t.Errorf("not kept: %v", err)
	}
	_, err = w.TickStep(t.Context(), r.ID, 1, true)
	w.wantCode(err, fault.NotFound)
	_, err = w.TickStep(t.Context(), "other", 0, true)
	w.wantCode(err, fault.NotFound)
}

// dependents are names of workflows, by the connection that they use.
type dependents map[string][]string

func (d dependents) Dependents(_ context.Context, id string) (all []connection.Dependent, err error) {
	for _, name := range d[id] {
		all = append(all, connection.Dependent{Kind: "workflow", ID: name, Name: name})
	}
	return all, nil
}

func (d dependents) Move(_ context.Context, from, to string) error {
	d[to] = append(d[to], d[from]...)
	delete(d, from)
	return nil
}

func TestPreviewSaysWhatBreaksAndWhereItCouldMove(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	uses := dependents{c.ID: {"Welcome"}}
	w.Service.Dependents = uses
	want := func(id string, breaks, others int) {
		t.Helper()
		p, err := w.Preview(t.Context(), id)
		w.check(err)
		if len(p.Dependents) != breaks || len(p.Others) != others || !p.CanRevoke || p.Connection.ID != id {
			t.Errorf("preview %+v", p)
		}
	}
	want(c.ID, 1, 0)
	_, err := w.MoveDependents(t.Context(), c.ID, c.ID)
	w.wantCode(err, fault.Conflict)

	w.api.signedInTo("south")
	south := w.connect()
	want(c.ID, 1, 1)
	want(south.ID, 0, 0)
	_, err = w.Pause(t.Context(), south.ID)
	w.check(err)
	want(c.ID, 1, 0)
	_, err = w.MoveDependents(t.Context(), c.ID, south.ID)
	w.wantCode(err, fault.Conflict)
	_, err = w.Resume(t.Context(), south.ID)
	w.check(err)

	p, err := w.MoveDependents(t.Context(), c.ID, south.ID)
	w.check(err)
	if len(p.Dependents) != 0 || p.Connection.ID != c.ID || len(uses[south.ID]) != 1 {
		t.Errorf("preview %+v, used by %v", p, uses)
	}
}

func TestV03_PendingRevocationIsSeenAndTriedOnDemand(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.auth.Next(oauthtest.Revoke, oauthtest.Failure(503, "temporarily_unavailable"))
	r := w.uninstall(c.ID)
	pending, err := w.Pending(t.Context())
	w.check(err)
	if p := pending[r.ID]; r.Outcome != connection.OutcomePending || p.Tries != 1 || !p.NextTry.After(w.clock.now()) {
		t.Fatalf("receipt %+v, pending %+v", r, pending)
	}
	w.SetOffline(true)
	_, err = w.RevokeNow(t.Context(), r.ID)
	w.wantCode(err, fault.Offline)
	w.SetOffline(false)
	r, err = w.RevokeNow(t.Context(), r.ID)
	w.check(err)
	if pending, _ = w.Pending(t.Context()); r.Outcome != connection.OutcomeRevoked || len(pending) != 0 {
		t.Errorf("receipt %+v, pending %+v", r, pending)
	}
}

func TestV04_RegistersOnceForAnIssuer(t *testing.T) {
	w := newWorld(t, registered)
	c := w.connect()
	w.listings.edit("acme2", func(a *connection.App) { *a = w.listings.apps["acme"]; a.Slug = "acme2" })
	a, err := w.Connect(t.Context(), "acme2", connection.ConnectOptions{})
	w.ended(a, err, connection.Done)
	w.expire()
	w.checkNow(c.ID, connection.Connected)
	seen := w.auth.Seen(oauthtest.Register)
	if len(seen) != 1 || w.auth.Clients() != 1 {
		t.Fatalf("%d registrations", len(seen))
	}
	for _, want := range []string{`"application_type":"native"`, `"token_endpoint_auth_method":"none"`, `http://127.0.0.1/callback`} {
		if !strings.Contains(seen[0].Body, want) {
			t.Errorf("registered without %s: %s", want, seen[0].Body)
		}
	}
	back := query(t, w.windowAddress())
	if redirect := back.Get("redirect_uri"); !strings.HasSuffix(redirect, "/callback") {
		t.Errorf("redirected to %s", redirect)
	}
	if where := w.onDisk("registration-"); where != "" {
		t.Errorf("the registration token is in clear in %s", where)
	}
}

func registered(a *connection.App) {
	token := a.Provider.Endpoints.Token
	base := token[:strings.LastIndex(token, "/")]
	a.Provider.Client = provider.Client{Kind: "registered"}
	a.Provider.Issuer, a.Provider.Endpoints = base, provider.Endpoints{}
}

// windowAddress is the last authorization request that the provider saw.
func (w *world) windowAddress() string {
	w.Helper()
	seen := w.auth.Seen(oauthtest.Sign)
	return "https://x/?" + seen[len(seen)-1].Form.Encode()
}

func TestV05_TwoStartsOneRegistration(t *testing.T) {
	w := newWorld(t, registered)
	w.listings.edit("acme2", func(a *connection.App) { *a = w.listings.apps["acme"]; a.Slug = "acme2" })
	attempts := make(chan connection.Attempt, 2)
	for _, slug := range []string{"acme", "acme2"} {
		go func() {
			a, err := w.Connect(context.Background(), slug, connection.ConnectOptions{})
			if err != nil {
				t.Error(err)
			}
			attempts <- a
		}()
	}
	for range 2 {
		w.ended(<-attempts, nil, connection.Done)
	}
	if n := len(w.auth.Seen(oauthtest.Register)); n != 1 {
		t.Errorf("%d registrations", n)
	}
}

func TestV06_UnknownClientRegistersAnew(t *testing.T) {
	w := newWorld(t, registered)
	c := w.connect()
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Failure(401, "invalid_client"))
	w.checkNow(c.ID, connection.ClientMisconfigured)
	w.wantAlerts(c.ID, alert.ClientMisconfigured)
	if len(w.auth.Seen(oauthtest.Register)) != 1 {
		t.Error("registered anew although no sign-in needs it")
	}
	w.reconnect(c.ID)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
	if n := len(w.auth.Seen(oauthtest.Register)); n != 2 {
		t.Errorf("%d registrations", n)
	}
}

// A12: the secret of a client goes only where it was entered for, also when the
// listing has moved since.
func TestA12_AClientSecretStaysWithItsHosts(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Client = provider.Client{Kind: "own", SecretNeeded: true}
		a.Provider.TokenAuth = "post"
	})
	w.auth.Auth, w.auth.ClientSecret = "post", "first"
	app := w.listings.apps["acme"]
	w.check(w.SaveClient(t.Context(), app, connection.ClientEntry{ID: "patchbay", Secret: "first"}))
	for name, move := range map[string]func(*provider.Provider){
		"token":      func(p *provider.Provider) { p.Endpoints.Token = "https://evil.example/token" },
		"refresh":    func(p *provider.Provider) { p.Endpoints.Refresh = "https://evil.example/refresh" },
		"revocation": func(p *provider.Provider) { p.Endpoints.Revocation = "https://evil.example/revoke" },
		"issuer":     func(p *provider.Provider) { p.Issuer = "https://evil.example" },
	} {
		moved := app
		move(&moved.Provider)
		if known := w.StoredClientOf(t.Context(), moved, nil); w.HasClient(t.Context(), moved, nil) || known.HasSecret {
			t.Errorf("with another %s the client is still used: %+v", name, known)
		}
		// Without a secret of its own, the entry must not bring the old one along.
		if err := w.SaveClient(t.Context(), moved, connection.ClientEntry{ID: "patchbay"}); fault.FieldOf(err) != "clientSecret" {
			t.Errorf("with another %s the old secret is kept: %v", name, err)
		}
	}
	moved := app
	moved.Provider.Hosts = append(slices.Clone(app.Provider.Hosts), "api.example.com")
	if !w.HasClient(t.Context(), moved, nil) {
		t.Error("a host that is told no secret makes the client unknown")
	}
}

// A12: of two servers of one provider, each has its own client; neither is told the
// other's secret.
func TestA12_AClientBelongsToTheServerItWasEnteredFor(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Client = provider.Client{Kind: "own", SecretNeeded: true, Console: "https://{{variables.host}}/apps"}
		a.Provider.TokenAuth = "post"
		server := strings.TrimPrefix(a.Provider.Endpoints.Token, "https://")
		server, path, _ := strings.Cut(server, "/")
		a.Provider.Endpoints.Token = "https://{{variables.host}}/" + path
		a.Provider.Hosts = append(a.Provider.Hosts, "other.example")
		a.Provider.Variables = append(a.Provider.Variables, provider.Variable{
			Name: "host", Label: "Host", From: "form", Pattern: "^[a-z0-9.:-]+$", Example: "acme.example", Default: server,
		})
	})
	w.auth.Auth, w.auth.ClientSecret = "post", "first"
	app, other := w.listings.apps["acme"], map[string]string{"host": "other.example"}
	if err := w.SaveClient(t.Context(), app, connection.ClientEntry{Variables: map[string]string{"host": "two words"}, ID: "patchbay", Secret: "first"}); fault.FieldOf(err) != "host" {
		t.Errorf("a client for no server: %v", err)
	}
	w.check(w.SaveClient(t.Context(), app, connection.ClientEntry{ID: "patchbay", Secret: "first"}))
	if w.HasClient(t.Context(), app, other) || w.StoredClientOf(t.Context(), app, other).HasSecret {
		t.Error("another server has the client too")
	}
	if _, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{Variables: other}); fault.CodeOf(err) != fault.ClientMisconfigured {
		t.Errorf("a sign-in at another server begins with %v", err)
	}
	c := w.connect()
	w.check(w.SaveClient(t.Context(), app, connection.ClientEntry{Variables: other, ID: "theirs", Secret: "second"}))
	w.expire()
	w.checkNow(c.ID, connection.Connected) // it was renewed with its own client
	if known := w.StoredClientOf(t.Context(), app, other); known.ID != "theirs" {
		t.Errorf("the other server has %+v", known)
	}
	if got := app.Console(other); got != "https://other.example/apps" {
		t.Errorf("its console is %s", got)
	}
}

func TestSavedClientIsTriedAtOnce(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Client = provider.Client{Kind: "own"}
		a.Provider.TokenAuth = "post"
	})
	w.auth.Auth, w.auth.ClientSecret = "post", "first"
	app := w.listings.apps["acme"]
	if w.HasClient(t.Context(), app, nil) {
		t.Error("a client that nobody entered")
	}
	w.check(w.SaveClient(t.Context(), app, connection.ClientEntry{ID: "patchbay", Secret: "first"}))
	c := w.connect()
	w.auth.ClientSecret = "second"
	w.expire()
	w.checkNow(c.ID, connection.ClientMisconfigured)
	w.check(w.SaveClient(t.Context(), app, connection.ClientEntry{ID: "patchbay", Secret: "second"}))
	w.until("the connection recovers", func() bool { return w.get(c.ID).State == connection.Connected })
	if known := w.StoredClientOf(t.Context(), app, nil); known.ID != "patchbay" || !known.HasSecret {
		t.Errorf("stored %+v", known)
	}
	for _, bad := range []string{"", "two words", strings.Repeat("x", 501)} {
		if err := w.SaveClient(t.Context(), app, connection.ClientEntry{ID: bad}); fault.FieldOf(err) != "clientID" {
			t.Errorf("id %q: %v", bad, err)
		}
	}
}
