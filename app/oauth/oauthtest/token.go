package oauthtest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
)

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if !s.authenticated(w, r) {
		return
	}
	switch r.Form.Get("grant_type") {
	case "authorization_code":
		s.redeem(w, r.Form)
	case "refresh_token":
		s.rotate(w, r.Form)
	case "urn:ietf:params:oauth:grant-type:device_code":
		s.poll(w, r.Form)
	default:
		refuse(w, http.StatusBadRequest, "unsupported_grant_type")
	}
}

// authenticated holds the client to the one way that was agreed.
func (s *Server) authenticated(w http.ResponseWriter, r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	posted := r.Form.Get("client_secret")
	sent := map[string]bool{
		"none":  !basic && posted == "" && s.known(r.Form.Get("client_id")),
		"basic": basic && posted == "" && id == s.ClientID && secret == s.ClientSecret,
		"post":  !basic && r.Form.Get("client_id") == s.ClientID && posted == s.ClientSecret,
	}
	if !sent[s.Auth] {
		refuse(w, http.StatusUnauthorized, "invalid_client")
	}
	return sent[s.Auth]
}

func (s *Server) redeem(w http.ResponseWriter, form url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.codes[form.Get("code")]
	switch {
	case g == nil || g.dead, g.redirect != form.Get("redirect_uri"), !s.IgnorePKCE && !matches(g, form.Get("code_verifier")):
		refuse(w, http.StatusBadRequest, "invalid_grant")
	case g.used:
		g.dead = true
		refuse(w, http.StatusBadRequest, "invalid_grant")
	default:
		g.used = true
		s.give(w, g)
	}
}

// matches holds RFC 7636 §4.1 and §4.6.
func matches(g *grant, verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return len(verifier) >= 43 && len(verifier) <= 128 && base64.RawURLEncoding.EncodeToString(sum[:]) == g.challenge
}

func (s *Server) rotate(w http.ResponseWriter, form url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := form.Get("refresh_token")
	if g := s.spent[old]; g != nil {
		g.dead = true
	}
	g := s.tokens[old]
	if g == nil || g.dead {
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	delete(s.tokens, old)
	s.spent[old] = g
	s.give(w, g)
}

// give issues tokens for a grant; the caller holds the lock.
func (s *Server) give(w http.ResponseWriter, g *grant) {
	access, refresh := fresh("access"), fresh("refresh")
	s.access[access], s.tokens[refresh] = g, g
	answer := map[string]any{
		"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 3600,
	}
	if g.scope != "" {
		answer["scope"] = g.scope
	}
	writeJSON(w, http.StatusOK, answer)
}

func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	if !s.authenticated(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	token := r.Form.Get("token")
	for _, live := range []map[string]*grant{s.access, s.tokens} {
		if g := live[token]; g != nil {
			g.dead = true
		}
	}
	w.WriteHeader(http.StatusOK)
}
