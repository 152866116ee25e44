package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

func TestJourney(t *testing.T) {
	w := newWorld(t)
	for _, a := range apps {
		t.Run(a.slug, func(t *testing.T) {
			token := w.connect(a.slug, a.accounts[1].Name)
			if token.TokenType != "Bearer" || token.ExpiresIn != 600 || token.RefreshToken == "" {
				t.Fatalf("token type %s, expires in %d", token.TokenType, token.ExpiresIn)
			}
			if got := token.Extra("scope"); got != strings.Join(a.scopes, " ") {
				t.Errorf("granted %v", got)
			}
			me := w.call(http.MethodGet, "/"+a.slug+"/api/me", token.AccessToken, nil).want(t, http.StatusOK).json(t)
			if me["id"] != a.accounts[1].ID || me["name"] != a.accounts[1].Name || me["email"] != a.accounts[1].Email {
				t.Errorf("me is %v", me)
			}
			for _, other := range apps {
				if other != a && w.me(other.slug, token.AccessToken) != http.StatusUnauthorized {
					t.Errorf("%s takes a token of %s", other.slug, a.slug)
				}
			}
		})
	}
}

func TestConsentSaysWhatItIsFor(t *testing.T) {
	w := newWorld(t)
	c := w.client("crm", "account.read", "crm.contacts.write")
	page := w.get(c.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	page = w.press(page, "Sign in as Acme South", 0)
	for _, want := range []string{"Allow Patchbay to use Acme South?", "Add and change contacts", english["ribbon"]} {
		if !strings.Contains(page.body, want) {
			t.Errorf("consent page lacks %q", want)
		}
	}
	if strings.Contains(page.body, english["scope.crm.deals.read"]) {
		t.Error("consent page lists a scope that was not asked for")
	}
}

func TestAnswerCarriesStateAndIssuer(t *testing.T) {
	for _, button := range []string{"Allow", "Decline"} {
		t.Run(button, func(t *testing.T) {
			w := newWorld(t)
			page := w.get(w.client("chat").AuthCodeURL("st&te", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
			page = w.press(page, "Sign in as Acme Studio", 0)
			to, err := w.press(page, button, 0).want(t, http.StatusFound).Location()
			w.check(err)
			q := to.Query()
			if to.Host != "127.0.0.1:50123" || to.Path != "/callback/abc" || q.Get("state") != "st&te" || q.Get("iss") != w.server.URL()+"/chat" {
				t.Errorf("sent to %s", to)
			}
			if button == "Decline" && (q.Get("error") != "access_denied" || q.Has("code")) {
				t.Errorf("declined with %s", to)
			}
			if again := w.press(page, "Allow", 0); again.StatusCode != http.StatusBadRequest {
				t.Errorf("a finished consent answered %d", again.StatusCode)
			}
		})
	}
}

func TestAuthorizeRefuses(t *testing.T) {
	w := newWorld(t)
	challenge := oauth2.S256ChallengeFromVerifier(oauth2.GenerateVerifier())
	good := url.Values{
		"client_id": {ClientID}, "response_type": {"code"}, "redirect_uri": {"http://127.0.0.1:5000/x"}, "scope": {"account.read"},
		"state": {"s"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	w.get("/crm/authorize?"+good.Encode()).want(t, http.StatusOK)
	tests := []struct {
		name, parameter string
		values          []string
		want            string // error sent back; "" is a page and no redirect
	}{
		{"another client", "client_id", []string{"other"}, ""},
		{"no client", "client_id", nil, ""},
		{"no redirect", "redirect_uri", nil, ""},
		{"a redirect elsewhere", "redirect_uri", []string{"https://example.com/x"}, ""},
		{"a redirect hidden by a user name", "redirect_uri", []string{"http://127.0.0.1:80@example.com/x"}, ""},
		{"a redirect to a longer name", "redirect_uri", []string{"http://127.0.0.1.example.com:80/x"}, ""},
		{"a redirect to localhost by name", "redirect_uri", []string{"http://localhost:5000/x"}, ""},
		{"a redirect without a port", "redirect_uri", []string{"http://127.0.0.1/x"}, ""},
		{"a redirect with a fragment", "redirect_uri", []string{"http://127.0.0.1:5000/x#y"}, ""},
		{"a redirect over https", "redirect_uri", []string{"https://127.0.0.1:5000/x"}, ""},
		{"no PKCE", "code_challenge", nil, "invalid_request"},
		{"plain PKCE", "code_challenge_method", []string{"plain"}, "invalid_request"},
		{"PKCE without a method", "code_challenge_method", nil, "invalid_request"},
		{"a short challenge", "code_challenge", []string{"abc"}, "invalid_request"},
		{"state twice", "state", []string{"s", "t"}, "invalid_request"},
		{"an unknown scope", "scope", []string{"account.read world.rule"}, "invalid_scope"},
		{"no scope", "scope", nil, "invalid_request"},
		{"tokens in the answer", "response_type", []string{"id_token token"}, "unauthorized_client"},
		{"a fragment answer", "response_mode", []string{"fragment"}, "invalid_request"},
		{"a request object", "request", []string{"x.y.z"}, "request_not_supported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := url.Values{}
			for k, v := range good {
				q[k] = slices.Clone(v)
			}
			q[tt.parameter] = tt.values
			res := w.get("/crm/authorize?" + q.Encode())
			if tt.want == "" {
				res.want(t, http.StatusBadRequest)
				return
			}
			to, err := res.want(t, http.StatusFound).Location()
			w.check(err)
			if to.Query().Get("error") != tt.want || to.Query().Get("iss") == "" || !strings.HasPrefix(to.String(), "http://127.0.0.1:5000/x?") {
				t.Errorf("sent to %s, want error %s", to, tt.want)
			}
		})
	}
}

func TestCodeIsForOneExchange(t *testing.T) {
	verifier := oauth2.GenerateVerifier()
	exchange := func(code string) url.Values {
		return url.Values{
			"grant_type": {"authorization_code"}, "client_id": {ClientID}, "code": {code},
			"redirect_uri": {"http://127.0.0.1:50123/callback/abc"}, "code_verifier": {verifier},
		}
	}
	tests := []struct {
		name   string
		spoil  func(w *world, v url.Values)
		status int
		want   string
	}{
		{"another verifier", func(_ *world, v url.Values) { v.Set("code_verifier", oauth2.GenerateVerifier()) }, 400, "invalid_grant"},
		{"no verifier", func(_ *world, v url.Values) { v.Del("code_verifier") }, 400, "invalid_request"},
		{"another redirect", func(_ *world, v url.Values) { v.Set("redirect_uri", "http://127.0.0.1:1/x") }, 400, "invalid_grant"},
		{"another client", func(_ *world, v url.Values) { v.Set("client_id", "other") }, 401, "invalid_client"},
		{"another code", func(_ *world, v url.Values) { v.Set("code", "sbxc_x") }, 400, "invalid_grant"},
		{"too late", func(w *world, _ url.Values) { w.clock.advance(codeLifetime + time.Second) }, 400, "invalid_grant"},
		{"another grant type", func(_ *world, v url.Values) { v.Set("grant_type", "password") }, 400, "unsupported_grant_type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			form := exchange(w.authorize(w.client("crm"), "Acme North", verifier))
			tt.spoil(w, form)
			wantError(t, w.postForm("/crm/token", form), tt.status, tt.want)
		})
	}
	t.Run("a second exchange ends the grant", func(t *testing.T) {
		w := newWorld(t)
		form := exchange(w.authorize(w.client("crm"), "Acme North", verifier))
		access := w.postForm("/crm/token", form).want(t, http.StatusOK).json(t)["access_token"].(string)
		if got := w.me("crm", access); got != http.StatusOK {
			t.Fatalf("me answered %d", got)
		}
		wantError(t, w.postForm("/crm/token", form), 400, "invalid_grant")
		if got := w.me("crm", access); got != http.StatusUnauthorized {
			t.Errorf("me answered %d after the code came twice", got)
		}
	})
}

func TestSignInExpires(t *testing.T) {
	w := newWorld(t)
	page := w.get(w.client("crm").AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	w.clock.advance(signInLifetime + time.Second)
	w.press(page, "Sign in as Acme North", 0).want(t, http.StatusBadRequest)
}

func TestMetadata(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{
		"/crm/.well-known/oauth-authorization-server", "/crm/.well-known/openid-configuration",
		"/.well-known/oauth-authorization-server/crm", "/.well-known/openid-configuration/crm",
	} {
		m := w.get(path).want(t, http.StatusOK).json(t)
		if m["issuer"] != w.server.URL()+"/crm" || m["token_endpoint"] != w.server.URL()+"/crm/token" ||
			m["authorization_response_iss_parameter_supported"] != true {
			t.Errorf("%s answered %v", path, m)
		}
	}
}
