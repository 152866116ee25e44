package replay

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// form reads a request's body as the endpoint does, or says what is wrong.
func (s *Server) form(r *http.Request) (values url.Values, wrong string) {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, _ := io.ReadAll(r.Body)
	kind := map[string]string{"application/json": "json", "application/x-www-form-urlencoded": "form"}[media]
	takes := s.Body
	if len(takes) == 0 {
		takes = []string{"form"}
	}
	if r.Method != http.MethodPost || !slices.Contains(takes, kind) {
		return nil, "method or kind of body"
	}
	if kind == "form" {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, "a body that is no form"
		}
		return values, ""
	}
	members := map[string]string{}
	if json.Unmarshal(body, &members) != nil {
		return nil, "a body that is no JSON object of texts"
	}
	values = url.Values{}
	for name, value := range members {
		values.Set(name, value)
	}
	return values, ""
}

// shown returns how the client shows itself, or "" when it does so wrongly.
func (s *Server) shown(r *http.Request, form url.Values) string {
	id, secret, basic := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	how := "none"
	switch {
	case basic && form.Get("client_secret") != "":
		return ""
	case basic:
		how = "basic"
	case form.Get("client_secret") != "":
		how, id, secret = "post", form.Get("client_id"), form.Get("client_secret")
	default:
		id = form.Get("client_id")
	}
	if id != ClientID || secret != s.Secret && how != "none" || !slices.Contains(s.Auth, how) {
		return ""
	}
	return how
}

func (s *Server) serveToken(w http.ResponseWriter, r *http.Request, address string) {
	form, wrong := s.form(r)
	if wrong != "" {
		s.deny(w, "invalid_request", wrong)
		return
	}
	if s.shown(r, form) == "" {
		s.deny(w, "invalid_client", "the client did not show itself as it must")
		return
	}
	renewing := form.Get("grant_type") == "refresh_token"
	if s.Refresh != "" && renewing != (address == s.Refresh) {
		s.deny(w, "unsupported_grant_type", "asked at the other address")
		return
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		s.redeem(w, form)
	case "refresh_token":
		s.renew(w, form)
	case "urn:ietf:params:oauth:grant-type:device_code":
		s.poll(w, form)
	default:
		s.deny(w, "unsupported_grant_type", "grant_type")
	}
}

func (s *Server) deny(w http.ResponseWriter, code, why string) {
	s.refuse("token: %s: %s", code, why)
	s.say(w, code)
}

// say answers with an error in the provider's way.
func (s *Server) say(w http.ResponseWriter, code string) {
	status, body := http.StatusBadRequest, map[string]any{"error": code}
	if s.Refuse != nil {
		status, body = s.Refuse(code)
	}
	writeJSON(w, status, body)
}

func (s *Server) redeem(w http.ResponseWriter, form url.Values) {
	g := s.codes[form.Get("code")]
	switch {
	case g == nil || g.spent:
		s.deny(w, "invalid_grant", "an unknown or used code")
	case g.redirect != form.Get("redirect_uri"):
		s.deny(w, "invalid_grant", "another redirect_uri than before")
	case s.PKCE != Ignored && g.challenge != "" && !proves(form.Get("code_verifier"), g.challenge):
		s.deny(w, "invalid_grant", "the code verifier")
	case lacks(form, s.TokenNeeds) != "":
		s.deny(w, "invalid_request", "the parameter "+lacks(form, s.TokenNeeds))
	default:
		g.spent = true
		s.give(w, s.Grant, s.issueBoth(g))
	}
}

func proves(verifier, challenge string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:]) == challenge
}

func (s *Server) renew(w http.ResponseWriter, form url.Values) {
	old := form.Get("refresh_token")
	g := s.refresh[old]
	if g == nil || g.ended {
		s.deny(w, "invalid_grant", "a refresh token that does not work")
		return
	}
	s.renewals++
	issued := s.issue(g)
	if s.Rotation == Added || s.Rotation == Replaced {
		issued.Refresh = s.issueRefresh(g)
	}
	if s.Rotation == Replaced {
		delete(s.refresh, old)
	}
	shape := s.Renewal
	if shape == nil {
		shape = s.Grant
	}
	s.give(w, shape, issued)
}

func (s *Server) issue(g *grant) Issued {
	access := fresh("access")
	t := &token{grant: g}
	if s.Life > 0 {
		t.ends = s.now().Add(s.Life)
	}
	s.access[access] = t
	return Issued{Access: access, Scope: g.scope, Life: s.Life}
}

// issueBoth issues what a new grant starts with.
func (s *Server) issueBoth(g *grant) Issued {
	issued := s.issue(g)
	if g.offline {
		issued.Refresh = s.issueRefresh(g)
	}
	return issued
}

func (s *Server) issueRefresh(g *grant) string {
	refresh := fresh("refresh")
	s.refresh[refresh] = g
	return refresh
}

// give answers with tokens, in the provider's shape.
func (s *Server) give(w http.ResponseWriter, shape func(Issued) map[string]any, issued Issued) {
	if shape == nil {
		shape = Standard
	}
	writeJSON(w, http.StatusOK, shape(issued))
}

// Standard is the answer of RFC 6749 §5.1.
func Standard(i Issued) map[string]any {
	answer := map[string]any{"access_token": i.Access, "token_type": "Bearer"}
	if i.Life > 0 {
		answer["expires_in"] = int(i.Life / time.Second)
	}
	if i.Refresh != "" {
		answer["refresh_token"] = i.Refresh
	}
	if i.Scope != "" {
		answer["scope"] = i.Scope
	}
	return answer
}

// With is the standard answer with more members, and without those that are nil.
func With(more map[string]any) func(Issued) map[string]any {
	return func(i Issued) map[string]any {
		answer := Standard(i)
		for name, value := range more {
			answer[name] = value
			if value == nil {
				delete(answer, name)
			}
		}
		return answer
	}
}
