package crash

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"time"
)

// The client that the admin entered.
const clientID = "patchbay"

// authority is a provider that outlives the program and forgets nothing.
type authority struct {
	*httptest.Server
	clientSecret string

	mu      sync.Mutex
	signsIn string            // the account that the next sign-in is for
	codes   map[string]*code  // by code
	tokens  map[string]token  // by refresh and access token, all that ever were
	grants  map[string]*grant // by account, the latest
	secrets []string          // everything that must stay secret
}

type code struct {
	account, challenge, redirect string
	used                         bool
}

// grant is what one sign-in led to. Its generation grows with every renewal.
type grant struct {
	account    string
	generation int
	alive      bool
	used       bool // for a call of the API
	// proven is the generation that the program is known to hold: it has used it,
	// or has said that a renewal was done.
	proven int
	// interrupted: it ended because the program, after a kill, used a token again
	// whose successor it cannot have known.
	interrupted bool
}

type token struct {
	*grant
	generation int
}

func newProvider() *authority {
	p := &authority{codes: map[string]*code{}, tokens: map[string]token{}, grants: map[string]*grant{}}
	p.clientSecret = p.secret("client")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("POST /revoke", p.revoke)
	mux.HandleFunc("GET /me", p.me)
	p.Server = httptest.NewUnstartedServer(p.slowly(mux))
	p.Config.ErrorLog = log.New(io.Discard, "", 0) // who is killed breaks its connections
	p.StartTLS()
	return p
}

// slowly gives a kill time to come before and after an answer was decided.
func (p *authority) slowly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(2 * time.Millisecond)
		answer := httptest.NewRecorder()
		p.mu.Lock()
		next.ServeHTTP(answer, r)
		p.mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		for name := range answer.Header() {
			w.Header().Set(name, answer.Header().Get(name))
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // who asked may be dead
	})
}

func (p *authority) secret(kind string) string {
	s := "canary-" + kind + "-" + rand.Text()
	p.secrets = append(p.secrets, s)
	return s
}

func (p *authority) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p.secrets = append(p.secrets, q.Get("state"))
	text := p.secret("code")
	p.codes[text] = &code{account: p.signsIn, challenge: q.Get("code_challenge"), redirect: q.Get("redirect_uri")}
	back := url.Values{"code": {text}, "state": {q.Get("state")}}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (p *authority) token(w http.ResponseWriter, r *http.Request) {
	switch {
	case !same(r.FormValue("client_id"), clientID) || !same(r.FormValue("client_secret"), p.clientSecret):
		refuse(w, "invalid_client")
	case r.FormValue("grant_type") == "authorization_code":
		p.exchange(w, r)
	default:
		p.rotate(w, r.FormValue("refresh_token"))
	}
}

func (p *authority) exchange(w http.ResponseWriter, r *http.Request) {
	verifier := r.FormValue("code_verifier")
	p.secrets = append(p.secrets, verifier)
	sum := sha256.Sum256([]byte(verifier))
	c := p.codes[r.FormValue("code")]
	if c == nil || c.used || c.redirect != r.FormValue("redirect_uri") ||
		!same(c.challenge, base64.RawURLEncoding.EncodeToString(sum[:])) {
		refuse(w, "invalid_grant")
		return
	}
	c.used = true
	g := &grant{account: c.account, alive: true}
	p.grants[c.account] = g
	p.give(w, g)
}

// rotate takes a refresh token once; a second use ends the grant.
func (p *authority) rotate(w http.ResponseWriter, refresh string) {
	t, ok := p.tokens[refresh]
	if !ok || !t.alive {
		refuse(w, "invalid_grant")
		return
	}
	if t.generation != t.grant.generation {
		t.alive = false
		t.interrupted = t.generation >= t.proven
		refuse(w, "invalid_grant")
		return
	}
	t.proven = t.generation
	t.grant.generation++
	p.give(w, t.grant)
}

// give hands out the tokens of the grant's generation. They live so short that
// every use renews them.
func (p *authority) give(w http.ResponseWriter, g *grant) {
	access, refresh := p.secret("access"), p.secret("refresh")
	p.tokens[access], p.tokens[refresh] = token{g, g.generation}, token{g, g.generation}
	answer(w, http.StatusOK, map[string]any{
		"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 5, "scope": "read",
	})
}

func (p *authority) revoke(w http.ResponseWriter, r *http.Request) {
	if t, ok := p.tokens[r.FormValue("token")]; ok {
		t.alive = false
	}
	w.WriteHeader(http.StatusOK)
}

func (p *authority) me(w http.ResponseWriter, r *http.Request) {
	const scheme = "Bearer "
	header := r.Header.Get("Authorization")
	if len(header) < len(scheme) {
		header = scheme
	}
	t, ok := p.tokens[header[len(scheme):]]
	if !ok || !t.alive {
		refuse(w, "invalid_token")
		return
	}
	t.proven, t.used = max(t.proven, t.generation), true
	answer(w, http.StatusOK, map[string]any{"id": t.account, "name": t.account})
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func refuse(w http.ResponseWriter, why string) {
	status := map[string]int{"invalid_token": http.StatusUnauthorized, "invalid_client": http.StatusUnauthorized}[why]
	answer(w, max(status, http.StatusBadRequest), map[string]any{"error": why})
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // into memory
}

// signIn says for whom the next sign-in is.
func (p *authority) signIn(account string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.signsIn = account
}

// standing returns how the latest grant of an account stands; none is zero.
func (p *authority) standing(account string) grant {
	p.mu.Lock()
	defer p.mu.Unlock()
	if g := p.grants[account]; g != nil {
		return *g
	}
	return grant{}
}

// holds notes that the program has said to hold a generation of an account's
// grant.
func (p *authority) holds(account string, generation int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if g := p.grants[account]; g != nil {
		g.proven = max(g.proven, generation)
	}
}

// known returns everything that must stay secret.
func (p *authority) known() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.secrets...)
}
