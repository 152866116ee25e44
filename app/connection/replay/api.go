package replay

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Bearer reads a bearer token.
func Bearer(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return token
}

// Header returns how to read a token that stands in a header by itself.
func Header(name string) func(*http.Request) string {
	return func(r *http.Request) string { return r.Header.Get(name) }
}

// OAuthWord reads a token behind the word OAuth, as before RFC 6750.
func OAuthWord(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth ")
	return token
}

// Password reads a token that is the password of a basic header.
func Password(r *http.Request) string {
	_, password, _ := r.BasicAuth()
	return password
}

// call serves the provider's API.
func (s *Server) call(w http.ResponseWriter, r *http.Request, address string) {
	for _, c := range s.API {
		if c.Request == r.Method+" "+address {
			s.answer(w, r, c)
			return
		}
	}
	s.refuse("api: there is no %s %s", r.Method, address)
	http.NotFound(w, r)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, c Call) {
	read := c.Token
	if read == nil {
		read = Bearer
	}
	token := read(r)
	if !s.works(s.access[token]) && (s.Key == "" || token != s.Key) {
		s.refuse("api: a token that does not work at %s", c.Request)
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		writeJSON(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
		return
	}
	body, _ := io.ReadAll(r.Body)
	headers := url.Values{}
	for name := range c.Headers {
		headers.Set(name, r.Header.Get(name))
	}
	if name := lacks(headers, c.Headers); name != "" || !bytes.Contains(body, []byte(c.Body)) {
		s.refuse("api: %s lacks the header %s or the body %s", c.Request, name, c.Body)
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": "bad_request"})
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, c.Answer)
}

// revoke ends the grant of a token.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	sent, wrong := s.toRevoke(r)
	if wrong != "" {
		s.refuse("revoke: %s", wrong)
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	for access, t := range s.access {
		t.ended = t.ended || access == sent || s.Revoke.Whole != ""
	}
	if g := s.refresh[sent]; g != nil {
		g.ended = true
	}
	writeJSON(w, http.StatusOK, map[string]any{"ok": true})
}

// toRevoke reads which token a revocation is about.
func (s *Server) toRevoke(r *http.Request) (token, wrong string) {
	if s.Revoke.Auth == "bearer" {
		if token = Bearer(r); !s.works(s.access[token]) {
			return "", "the access token does not work"
		}
		return token, ""
	}
	body, _ := io.ReadAll(r.Body)
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return "", "a body that is no form"
	}
	token = form.Get("token")
	if s.Revoke.JSON != "" {
		members := map[string]string{}
		if json.Unmarshal(body, &members) != nil {
			return "", "a body that is no JSON"
		}
		token = members[s.Revoke.JSON]
	}
	if s.Revoke.Whole != "" {
		token = form.Get(s.Revoke.Whole)
	}
	_, _, basic := r.BasicAuth()
	switch {
	case s.Revoke.Auth == "basic" && !basic, s.Revoke.Auth != "" && s.shown(r, form) == "":
		return "", "the client did not show itself as it must"
	case token == "":
		return "", "no token"
	}
	return token, ""
}
