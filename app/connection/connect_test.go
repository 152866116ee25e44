package connection_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

func TestConnect(t *testing.T) {
	w := newWorld(t)
	c := w.connect(connection.ConnectOptions{Optional: []string{"write"}, Window: connection.Tab})
	if c.State != connection.Connected || c.AccountID != "north" || c.Label() != "Acme north" || c.Owner != "anna" {
		t.Errorf("connected as %+v", c)
	}
	if !slices.Equal(c.Requested, []string{"read", "write"}) || !slices.Equal(c.Granted, c.Requested) {
		t.Errorf("asked for %v, got %v", c.Requested, c.Granted)
	}
	if got := w.activity(c.ID); !slices.Equal(got, []string{connection.Installed}) {
		t.Errorf("activity %v", got)
	}
	if w.alive() != 1 || len(w.rows()) != 1 {
		t.Errorf("%d tokens alive, %d rows", w.alive(), len(w.rows()))
	}
	<-w.windows.last().Closed() // right after the end was shown
}

func TestA15_DeclinedLeavesNothing(t *testing.T) {
	w := newWorld(t)
	w.auth.Decline = true
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = w.ended(a, err, connection.Declined)
	w.wantCode(a.Err, fault.Denied)
	if len(w.rows()) != 0 || a.URL != "" {
		t.Errorf("%d rows, address %q", len(w.rows()), a.URL)
	}
	if _, err := w.Resolve(a.ID, connection.Add); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("resolving what is over: %v", err)
	}
}

func TestA27_ClosedWindowIsNoticed(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.idle = true })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	w.await(a.ID, func(connection.Attempt) bool { return w.windows.last() != nil })
	if v, _ := w.Attempt(a.ID); v.Phase != connection.Waiting || v.URL == "" || v.Host != w.auth.Host() {
		t.Errorf("waiting as %+v", v)
	}
	w.windows.last().Close()
	a = w.ended(a, nil, connection.Shut)
	if a.Err != nil || len(w.rows()) != 0 {
		t.Errorf("closed with %v and %d rows", a.Err, len(w.rows()))
	}
}

func TestA27_AnotherWindowReplacesTheFirst(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.idle = true })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{Window: connection.BrowserPopup})
	w.check(err)
	w.await(a.ID, func(a connection.Attempt) bool { return a.Window == connection.BrowserPopup })
	first := w.windows.last()
	// The first window has gone to the provider, where nobody decides.
	res, err := (&http.Client{Transport: w.windows.transport, CheckRedirect: atOnce}).Get(w.windows.asked[0].URL)
	w.check(err)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusFound {
		t.Fatalf("the first window got %s", res.Status)
	}
	w.windows.set(func(v *windows) { v.idle = false })
	_, err = w.OpenAgain(t.Context(), a.ID, connection.Tab)
	w.check(err)
	<-first.Closed()
	w.ended(a, nil, connection.Done)
	if _, err := w.OpenAgain(t.Context(), a.ID, connection.Tab); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("opening what is over: %v", err)
	}
}

func TestA33_WithoutAWindowTheAddressCanBeCopied(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.fail = fault.Errorf(fault.NoBrowser, "none") })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	a = w.await(a.ID, func(a connection.Attempt) bool { return a.Err != nil })
	w.wantCode(a.Err, fault.NoBrowser)
	_, err = w.windows.browse(a.URL)
	w.check(err)
	w.ended(a, nil, connection.Done)
}

func TestCancel(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.idle = true })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	w.check(w.Cancel(a.ID))
	w.ended(a, nil, connection.Canceled)
	w.check(w.Cancel(a.ID))
	w.wantCode(w.Cancel("other"), fault.NotFound)
	if _, err := w.windows.browse(a.URL); err == nil {
		t.Error("a late answer was taken")
	}
	if len(w.rows()) != 0 {
		t.Error("cancelling left something")
	}
}

func TestA29_SecondStartCancelsTheFirst(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.idle = true })
	first, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	w.windows.set(func(v *windows) { v.idle = false })
	second, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.ended(second, err, connection.Done)
	w.ended(first, nil, connection.Canceled)
	if len(w.rows()) != 1 {
		t.Errorf("%d rows", len(w.rows()))
	}
}

// Two sign-ins that finish at the same time, for one account, become one row.
func TestA29_TwoAnswersNeverMix(t *testing.T) {
	w := newWorld(t)
	w.listings.edit("acme2", func(a *connection.App) { *a = w.app(); a.Slug = "acme2" })
	done := make(chan connection.Attempt, 2)
	for _, slug := range []string{"acme", "acme2"} {
		a, err := w.Connect(t.Context(), slug, connection.ConnectOptions{})
		w.check(err)
		done <- a
	}
	for range 2 {
		w.ended(<-done, nil, connection.Done)
	}
	for _, c := range w.list() {
		w.checkNow(c.ID, connection.Connected)
	}
	if len(w.rows()) != 2 {
		t.Errorf("%d rows for two apps", len(w.rows()))
	}
	// The same app and account again is the same connection.
	again := w.connect()
	if len(w.rows()) != 2 {
		t.Errorf("%d rows after connecting again", len(w.rows()))
	}
	w.checkNow(again.ID, connection.Connected)
}

func TestA30_InterruptedWaitLeavesNothing(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(v *windows) { v.idle = true })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	state := query(t, a.URL).Get("state")
	w.restart()
	if _, err := w.windows.browse(a.URL); err == nil {
		t.Error("the old listener answers")
	}
	if _, err := w.Attempt(a.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the attempt of the past: %v", err)
	}
	if where := w.onDisk(state); where != "" || len(w.rows()) != 0 {
		t.Errorf("state in %q, %d rows", where, len(w.rows()))
	}
	w.connect()
}

func query(t *testing.T, address string) url.Values {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func TestNothingIsAskedThatCannotBeKept(t *testing.T) {
	w := newWorld(t)
	w.keys.set(fault.Errorf(fault.KeychainLocked, "locked"))
	_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.wantCode(err, fault.KeychainLocked)
	if w.windows.last() != nil {
		t.Error("a window was opened")
	}
}

func TestSignInThatCannotBeStoredIsRevoked(t *testing.T) {
	w := newWorld(t)
	full := fault.Errorf(fault.StorageFailed, "disk full")
	w.life.fail.Store(&full)
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = w.ended(a, err, connection.Broken)
	w.wantCode(a.Err, fault.StorageFailed)
	if n := len(w.auth.Seen(oauthtest.Revoke)); n == 0 {
		t.Error("the grant lives on, and nobody knows it")
	}
}

func TestProbeThatFailsTakesTheSignInBack(t *testing.T) {
	w := newWorld(t)
	w.api.answer(oauthtest.Body(503, "text/html", "down"))
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = w.ended(a, err, connection.Broken)
	w.wantCode(a.Err, fault.Unavailable)
	w.until("the grant is revoked", func() bool { return len(w.revocations()) == 0 })
	if len(w.rows()) != 0 || len(w.auth.Seen(oauthtest.Revoke)) == 0 {
		t.Error("a sign-in that failed was not taken back")
	}
}

func TestVariables(t *testing.T) {
	edit := func(a *connection.App) {
		a.Provider.Variables = []provider.Variable{
			{Name: "tenant", Label: "Tenant", Pattern: "^[a-z]+$", Example: "acme", From: "form"},
			{Name: "pass", Label: "Pass", Pattern: "^[a-z-]+$", Example: "a-b", From: "form", Secret: true},
			{Name: "site", Label: "Site", Pattern: "^[a-z]+$", Example: "x", From: "lookup"},
		}
		a.Provider.Lookups = []provider.Lookup{{Name: "site", Path: "$.id", Request: a.Provider.Probe.Request}}
		a.Provider.APIAuth.Headers = map[string]string{"X-Pass": "{{variables.pass}}"}
		probe := *a.Provider.Probe
		probe.URL += "?t={{variables.tenant}}&s={{variables.site}}"
		a.Provider.Probe = &probe
	}
	w := newWorld(t, edit)
	_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{Variables: map[string]string{"tenant": "UPPER", "pass": "canary-pass"}})
	if fault.FieldOf(err) != "tenant" || strings.Contains(err.Error(), "UPPER") {
		t.Errorf("a bad variable: %v", err)
	}
	var query, pass string
	see := func(rw http.ResponseWriter, r *http.Request) {
		query, pass = r.URL.RawQuery, r.Header.Get("X-Pass")
		_, _ = rw.Write([]byte(`{"id":"north","name":"Acme north"}`))
	}
	w.api.answer(see, see)
	c := w.connect(connection.ConnectOptions{Variables: map[string]string{"tenant": "acme", "pass": "canary-pass"}})
	if query != "t=acme&s=north" || pass != "canary-pass" {
		t.Errorf("the call had %q and %q", query, pass)
	}
	if _, plain := c.Variables["pass"]; plain || w.onDisk("canary-pass") != "" {
		t.Error("a secret variable is stored in clear")
	}
	// A reconnect uses what was entered before, the secret too.
	a, err := w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{})
	w.ended(a, err, connection.Done)
	if c = w.checkNow(c.ID, connection.Connected); c.Variables["tenant"] != "acme" {
		t.Errorf("variables %v", c.Variables)
	}
}

func TestHostilePartsNeverMoveACall(t *testing.T) {
	for value, want := range map[string]string{
		"acme-1.example": "acme-1.example", "a/b": "a%2Fb", "a@evil.example": "a%40evil.example",
		"x&y=z": "x%26y%3Dz", "a b": "a%20b", "https://a.example.com": "https://a.example.com",
		"https://a.example.com/x": "https%3A%2F%2Fa.example.com%2Fx",
	} {
		if got := connection.AddressSafe(value); got != want {
			t.Errorf("%s became %s, want %s", value, got, want)
		}
	}
	for value, want := range map[string]string{`a"`: `a\"`, `\`: `\\`, `""`: `\"\"`, "<&>": "<&>", "a\nb": `a\nb`} {
		if got := connection.JSONSafe(value); got != want {
			t.Errorf("%q became %s, want %s", value, got, want)
		}
	}
	w := newWorld(t, func(a *connection.App) {
		probe := *a.Provider.Probe
		probe.URL = "https://elsewhere.example.com/me"
		a.Provider.Probe = &probe
	})
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = w.ended(a, err, connection.Broken)
	w.wantCode(a.Err, fault.Untrusted)
}

func TestA12_EndpointsOnOtherHostsAreRefused(t *testing.T) {
	w := newWorld(t, func(a *connection.App) { a.Provider.Endpoints.Token = "https://evil.example.com/token" })
	_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.wantCode(err, fault.Untrusted)
	if len(w.auth.Seen(oauthtest.Sign)) != 0 {
		t.Error("the person was sent to sign in")
	}
}

func TestA06_DiscoveredProviderWithoutS256IsRefused(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Issuer, a.Provider.Endpoints = a.Provider.Endpoints.Token[:strings.LastIndex(a.Provider.Endpoints.Token, "/")], provider.Endpoints{}
	})
	w.auth.Describe = map[string]any{"code_challenge_methods_supported": []string{"plain"}}
	_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.wantCode(err, fault.Untrusted)
}

func TestAPIKey(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider = provider.Provider{
			Kind: "api_key", Hosts: a.Provider.Hosts, Probe: a.Provider.Probe, Identity: a.Provider.Identity,
			APIKey: &provider.APIKey{Label: "Key", Pattern: "^key-.+$"},
		}
	})
	w.api.keys["key-good"] = true
	for _, bad := range []string{"", "password", "key-a b", "key-a\nX: y"} {
		if _, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{Key: secret(bad)}); fault.FieldOf(err) != "key" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{Key: "key-wrong"})
	a = w.ended(a, err, connection.Broken)
	if fault.FieldOf(a.Err) != "key" || strings.Contains(a.Err.Error(), "key-wrong") {
		t.Errorf("a wrong key: %v", a.Err)
	}
	c := w.connect(connection.ConnectOptions{Key: " key-good "})
	w.checkNow(c.ID, connection.Connected)
	w.api.mu.Lock()
	w.api.keys["key-good"] = false
	w.api.mu.Unlock()
	w.checkNow(c.ID, connection.Revoked)
	if r := w.uninstall(c.ID); r.Outcome != connection.OutcomeNotOffered {
		t.Errorf("outcome %s", r.Outcome)
	}
}

func TestForbiddenAndHTTPSOnly(t *testing.T) {
	for name, edit := range map[string]func(*connection.App){
		"forbidden":  func(a *connection.App) { a.Provider.Client = provider.Client{Kind: "forbidden"} },
		"https only": func(a *connection.App) { a.Provider.Redirect.HTTPSOnly = true },
		"no client":  func(a *connection.App) { a.Provider.Client = provider.Client{Kind: "own"} },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, edit)
			_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
			w.wantCode(err, fault.ClientMisconfigured)
		})
	}
}

func TestDevice(t *testing.T) {
	w := newWorld(t, func(a *connection.App) {
		a.Provider.Grant = "device"
		a.Provider.Endpoints.Device = strings.Replace(a.Provider.Endpoints.Token, oauthtest.Token, oauthtest.Device, 1)
	})
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	if a.UserCode != "WDJB-MJHT" || a.VerifyURL == "" || a.Phase != connection.Waiting {
		t.Fatalf("device sign-in %+v", a)
	}
	w.check(w.Cancel(a.ID))
	w.ended(a, nil, connection.Canceled)
}

// atOnce follows no redirect.
func atOnce(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
