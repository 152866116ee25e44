package sandbox

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"
)

const (
	accessLifetime = 10 * time.Minute
	// leeway is how long a replaced refresh token still works, for the client
	// that never got the answer with the new one.
	leeway = time.Minute
	// keptSpent bounds the replaced refresh tokens that a grant remembers in
	// order to know a reuse when it sees one.
	keptSpent  = 50
	keptGrants = 500 // of one app; the oldest goes
)

// grant is one "yes" on a consent page: what a client may do in an account.
type grant struct {
	ID       string         `json:"id"`
	Client   string         `json:"client"`
	Account  string         `json:"account"`
	Scopes   []string       `json:"scopes"`
	Dropped  []string       `json:"dropped,omitempty"` // granted once, taken away on the control page
	Since    time.Time      `json:"since"`
	LastUsed time.Time      `json:"last_used,omitzero"`
	Access   []accessToken  `json:"access"`
	Refresh  []refreshToken `json:"refresh"`
}

type accessToken struct {
	Hash    string    `json:"hash"`
	Scopes  []string  `json:"scopes"` // asked for; the grant's own still bind
	Expires time.Time `json:"expires"`
}

type refreshToken struct {
	Hash  string    `json:"hash"`
	Spent time.Time `json:"spent,omitzero"` // zero while it has not been used
}

// tokens are what a client receives. They exist in clear only on the way to it.
type tokens struct {
	access  string
	refresh string
	expires time.Time
	scopes  []string
}

var (
	errUnknownToken = errors.New("unknown token")
	errReused       = errors.New("refresh token used before; the grant has been ended")
)

// hash turns a token into what may be kept of it. The tokens have 130 random
// bits or more, so that a plain hash cannot be guessed back.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func newToken(prefix string) string { return prefix + rand.Text() }

// newGrant records a consent and returns its first tokens.
func (as *appState) newGrant(client, account string, scopes []string, now time.Time) (*grant, tokens) {
	g := &grant{ID: newToken("gr_"), Client: client, Account: account, Scopes: slices.Clone(scopes), Since: now.UTC()}
	as.Grants = append(as.Grants, g)
	if len(as.Grants) > keptGrants {
		as.Grants = slices.Delete(as.Grants, 0, len(as.Grants)-keptGrants)
	}
	return g, g.issue(g.Scopes, now)
}

func (g *grant) issue(scopes []string, now time.Time) tokens {
	t := tokens{access: newToken("sbxa_"), refresh: newToken("sbxr_"), expires: now.Add(accessLifetime).UTC(), scopes: g.effective(scopes)}
	g.Access = slices.DeleteFunc(g.Access, func(a accessToken) bool { return !now.Before(a.Expires) })
	g.Access = append(g.Access, accessToken{Hash: hash(t.access), Scopes: slices.Clone(scopes), Expires: t.expires})
	g.Refresh = append(g.Refresh, refreshToken{Hash: hash(t.refresh)})
	if len(g.Refresh) > keptSpent {
		g.Refresh = slices.Delete(g.Refresh, 0, len(g.Refresh)-keptSpent)
	}
	return t
}

// effective returns those of scopes that the grant still holds.
func (g *grant) effective(scopes []string) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return !slices.Contains(g.Scopes, s) })
}

func (as *appState) byRefresh(token string) (*grant, int) {
	h := hash(token)
	for _, g := range as.Grants {
		if i := slices.IndexFunc(g.Refresh, func(r refreshToken) bool { return r.Hash == h }); i >= 0 {
			return g, i
		}
	}
	return nil, -1
}

// byAccess also finds tokens that have expired; the caller compares the time.
func (as *appState) byAccess(token string) (*grant, *accessToken) {
	h := hash(token)
	for _, g := range as.Grants {
		if i := slices.IndexFunc(g.Access, func(a accessToken) bool { return a.Hash == h }); i >= 0 {
			return g, &g.Access[i]
		}
	}
	return nil, nil
}

// isSpent reports whether using r now is a reuse that must end its grant.
func (r refreshToken) isSpent(strict bool, now time.Time) bool {
	return !r.Spent.IsZero() && (strict || now.Sub(r.Spent) > leeway)
}

// rotate trades a refresh token for new tokens. A reuse ends the grant; the
// caller must keep that change although it gets an error.
func (as *appState) rotate(token string, scopes []string, now time.Time) (tokens, error) {
	g, i := as.byRefresh(token)
	if g == nil {
		return tokens{}, errUnknownToken
	}
	if g.Refresh[i].isSpent(as.Faults.RotateStrictly, now) {
		as.end(g.ID)
		return tokens{}, errReused
	}
	for j := range g.Refresh {
		if g.Refresh[j].Spent.IsZero() {
			g.Refresh[j].Spent = now.UTC()
		}
	}
	return g.issue(scopes, now), nil
}

// end revokes the grants with the id, or all if it is empty, and says how many.
func (as *appState) end(id string) int {
	before := len(as.Grants)
	as.Grants = slices.DeleteFunc(as.Grants, func(g *grant) bool { return id == "" || g.ID == id })
	return before - len(as.Grants)
}

// revokeToken does RFC 7009: a refresh token takes its grant with it, an access
// token only itself, an unknown token is none of our business.
func (as *appState) revokeToken(token string) {
	if g, _ := as.byRefresh(token); g != nil {
		as.end(g.ID)
		return
	}
	if g, a := as.byAccess(token); g != nil {
		h := a.Hash
		g.Access = slices.DeleteFunc(g.Access, func(t accessToken) bool { return t.Hash == h })
	}
}

func (g *grant) expire() { g.Access = nil }

func (g *grant) drop(scope string) bool {
	i := slices.Index(g.Scopes, scope)
	if i < 0 {
		return false
	}
	g.Scopes = slices.Delete(g.Scopes, i, i+1)
	g.Dropped = append(g.Dropped, scope)
	return true
}

// mend takes back the faults and the dropped scopes. What was revoked stays so:
// only a new sign-in brings a grant back, as at any provider.
func (as *appState) mend() {
	as.Faults = Faults{}
	for _, g := range as.Grants {
		g.Scopes = append(g.Scopes, g.Dropped...)
		g.Dropped = nil
	}
}
