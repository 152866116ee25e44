package connection_test

import (
	"slices"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
)

const limitedGrant = `{"access_token":"a1","refresh_token":"r1","expires_in":3600,"scope":"read"}`

func TestT22_FewerScopesThanAsked(t *testing.T) {
	w := newWorld(t)
	w.auth.Next(oauthtest.Token, oauthtest.JSON(limitedGrant))
	w.api.keys["a1"] = true
	c := w.connect(connection.ConnectOptions{Optional: []string{"write"}})
	w.wantState(c.ID, connection.PermissionMissing)
	w.wantAlerts(c.ID, alert.PermissionMissing)
	w.checkNow(c.ID, connection.PermissionMissing)
	// It still works, so it is handed out.
	if token, err := w.AccessToken(t.Context(), c.ID); err != nil || token.Reveal() != "a1" {
		t.Errorf("no token: %v", err)
	}
	w.reconnect(c.ID)
	w.wantState(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestT22_MissingIsComparedAsProvidersDo(t *testing.T) {
	for _, test := range []struct{ asked, granted, missing []string }{
		{[]string{"read", "write"}, []string{"write", "read"}, nil},
		{[]string{"read", "write"}, []string{"read"}, []string{"write"}},
		{[]string{"openid", "offline_access", "mail"}, []string{"mail"}, nil},
		{[]string{"https://graph.example.com/Mail.Read"}, []string{"mail.read"}, nil},
		{[]string{"Mail.Read"}, []string{"https://graph.example.com/Mail.Read", "more"}, nil},
	} {
		got := connection.Missing(connection.Connection{Requested: test.asked, Granted: test.granted})
		if !slices.Equal(got, test.missing) {
			t.Errorf("%v of %v: missing %v, want %v", test.granted, test.asked, got, test.missing)
		}
	}
}

func TestT24_RenewalWithFewerScopes(t *testing.T) {
	w := newWorld(t)
	c := w.connect(connection.ConnectOptions{Optional: []string{"write"}})
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.JSON(limitedGrant))
	w.api.keys["a1"] = true
	c = w.checkNow(c.ID, connection.PermissionMissing)
	w.wantAlerts(c.ID, alert.PermissionMissing)
	if got := w.activity(c.ID); !slices.Contains(got, connection.ScopesChanged) {
		t.Errorf("activity %v", got)
	}
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a1","expires_in":3600,"scope":"write read"}`))
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestT25_RenewalKeepsTheOldRefreshToken(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a2","expires_in":3600}`))
	_, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	w.expire()
	w.checkNow(c.ID, connection.Connected)
	seen := w.auth.Seen(oauthtest.Token)
	if a, b := seen[1].Form.Get("refresh_token"), seen[2].Form.Get("refresh_token"); a != b || a == "" {
		t.Error("the refresh token was forgotten")
	}
}

func TestT26_InvalidGrant(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.revokeAll()
	w.expire()
	w.checkNow(c.ID, connection.SignInNeeded)
	w.wantAlerts(c.ID, alert.SignInExpired)
	before := w.refreshes()
	w.clock.advance(48 * time.Hour)
	w.RunDue()
	_, err := w.AccessToken(t.Context(), c.ID)
	w.wantCode(err, fault.SignInNeeded)
	if w.refreshes() != before {
		t.Error("a dead token is tried again")
	}
}

func TestT27_InvalidClient(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Failure(401, "invalid_client"))
	w.checkNow(c.ID, connection.ClientMisconfigured)
	w.wantAlerts(c.ID, alert.ClientMisconfigured)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestT28_TemporaryTrouble(t *testing.T) {
	for name, answer := range map[string]struct {
		at   string
		kind alert.Kind
	}{
		"token endpoint 503": {"token", alert.ProviderDown}, "token endpoint 429": {"limit", alert.RateLimited},
		"api 503": {"api", alert.ProviderDown}, "api 429": {"api-limit", alert.RateLimited},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c := w.connect()
			wait := oauthtest.With(oauthtest.Body(429, "text/html", "slow"), "Retry-After", "7200")
			down := oauthtest.Body(503, "text/html", "<h1>down</h1>")
			switch answer.at {
			case "token":
				w.expire()
				w.auth.Next(oauthtest.Token, down)
			case "limit":
				w.expire()
				w.auth.Next(oauthtest.Token, wait)
			case "api":
				w.api.answer(down)
			case "api-limit":
				w.api.answer(wait)
			}
			w.checkNow(c.ID, connection.Retrying)
			w.wantAlerts(c.ID, answer.kind)
			due, ok := w.Due(c.ID)
			if wait := due.Sub(w.clock.now()); !ok || wait <= 0 || answer.kind == alert.RateLimited && wait < 2*time.Hour {
				t.Errorf("tried again in %v", wait)
			}
			w.checkNow(c.ID, connection.Connected)
			w.wantAlerts(c.ID)
		})
	}
}

func TestT28_LastingTroubleBacksOff(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.api.Close() // nobody answers at all
	waits := []time.Duration{}
	for range 14 {
		_, err := w.CheckNow(t.Context(), c.ID)
		w.check(err)
		due, _ := w.Due(c.ID)
		waits = append(waits, due.Sub(w.clock.now()))
		w.clock.advance(waits[len(waits)-1])
	}
	w.wantState(c.ID, connection.ProviderDown)
	if !slices.IsSorted(waits) || waits[0] > time.Minute || waits[13] > 67*time.Minute || waits[13] < 55*time.Minute {
		t.Errorf("waits %v", waits)
	}
}

func TestT29_ARefusalWinsOverTheClock(t *testing.T) {
	for _, jump := range []time.Duration{-24 * time.Hour, -time.Hour, time.Hour, 24 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			w := newWorld(t)
			c := w.connect()
			w.clock.advance(jump)
			w.checkNow(c.ID, connection.Connected)
			w.api.answer(oauthtest.Body(401, "text/plain", ""))
			w.checkNow(c.ID, connection.Connected)
			w.wantAlerts(c.ID)
		})
	}
}

func TestT29_WithoutRefreshTokenTheTokenIsUsedUntilRefused(t *testing.T) {
	w := newWorld(t)
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a1","expires_in":3600}`))
	w.api.keys["a1"] = true
	c := w.connect()
	w.expire()
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID, alert.ExpiresSoon)
	delete(w.api.keys, "a1")
	w.checkNow(c.ID, connection.SignInNeeded)
	w.wantAlerts(c.ID, alert.SignInExpired, alert.ExpiresSoon)
	if w.refreshes() != 0 {
		t.Error("there is nothing to renew with")
	}
}

func TestT30_OneRenewalOneRetry(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	refuse := oauthtest.Body(401, "text/plain", "")
	w.api.answer(refuse, refuse, refuse)
	before := w.api.asked()
	w.checkNow(c.ID, connection.Revoked)
	w.wantAlerts(c.ID, alert.AccessRevoked)
	if w.refreshes() != 1 || w.api.asked()-before != 2 {
		t.Errorf("%d renewals, %d calls", w.refreshes(), w.api.asked()-before)
	}
}

func TestT30_MissingScopeIsNoReasonToRenew(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.api.answer(oauthtest.With(oauthtest.Body(403, "text/plain", ""), "WWW-Authenticate", `Bearer error="insufficient_scope"`))
	if c = w.checkNow(c.ID, connection.PermissionMissing); c.Reason != "insufficient_scope" || w.refreshes() != 0 {
		t.Errorf("reason %q, %d renewals", c.Reason, w.refreshes())
	}
	w.wantAlerts(c.ID, alert.PermissionMissing)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestFailureInsideA200(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		probe := *a.Provider.Probe
		probe.Failed = "$[?$.ok == false]"
		a.Provider.Probe = &probe
	})
	c := w.connect()
	w.api.answer(oauthtest.JSON(`{"ok":false,"error":"internal_error"}`))
	if c = w.checkNow(c.ID, connection.Retrying); c.Reason != "internal_error" {
		t.Errorf("reason %q", c.Reason)
	}
	revoked := oauthtest.JSON(`{"ok":false,"error":"token_revoked"}`)
	w.api.answer(revoked, revoked)
	w.checkNow(c.ID, connection.Revoked)
}

func TestOffline(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.SetOffline(true)
	w.check(w.alerts.SetOffline(t.Context(), true))
	w.wantState(c.ID, connection.Offline)
	w.clock.advance(time.Hour)
	before := w.api.asked()
	w.RunDue()
	if w.api.asked() != before {
		t.Error("a provider was asked without a network")
	}
	w.api.Close()
	w.checkNow(c.ID, connection.Offline)
	w.wantAlerts(c.ID)
	if row, _ := w.disk.Connection(t.Context(), c.ID); row.Failures != 0 {
		t.Errorf("%d failures are held against the provider", row.Failures)
	}
	w.SetOffline(false)
	if due, _ := w.Due(c.ID); due.Sub(w.clock.now()) > time.Minute {
		t.Error("coming back does not check soon")
	}
}

// A provider that answers anything proves the network; one that does not may be
// the first sign that there is none.
func TestSilence_isToldWhenNobodyAnswers(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	silences := 0
	w.Silence = func() { silences++ }
	if hosts := w.Hosts(t.Context()); len(hosts) != 1 || hosts[0] != "127.0.0.1" {
		t.Errorf("Hosts = %q, want the probe's", hosts)
	}
	w.api.answer(oauthtest.Body(503, "text/plain", ""))
	w.checkNow(c.ID, connection.Retrying)
	if silences != 0 {
		t.Error("an answer counts as silence")
	}
	w.api.Close()
	w.checkNow(c.ID, connection.Retrying)
	if silences != 1 {
		t.Errorf("silence is told %d times, want once", silences)
	}
}

// Optional permissions can be added later, to the same connection (step-up).
func TestT23_OptionalScopesAreAddedLater(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	if slices.Contains(c.Requested, "write") {
		t.Fatalf("asked for %v", c.Requested)
	}
	a, err := w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{Optional: []string{"write", "everything"}})
	if a = w.ended(a, err, connection.Done); a.Connection != c.ID {
		t.Fatalf("it became %s", a.Connection)
	}
	c = w.wantState(c.ID, connection.Connected)
	if !slices.Equal(c.Requested, []string{"read", "write"}) || !slices.Equal(c.Granted, c.Requested) {
		t.Errorf("asked for %v, has %v", c.Requested, c.Granted)
	}
	did, err := w.disk.Activity(t.Context(), connection.ActivityFilter{ConnectionID: c.ID, What: connection.ScopesChanged})
	w.check(err)
	if len(did) != 1 || did[0].Note != "+write" || did[0].Person != "anna" {
		t.Errorf("activity %+v", did)
	}
	w.reconnect(c.ID)
	if c = w.get(c.ID); !slices.Contains(c.Granted, "write") {
		t.Errorf("a reconnect lost what was added: %v", c.Granted)
	}
	w.wantState(c.ID, connection.Connected)
}

func TestKeychainTroubleIsNotTheProviders(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.keys.set(fault.Errorf(fault.KeychainLocked, "locked"))
	w.restart()
	_, err := w.CheckNow(t.Context(), c.ID)
	w.wantCode(err, fault.KeychainLocked)
	if got := w.wantState(c.ID, connection.Connected); got.Failures != 0 {
		t.Errorf("%d failures", got.Failures)
	}
	w.keys.set(nil)
	w.checkNow(c.ID, connection.Connected)
}

func TestWorkspaceOnAnotherMachine(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	_, err := w.Describe(t.Context(), c.ID, "Sales\u202e", "For the team")
	w.check(err)
	w.keys.wipe()
	w.restart()
	_, err = w.CheckNow(t.Context(), c.ID)
	w.wantCode(err, fault.KeychainKeyLost)
	w.wantState(c.ID, connection.Connected)
	w.check(w.vault.Renew(t.Context()))
	w.checkNow(c.ID, connection.SignInNeeded)
	w.reconnect(c.ID)
	if c = w.checkNow(c.ID, connection.Connected); c.Name != "Sales" || c.Purpose != "For the team" {
		t.Errorf("name %q, purpose %q", c.Name, c.Purpose)
	}
}

func TestIdleChecksWriteLittle(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	before := w.life.writes.Load()
	for range 30 {
		w.clock.advance(time.Minute)
		w.RunDue()
	}
	if n := w.life.writes.Load() - before; n == 0 || n > 30 {
		t.Errorf("%d writes in thirty minutes", n)
	}
	if w.api.asked() < 28 {
		t.Errorf("asked %d times", w.api.asked())
	}
	w.wantState(c.ID, connection.Connected)
}
