package connection_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

// canaries are the secrets that one life of a connection brings along.
func (w *world) canaries() []string {
	w.Helper()
	found := map[string]bool{}
	for _, at := range []string{oauthtest.Sign, oauthtest.Token, oauthtest.Revoke} {
		for _, r := range w.auth.Seen(at) {
			for _, name := range []string{"state", "code", "code_verifier", "refresh_token", "token", "client_secret"} {
				if value := r.Form.Get(name); len(value) > 8 {
					found[value] = true
				}
			}
		}
	}
	w.api.mu.Lock()
	defer w.api.mu.Unlock()
	for token := range w.api.bound {
		found[token] = true
	}
	var list []string
	for secret := range found {
		list = append(list, secret)
	}
	return list
}

func TestS01_NoSecretInFilesOrLogs(t *testing.T) {
	w := newWorld(t, func(a *connection.App) { a.Provider.TokenAuth, a.Provider.Client.Kind = "post", "own" })
	w.auth.Auth, w.auth.ClientSecret = "post", "canary-client-secret"
	w.check(w.SaveClient(t.Context(), w.listings.apps["acme"], connection.ClientEntry{ID: "patchbay", Secret: "canary-client-secret"}))
	w.auth.Decline = true
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.ended(a, err, connection.Declined)
	w.auth.Decline = false
	c := w.connect()
	w.expire()
	w.checkNow(c.ID, connection.Connected)
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Echo("temporarily_unavailable"), oauthtest.Echo("invalid_grant"))
	w.checkNow(c.ID, connection.Retrying)
	w.checkNow(c.ID, connection.SignInNeeded)
	diagnostics, err := w.Diagnostics(t.Context(), c.ID)
	w.check(err)
	w.reconnect(c.ID)
	api := w.api.URL
	w.api.Close() // a broken transport's errors hold addresses
	w.checkNow(c.ID, connection.Retrying)
	w.auth.Next(oauthtest.Revoke, oauthtest.Echo("server_error"), oauthtest.Cut)
	r := w.uninstall(c.ID)
	open, err := w.alerts.Open(t.Context())
	w.check(err)
	shown := fmt.Sprintf("%v %+v %+v %s", open, r, w.revocations(), diagnostics)
	secrets := w.canaries()
	if len(secrets) < 10 {
		t.Fatalf("only %d secrets were seen", len(secrets))
	}
	w.wantHidden(secrets, shown)
	if strings.Contains(w.log.String(), api) {
		t.Error("an address is in the log")
	}
	if w.log.String() == "" {
		t.Error("there is no log to look at")
	}
}

// What people see they copy, send and print. The address of a sign-in that waits
// is theirs to open; nothing of it is left when the sign-in is over.
func TestS08_NothingShownHoldsASecret(t *testing.T) {
	w := newWorld(t)
	w.windows.set(func(b *windows) { b.idle = true })
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	a = w.await(a.ID, in(connection.Waiting))
	_, err = w.windows.browse(a.URL)
	w.check(err)
	a = w.ended(a, nil, connection.Done)
	id := a.Connection
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Echo("invalid_grant"))
	w.checkNow(id, connection.SignInNeeded)
	standing, err := w.disk.Alerts().Standing(t.Context())
	w.check(err)
	diagnostics, err := w.Diagnostics(t.Context(), id)
	w.check(err)
	preview, err := w.Preview(t.Context(), id)
	w.check(err)
	list := w.list()
	receipt := w.uninstall(id)
	did, err := w.disk.Activity(t.Context(), connection.ActivityFilter{})
	w.check(err)
	shown := fmt.Sprintf("%+v\n%+v\n%+v\n%s\n%+v\n%+v\n%+v", a, list, standing, diagnostics, preview, receipt, did)
	for _, want := range []string{"Acme north", "invalid_grant", receipt.ID} {
		if !strings.Contains(shown, want) {
			t.Errorf("%s is not in what is looked at", want)
		}
	}
	secrets := w.canaries()
	if len(secrets) < 5 {
		t.Fatalf("only %d secrets were seen", len(secrets))
	}
	for _, secret := range secrets {
		if strings.Contains(shown, secret) {
			t.Errorf("%.8s… is shown", secret)
		}
	}
}

// wantHidden looks for secrets in the data folder, the log and what is shown.
func (w *world) wantHidden(secrets []string, shown string) {
	w.Helper()
	for _, secret := range secrets {
		if where := w.onDisk(secret); where != "" {
			w.Errorf("%.8s… is in %s", secret, where)
		}
		if strings.Contains(w.log.String(), secret) {
			w.Errorf("%.8s… is in the log", secret)
		}
		if strings.Contains(shown, secret) {
			w.Errorf("%.8s… is shown", secret)
		}
	}
}

func TestS02_ErrorsHoldNoAnswers(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	body := oauthtest.Body(500, "text/html", "canary-body")
	w.auth.Next(oauthtest.Token, body)
	_, err := w.AccessToken(t.Context(), c.ID)
	if err == nil || strings.Contains(err.Error(), "canary-body") || fault.CodeOf(err) == fault.Internal {
		t.Errorf("error %v", err)
	}
	w.api.answer(body, oauthtest.With(oauthtest.Body(403, "text/plain", ""), "WWW-Authenticate", `Bearer error="canary body <script>"`))
	for range 2 {
		got, err := w.CheckNow(t.Context(), c.ID)
		if err != nil || strings.Contains(got.Reason, "canary") {
			t.Errorf("reason %q, error %v", got.Reason, err)
		}
	}
}

// What leaves the package cannot carry a token: but for AccessToken and Renew, no
// method returns a type that holds one.
func TestS07_NoMethodReturnsASecret(t *testing.T) {
	service := reflect.TypeFor[*connection.Service]()
	for i := range service.NumMethod() {
		method := service.Method(i)
		if method.Name == "AccessToken" || method.Name == "Renew" {
			continue // for adapters inside the program
		}
		for o := range method.Type.NumOut() {
			if holdsSecret(method.Type.Out(o), 0) {
				t.Errorf("%s returns a secret", method.Name)
			}
		}
	}
	if !holdsSecret(reflect.TypeFor[connection.Tokens](), 0) {
		t.Error("the search finds nothing")
	}
}

func holdsSecret(t reflect.Type, depth int) bool {
	if depth > 6 {
		return false
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer, reflect.Array, reflect.Map, reflect.Chan:
		return holdsSecret(t.Elem(), depth+1)
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsSecret(t.Field(i).Type, depth+1) {
				return true
			}
		}
	}
	return t == reflect.TypeFor[oauth.Secret]()
}

func TestS10_CallsFollowNoRedirect(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	before := w.api.asked()
	w.api.answer(oauthtest.With(oauthtest.Body(307, "text/plain", ""), "Location", w.api.URL+"/elsewhere"))
	w.checkNow(c.ID, connection.Retrying)
	if n := w.api.asked() - before; n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestDiagnostics(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	_, err := w.Describe(t.Context(), c.ID, "Private name", "")
	w.check(err)
	w.revokeAll()
	w.checkNow(c.ID, connection.Revoked)
	text, err := w.Diagnostics(t.Context(), c.ID)
	w.check(err)
	for _, want := range []string{"acme", "revoked", "read", "access_revoked invalid_grant", connection.Installed, "2026-03-01T12:00:00Z", "127.0.0.1"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	for _, private := range []string{"Acme north", "Private name", "north"} {
		if strings.Contains(text, private) {
			t.Errorf("tells %q:\n%s", private, text)
		}
	}
	_, err = w.Diagnostics(context.Background(), "other")
	w.wantCode(err, fault.NotFound)
}
