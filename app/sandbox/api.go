package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// api is the small API of one app. Requests carry a Bearer token in the
// Authorization header; errors are JSON with "error" and "error_description".
type api struct {
	app   *app
	store *store
	now   func() time.Time
}

// caller is who a valid token speaks for.
type caller struct {
	account Account
	scopes  []string
}

// require lets requests through whose token is valid and holds scope, and
// otherwise challenges as RFC 6750 section 3 says.
func (a *api) require(scope string, next func(http.ResponseWriter, *http.Request, caller)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		noStore(w)
		kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(kind, "Bearer") || token == "" {
			a.challenge(w, http.StatusUnauthorized, "", "send an access token in the Authorization header", "")
			return
		}
		who, ok := a.identify(strings.TrimSpace(token))
		switch {
		case !ok:
			a.challenge(w, http.StatusUnauthorized, "invalid_token", "the access token is unknown, expired or revoked", "")
		case !slices.Contains(who.scopes, scope):
			a.challenge(w, http.StatusForbidden, "insufficient_scope", "the access token lacks the scope "+scope, scope)
		default:
			next(w, r, who)
		}
	}
}

func (a *api) identify(token string) (caller, bool) {
	var who caller
	found := false
	a.store.touch(func(st *state) {
		g, t := st.Apps[a.app.slug].byAccess(token)
		if g == nil || !a.now().Before(t.Expires) {
			return
		}
		g.LastUsed = a.now().UTC()
		who.scopes = a.app.inOrder(g.effective(t.Scopes))
		who.account, found = a.app.account(g.Account)
	})
	return who, found
}

func (a *api) challenge(w http.ResponseWriter, status int, code, message, scope string) {
	header := fmt.Sprintf("Bearer realm=%q", a.app.name)
	if code != "" {
		header += fmt.Sprintf(", error=%q, error_description=%q", code, message)
	}
	if scope != "" {
		header += fmt.Sprintf(", scope=%q", scope)
	}
	w.Header().Set("WWW-Authenticate", header)
	if code == "" {
		code = "invalid_request"
	}
	writeError(w, status, code, message)
}

// me says which account the token belongs to; it is what a probe asks.
func (a *api) me(w http.ResponseWriter, _ *http.Request, who caller) {
	writeJSON(w, http.StatusOK, map[string]any{
		"id": who.account.ID, "name": who.account.Name, "email": who.account.Email,
		"app": a.app.slug, "scopes": who.scopes,
	})
}

// routes adds the API below prefix to mux, each handler wrapped by guard.
func (a *api) routes(mux *http.ServeMux, prefix string, guard func(http.HandlerFunc) http.HandlerFunc) {
	handle := func(pattern, scope string, next func(http.ResponseWriter, *http.Request, caller)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+prefix+path, guard(a.require(scope, next)))
	}
	handle("GET /me", scopeAccount, a.me)
	for _, c := range a.app.collections {
		handle("GET /"+c.name, c.read, a.list(c))
		handle("GET /"+c.name+"/{id}", c.read, a.one(c))
		if c.write != "" {
			handle("POST /"+c.name, c.write, a.create(c))
			handle("PATCH /"+c.name+"/{id}", c.write, a.change(c))
		}
	}
	mux.HandleFunc(prefix+"/", guard(func(w http.ResponseWriter, _ *http.Request) {
		writeError(w, http.StatusNotFound, "not_found", "no such method and path in this API")
	}))
}
