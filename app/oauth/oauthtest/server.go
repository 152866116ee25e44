// Package oauthtest is an authorization server for tests: strict where a good one
// is strict, and broken in any way a test asks for.
//
// By itself it holds clients to the letter: S256 with a matching verifier, the
// very redirect URI of the request, codes that work once (a second use ends the
// grant), refresh tokens that rotate (a second use ends the grant), the client
// authentication that was agreed. [Server.Next] puts any other answer in place
// of the next one of an endpoint, and [Server.Seen] tells what was sent there.
package oauthtest

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// The endpoints, which are also their paths.
const (
	Metadata = "/.well-known/oauth-authorization-server"
	OpenID   = "/.well-known/openid-configuration"
	Sign     = "/authorize"
	Token    = "/token"
	Revoke   = "/revoke"
	Push     = "/par"
	Register = "/register"
	Manage   = "/register/client"
	Device   = "/device"
)

// Server is one authorization server on loopback. Its settings may be changed
// before the first request.
type Server struct {
	*httptest.Server
	// ClientID and ClientSecret are the client that is known from the start;
	// Auth is how it must show itself: "none", "basic" or "post".
	ClientID, ClientSecret, Auth string
	// Pages are redirect addresses that are taken beside those of this machine.
	Pages []string
	// Issuer is what metadata and iss say; New sets it to the server's URL.
	Issuer string
	// SendIss adds iss to authorization answers.
	SendIss bool
	// IgnorePKCE accepts any verifier, as servers without PKCE do.
	IgnorePKCE bool
	// Decline makes the person say no.
	Decline bool
	// Describe is added to the metadata, and replaces what it names.
	Describe map[string]any

	mu      sync.Mutex
	next    map[string][]http.HandlerFunc
	seen    map[string][]Request
	codes   map[string]*grant
	tokens  map[string]*grant // live refresh tokens
	spent   map[string]*grant // used refresh tokens
	access  map[string]*grant
	pushed  map[string]url.Values
	devices map[string]string // device code to "pending", "approved" or "denied"
	clients map[string]string // registered client to its registration token
}

// grant is what one approval led to.
type grant struct {
	client, redirect, challenge, scope string
	used, dead                         bool
}

// Request is what an endpoint was sent. Form holds a JSON body's members too.
type Request struct {
	Method string
	Header http.Header
	Form   url.Values
	Body   string
}

// New starts a server on plain http that ends with the test.
func New(t testing.TB) *Server { return start(t, httptest.NewServer) }

// NewTLS starts a server on https; its Client trusts it.
func NewTLS(t testing.TB) *Server { return start(t, httptest.NewTLSServer) }

func start(t testing.TB, listen func(http.Handler) *httptest.Server) *Server {
	s := &Server{
		ClientID: "patchbay", Auth: "none",
		next: map[string][]http.HandlerFunc{}, seen: map[string][]Request{},
		codes: map[string]*grant{}, tokens: map[string]*grant{}, spent: map[string]*grant{},
		access: map[string]*grant{}, pushed: map[string]url.Values{}, devices: map[string]string{},
		clients: map[string]string{},
	}
	s.Server = listen(http.HandlerFunc(s.route))
	s.Issuer = s.URL
	t.Cleanup(s.Server.Close)
	return s
}

// Host returns the server's host with its port.
func (s *Server) Host() string {
	u, _ := url.Parse(s.URL)
	return u.Host
}

// Next puts answers in place of the next ones of an endpoint, in order.
func (s *Server) Next(endpoint string, answers ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next[endpoint] = append(s.next[endpoint], answers...)
}

// Seen returns what an endpoint was sent, oldest first.
func (s *Server) Seen(endpoint string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.seen[endpoint]...)
}

// Alive reports whether a token that this server gave still works.
func (s *Server) Alive(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, live := range []map[string]*grant{s.access, s.tokens} {
		if g := live[token]; g != nil && !g.dead {
			return true
		}
	}
	return false
}

func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	r.Form = s.note(r)
	if answer := s.replacement(r.URL.Path); answer != nil {
		answer(w, r)
		return
	}
	handlers := map[string]http.HandlerFunc{
		Metadata: s.metadata, Sign: s.sign, Token: s.token, Revoke: s.revoke, Push: s.push,
		Register: s.register, Manage: s.manage, Device: s.device,
	}
	if handler := handlers[r.URL.Path]; handler != nil {
		handler(w, r)
		return
	}
	http.NotFound(w, r)
}

func (s *Server) replacement(endpoint string) http.HandlerFunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.next[endpoint]) == 0 {
		return nil
	}
	answer := s.next[endpoint][0]
	s.next[endpoint] = s.next[endpoint][1:]
	return answer
}

func (s *Server) note(r *http.Request) url.Values {
	body, _ := io.ReadAll(r.Body)
	form := r.URL.Query()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		members := map[string]any{}
		_ = json.Unmarshal(body, &members)
		for name, value := range members {
			if s, ok := value.(string); ok {
				form.Set(name, s)
			}
		}
	} else if sent, err := url.ParseQuery(string(body)); err == nil {
		maps.Copy(form, sent)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[r.URL.Path] = append(s.seen[r.URL.Path], Request{r.Method, r.Header.Clone(), form, string(body)})
	return form
}

func (s *Server) metadata(w http.ResponseWriter, _ *http.Request) {
	document := map[string]any{
		"issuer": s.Issuer, "authorization_endpoint": s.URL + Sign, "token_endpoint": s.URL + Token,
		"revocation_endpoint": s.URL + Revoke, "registration_endpoint": s.URL + Register,
		"device_authorization_endpoint":                  s.URL + Device,
		"pushed_authorization_request_endpoint":          s.URL + Push,
		"code_challenge_methods_supported":               []string{"S256"},
		"token_endpoint_auth_methods_supported":          []string{"none", "client_secret_basic", "client_secret_post"},
		"authorization_response_iss_parameter_supported": s.SendIss,
	}
	maps.Copy(document, s.Describe)
	for name, value := range document {
		if value == nil {
			delete(document, name)
		}
	}
	writeJSON(w, http.StatusOK, document)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status int, code string) {
	writeJSON(w, status, map[string]any{"error": code})
}

func fresh(kind string) string { return kind + "-" + rand.Text() }
