package sandbox

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestRotation(t *testing.T) {
	tests := []struct {
		name   string
		strict bool
		after  time.Duration // between the first use and the second
		ends   bool
	}{
		{"a repeat at once is forgiven", false, 0, false},
		{"a repeat within the leeway is forgiven", false, leeway, false},
		{"a later reuse ends the grant", false, leeway + time.Second, true},
		{"strictly, a repeat at once ends the grant", true, 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.command(Command{App: "crm", Action: "rotate-strictly", On: &tt.strict}).want(t, http.StatusOK)
			first := w.connect("crm", "Acme North")
			second := w.refresh("crm", first.RefreshToken).want(t, http.StatusOK).json(t)
			if second["refresh_token"] == first.RefreshToken || second["access_token"] == first.AccessToken {
				t.Fatal("the tokens did not change")
			}
			w.clock.advance(tt.after)
			reuse := w.refresh("crm", first.RefreshToken)
			if !tt.ends {
				reuse.want(t, http.StatusOK)
				w.refresh("crm", second["refresh_token"].(string)).want(t, http.StatusOK)
				return
			}
			wantError(t, reuse, http.StatusBadRequest, "invalid_grant")
			wantError(t, w.refresh("crm", second["refresh_token"].(string)), http.StatusBadRequest, "invalid_grant")
			if got := w.me("crm", second["access_token"].(string)); got != http.StatusUnauthorized {
				t.Errorf("me answered %d after the grant ended", got)
			}
		})
	}
}

func TestRefreshCanAskForLess(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North")
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {ClientID}, "refresh_token": {token.RefreshToken}, "scope": {"account.read"}}
	less := w.postForm("/crm/token", form).want(t, http.StatusOK).json(t)
	if less["scope"] != "account.read" {
		t.Fatalf("granted %v", less["scope"])
	}
	wantError(t, w.call(http.MethodGet, "/crm/api/contacts", less["access_token"].(string), nil), http.StatusForbidden, "insufficient_scope")
	again := w.refresh("crm", less["refresh_token"].(string)).want(t, http.StatusOK).json(t)
	w.call(http.MethodGet, "/crm/api/contacts", again["access_token"].(string), nil).want(t, http.StatusOK)
	form.Set("refresh_token", again["refresh_token"].(string))
	form.Set("scope", "account.read more")
	wantError(t, w.postForm("/crm/token", form), http.StatusBadRequest, "invalid_scope")
}

func TestAccessTokenExpires(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North")
	w.clock.advance(accessLifetime - time.Second)
	if got := w.me("crm", token.AccessToken); got != http.StatusOK {
		t.Errorf("me answered %d a second early", got)
	}
	w.clock.advance(time.Second)
	if got := w.me("crm", token.AccessToken); got != http.StatusUnauthorized {
		t.Errorf("me answered %d at the end", got)
	}
	w.refresh("crm", token.RefreshToken).want(t, http.StatusOK)
}

func TestRevoke(t *testing.T) {
	revoke := func(w *world, token, hint string) {
		form := url.Values{"client_id": {ClientID}, "token": {token}}
		if hint != "" {
			form.Set("token_type_hint", hint)
		}
		w.postForm("/crm/revoke", form).want(w.T, http.StatusOK)
	}
	tests := []struct {
		name, hint       string
		refreshToken     bool
		access, refreshd int // what still works afterwards
	}{
		{"a refresh token takes all", "refresh_token", true, 401, 400},
		{"a refresh token without a hint", "", true, 401, 400},
		{"a refresh token with the wrong hint", "access_token", true, 401, 400},
		{"an access token takes itself", "access_token", false, 401, 200},
		{"an access token without a hint", "", false, 401, 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			token := w.connect("crm", "Acme North")
			other := w.connect("crm", "Acme North")
			if tt.refreshToken {
				revoke(w, token.RefreshToken, tt.hint)
			} else {
				revoke(w, token.AccessToken, tt.hint)
			}
			if got := w.me("crm", token.AccessToken); got != tt.access {
				t.Errorf("me answered %d, want %d", got, tt.access)
			}
			w.refresh("crm", token.RefreshToken).want(t, tt.refreshd)
			if got := w.me("crm", other.AccessToken); got != http.StatusOK {
				t.Errorf("another grant of the account answered %d", got)
			}
		})
	}
	w := newWorld(t)
	revoke(w, "nonsense", "")
	wantError(t, w.postForm("/crm/revoke", url.Values{"token": {"x"}, "client_id": {"other"}}), http.StatusUnauthorized, "invalid_client")
}
