package oauthtest

import (
	"net"
	"net/http"
	"net/url"
	"slices"
)

// sign is the authorization endpoint with a person who decides at once.
func (s *Server) sign(w http.ResponseWriter, r *http.Request) {
	q := r.Form
	if q.Has("request_uri") {
		if q = s.takePushed(q.Get("request_uri"), q.Get("client_id")); q == nil {
			http.Error(w, "unknown request_uri", http.StatusBadRequest)
			return
		}
	}
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || !loopback(back) && !slices.Contains(s.Pages, back.String()) || !s.known(q.Get("client_id")) {
		http.Error(w, "unknown client or redirect", http.StatusBadRequest)
		return
	}
	answer := url.Values{"state": {q.Get("state")}}
	if s.SendIss {
		answer.Set("iss", s.Issuer)
	}
	switch {
	case q.Get("response_type") != "code":
		answer.Set("error", "unsupported_response_type")
	case !s.IgnorePKCE && (q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256"):
		answer.Set("error", "invalid_request")
	case s.Decline:
		answer.Set("error", "access_denied")
	default:
		answer.Set("code", s.issueCode(q))
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func (s *Server) known(client string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, registered := s.clients[client]
	return client == s.ClientID || registered
}

func (s *Server) issueCode(q url.Values) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := fresh("code")
	s.codes[code] = &grant{
		client: q.Get("client_id"), redirect: q.Get("redirect_uri"),
		challenge: q.Get("code_challenge"), scope: q.Get("scope"),
	}
	return code
}

func (s *Server) push(w http.ResponseWriter, r *http.Request) {
	if !s.authenticated(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	uri := fresh("urn:ietf:params:oauth:request_uri")
	s.pushed[uri] = r.Form
	writeJSON(w, http.StatusCreated, map[string]any{"request_uri": uri, "expires_in": 60})
}

func (s *Server) takePushed(uri, client string) url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.pushed[uri]
	delete(s.pushed, uri)
	if q.Get("client_id") != client {
		return nil
	}
	return q
}

// ForgetPushed makes every pushed request expire.
func (s *Server) ForgetPushed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.pushed)
}
