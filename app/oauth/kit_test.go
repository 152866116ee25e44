package oauth_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

// protocolWith returns a protocol that may speak http with loopback.
func protocolWith(o oauth.Options) *oauth.Protocol {
	o.AllowHTTP = func(host string) bool { return strings.HasPrefix(host, "127.0.0.1:") }
	return oauth.New(o)
}

func providerOf(s *oauthtest.Server) oauth.Provider {
	return oauth.Provider{
		Issuer: s.Issuer, Authorization: s.URL + oauthtest.Sign, Token: s.URL + oauthtest.Token,
		Revocation: s.URL + oauthtest.Revoke, Device: s.URL + oauthtest.Device,
		Registration: s.URL + oauthtest.Register, PushedAuthorization: s.URL + oauthtest.Push,
		Hosts: []string{s.Host()},
	}
}

func clientOf(s *oauthtest.Server) oauth.Client {
	return oauth.Client{ID: s.ClientID, Secret: oauth.Secret(s.ClientSecret), Auth: oauth.ClientAuth(s.Auth)}
}

// begun starts an attempt with server s and closes it with the test.
func begun(t *testing.T, s *oauthtest.Server, change ...func(*oauth.Provider)) *oauth.Attempt {
	t.Helper()
	return begunWith(t, protocolWith(oauth.Options{}), s, change...)
}

func begunWith(t *testing.T, p *oauth.Protocol, s *oauthtest.Server, change ...func(*oauth.Provider)) *oauth.Attempt {
	t.Helper()
	pr := providerOf(s)
	for _, c := range change {
		c(&pr)
	}
	a, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{Scopes: []string{"read", "write"}})
	if err != nil {
		t.Fatalf("Begin: %v", err)
	}
	t.Cleanup(a.Close)
	return a
}

// page is what a browser got.
type page struct {
	status int
	header http.Header
	body   string
}

// visit does what a browser's window does, without following redirects.
func visit(t *testing.T, address string, headers ...string) page {
	t.Helper()
	p, err := tryVisit(address, headers...)
	if err != nil {
		t.Fatalf("visit: %v", err)
	}
	return p
}

func tryVisit(address string, headers ...string) (page, error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return page{}, err
	}
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	req.Header.Set("Sec-Fetch-Dest", "document")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if err != nil {
		return page{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header, string(body)}, err
}

// approve signs in at the provider and returns the address it sends back to.
func approve(t *testing.T, a *oauth.Attempt) string {
	t.Helper()
	p := visit(t, a.URL())
	if p.status != http.StatusFound {
		t.Fatalf("the provider answered %d: %s", p.status, p.body)
	}
	return p.header.Get("Location")
}

// answering returns the redirect URI with the attempt's state and more values.
func answering(a *oauth.Attempt, pairs ...string) string {
	values := url.Values{"state": {stateOf(a)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return a.RedirectURI() + "?" + values.Encode()
}

func stateOf(a *oauth.Attempt) string {
	u, _ := url.Parse(a.URL())
	return u.Query().Get("state")
}

func mustWait(t *testing.T, a *oauth.Attempt) oauth.Grant {
	t.Helper()
	g, err := a.Wait(deadline(t))
	if err != nil {
		t.Fatalf("Wait: %v", err)
	}
	return g
}

// deadline bounds a wait that should be short, so that a mistake fails a test
// rather than hangs it.
func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// wantError checks kind and fault code.
func wantError(t *testing.T, err error, kind oauth.Kind, code fault.Code) {
	t.Helper()
	if oauth.ErrorKind(err) != kind || fault.CodeOf(err) != code {
		t.Errorf("got kind %q, code %q (%v), want %q, %q", oauth.ErrorKind(err), fault.CodeOf(err), err, kind, code)
	}
}

// stillOpen checks that the real answer still gets through.
func stillOpen(t *testing.T, s *oauthtest.Server, a *oauth.Attempt) {
	t.Helper()
	if p := visit(t, approve(t, a)); p.status != http.StatusOK {
		t.Errorf("the real answer got %d", p.status)
	}
	if g := mustWait(t, a); !s.Alive(g.AccessToken.Reveal()) {
		t.Error("the real answer brought no working token")
	}
}

func wantRequests(t *testing.T, s *oauthtest.Server, endpoint string, want int) {
	t.Helper()
	if got := len(s.Seen(endpoint)); got != want {
		t.Errorf("%s got %d requests, want %d", endpoint, got, want)
	}
}

func contextWithCancel(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithCancel(t.Context())
}

func replaceSelf(text, self string) string { return strings.ReplaceAll(text, "SELF", self) }
