package replay

import (
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Register is the admin pasting a redirect address in the provider's console. It
// returns the client's id and secret, or why the console does not take it.
func (s *Server) Register(redirect string) (id, secret string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := url.Parse(redirect)
	if err != nil {
		return "", "", err
	}
	local := u.Scheme == "http" && slices.Contains(s.Redirects.Hosts, u.Hostname())
	if !local && (u.Scheme != "https" || isLoopback(u.Hostname())) {
		return "", "", fmt.Errorf("%s does not take %s as a redirect address", s.Name, redirect)
	}
	s.registered = redirect
	return ClientID, s.Secret, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// comesBack reports whether redirect is the registered address.
func (s *Server) comesBack(redirect string) bool {
	if !s.Redirects.AnyPort {
		return redirect == s.registered
	}
	u, err := url.Parse(redirect)
	want, wantErr := url.Parse(s.registered)
	return err == nil && wantErr == nil && u.Scheme == want.Scheme && u.Hostname() == want.Hostname() && u.Path == want.Path
}

// sign is the sign-in page with a person who says yes.
func (s *Server) sign(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if wrong := s.wrongSign(q); wrong != "" {
		s.refuse("sign-in: %s", wrong)
		http.Error(w, "This sign-in cannot go on.", http.StatusBadRequest)
		return
	}
	code := fresh("code")
	s.codes[code] = &grant{
		redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"), scope: q.Get(s.scopeParameter()), offline: s.offline(q),
	}
	back, _ := url.Parse(q.Get("redirect_uri"))
	answer := url.Values{"code": {code}, "state": {q.Get("state")}}
	for name, value := range s.CallbackAdds {
		answer.Set(name, value)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (s *Server) wrongSign(q url.Values) string {
	for name, values := range q {
		if len(values) > 1 {
			return name + " is there twice"
		}
	}
	switch {
	case q.Get("client_id") != ClientID:
		return "unknown client"
	case !s.comesBack(q.Get("redirect_uri")):
		return "the redirect address is not the registered one"
	case q.Get("response_type") != "code":
		return "response_type"
	case s.PKCE == Required && (q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256"):
		return "no S256 code challenge"
	}
	if name := lacks(q, s.SignNeeds); name != "" {
		return "the parameter " + name
	}
	return s.wrongScopes(q)
}

// lacks returns the first of needs that is not in q.
func lacks(q url.Values, needs map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(needs)) {
		if q.Get(name) == "" || needs[name] != "" && q.Get(name) != needs[name] {
			return name
		}
	}
	return ""
}

func (s *Server) scopeParameter() string {
	if s.Scopes.Parameter != "" {
		return s.Scopes.Parameter
	}
	return "scope"
}

func (s *Server) wrongScopes(q url.Values) string {
	if s.Scopes.Form == "" {
		return ""
	}
	separator := s.Scopes.Separator
	if separator == "" {
		separator = " "
	}
	form := regexp.MustCompile(`^(?:` + s.Scopes.Form + `)$`)
	for _, scope := range strings.Split(q.Get(s.scopeParameter()), separator) {
		if !form.MatchString(scope) {
			return fmt.Sprintf("unknown scope %q", scope)
		}
	}
	return ""
}

// offline reports whether what was asked for brings a refresh token.
func (s *Server) offline(q url.Values) bool {
	if s.Rotation == None || lacks(q, s.OfflineNeeds) != "" {
		return false
	}
	return s.OfflineScope == "" || strings.Contains(q.Get(s.scopeParameter()), s.OfflineScope)
}
