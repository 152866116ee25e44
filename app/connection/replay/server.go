package replay

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// ClientID is the id of the app that an admin made at the provider.
const ClientID = "patchbay-at-acme"

// Server plays one provider. It is safe for concurrent use.
type Server struct {
	Provider
	now  func() time.Time
	http *httptest.Server
	root *x509.CertPool

	mu         sync.Mutex
	registered string // the redirect address that the admin pasted
	codes      map[string]*grant
	devices    map[string]*grant
	refresh    map[string]*grant
	access     map[string]*token
	renewals   int
	refused    []string
}

// grant is what one sign-in led to.
type grant struct {
	redirect, challenge, scope string
	offline                    bool // a refresh token goes with it
	asked                      int  // how often a device asked
	spent, ended               bool
}

type token struct {
	*grant
	ends time.Time
}

// Start plays p until the test ends, by the clock now.
func Start(t testing.TB, p Provider, now func() time.Time) *Server {
	s := &Server{
		Provider: p, now: now, codes: map[string]*grant{}, devices: map[string]*grant{},
		refresh: map[string]*grant{}, access: map[string]*token{},
	}
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.route))
	authority := newAuthority(t)
	s.root = authority.pool
	s.http.TLS = &tls.Config{GetCertificate: authority.certify}
	s.http.StartTLS()
	t.Cleanup(s.http.Close)
	return s
}

// Transport leads every host to the server, and this machine's own to themselves.
func (s *Server) Transport() *http.Transport {
	var dialer net.Dialer
	return &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: s.root},
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if host, _, _ := net.SplitHostPort(address); host != "127.0.0.1" && host != "localhost" {
				address = s.http.Listener.Addr().String()
			}
			return dialer.DialContext(ctx, network, address)
		},
	}
}

// route answers a request by its host and path.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	address := r.Host + r.URL.Path
	switch {
	case address == s.Sign:
		s.sign(w, r)
	case address == s.Device:
		s.startDevice(w, r)
	case address == s.Token || address == s.Refresh:
		s.serveToken(w, r, address)
	case s.Revoke != nil && address == s.Revoke.URL && r.Method == s.Revoke.Method:
		s.revoke(w, r)
	default:
		s.call(w, r, address)
	}
}

// refuse notes why, which a real provider would hardly say.
func (s *Server) refuse(format string, args ...any) {
	s.refused = append(s.refused, fmt.Sprintf(format, args...))
}

// Refused lists what was wrong with the requests that were refused.
func (s *Server) Refused() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.refused...)
}

// Renewals counts the refresh tokens that were used.
func (s *Server) Renewals() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.renewals
}

// Alive reports whether any token still works.
func (s *Server) Alive() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.refresh {
		if !g.ended {
			return true
		}
	}
	for _, t := range s.access {
		if s.works(t) {
			return true
		}
	}
	return false
}

func (s *Server) works(t *token) bool {
	return t != nil && !t.ended && (t.ends.IsZero() || s.now().Before(t.ends))
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func fresh(kind string) string { return kind + rand.Text() }
