package oauth_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestDiscover(t *testing.T) {
	s := oauthtest.New(t)
	s.SendIss = true
	s.Describe = map[string]any{
		"require_pushed_authorization_requests": true,
		"token_endpoint":                        "https://tokens.example.com/t",
	}
	pr, err := oauth.New(oauth.Options{AllowHTTP: func(h string) bool { return h == s.Host() }}).Discover(t.Context(), s.Issuer)
	if err != nil {
		t.Fatal(err)
	}
	if !pr.Discovered || !pr.IssAdvertised || !pr.RequirePAR || !slices.Contains(pr.ChallengeMethods, "S256") {
		t.Errorf("got %+v", pr)
	}
	if pr.Issuer != s.Issuer || pr.Token != "https://tokens.example.com/t" || pr.Device != s.URL+oauthtest.Device {
		t.Errorf("got %+v", pr)
	}
	if !slices.Equal(pr.Hosts, []string{s.Host(), "tokens.example.com"}) {
		t.Errorf("Hosts = %q", pr.Hosts)
	}
}

func TestDiscoverLooksInThreePlaces(t *testing.T) {
	var asked []string
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		if r.URL.Path == "/.well-known/openid-configuration/tenant" {
			oauthtest.JSON(`{"issuer":"`+s.URL+`/tenant","token_endpoint":"`+s.URL+`/t"}`)(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	defer s.Close()
	pr, err := protocolWith(oauth.Options{}).Discover(t.Context(), s.URL+"/tenant")
	if err != nil || pr.Token != s.URL+"/t" {
		t.Errorf("got %+v, %v", pr, err)
	}
	want := []string{
		"/.well-known/oauth-authorization-server/tenant", "/tenant/.well-known/openid-configuration",
		"/.well-known/openid-configuration/tenant",
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
}

func TestA13_MetadataOfAnotherIssuer(t *testing.T) {
	for name, issuer := range map[string]string{
		"other": "https://evil.example", "slash": "SAME/", "upper case": "UPPER",
	} {
		t.Run(name, func(t *testing.T) {
			s := oauthtest.New(t)
			said := strings.NewReplacer("SAME", s.URL, "UPPER", strings.ToUpper(s.URL)).Replace(issuer)
			s.Describe = map[string]any{"issuer": said}
			_, err := protocolWith(oauth.Options{}).Discover(t.Context(), s.URL)
			wantError(t, err, oauth.Untrusted, fault.Untrusted)
		})
	}
}

func TestA14_MetadataIsNotFollowedElsewhere(t *testing.T) {
	other := oauthtest.New(t)
	for name, location := range map[string]string{
		"another host": other.URL + oauthtest.Metadata, "http": "http://plain.example/x", "same host": "/elsewhere",
	} {
		t.Run(name, func(t *testing.T) {
			s := oauthtest.New(t)
			s.Next(oauthtest.Metadata, oauthtest.With(oauthtest.Body(302, "text/plain", ""), "Location", location))
			_, err := protocolWith(oauth.Options{}).Discover(t.Context(), s.URL)
			if err == nil {
				t.Error("the redirect was followed")
			}
		})
	}
	wantRequests(t, other, oauthtest.Metadata, 0)
}

func TestA14_MetadataMustBeHTTPS(t *testing.T) {
	s := oauthtest.New(t)
	p := oauth.New(oauth.Options{})
	for _, issuer := range []string{s.URL, "http://id.example.com", "https://id.example.com?x=1", "https://id.example.com#x", "https://u@id.example.com", "id.example.com"} {
		_, err := p.Discover(t.Context(), issuer)
		wantError(t, err, oauth.Untrusted, fault.Untrusted)
	}
	wantRequests(t, s, oauthtest.Metadata, 0)
}

func TestA14_EndpointsOfTheMetadataMustBeHTTPS(t *testing.T) {
	s := oauthtest.New(t)
	s.Describe = map[string]any{"token_endpoint": "http://plain.example.com/token"}
	_, err := protocolWith(oauth.Options{}).Discover(t.Context(), s.URL)
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
}

func TestA12_MetadataIsHeldToTheListingsHosts(t *testing.T) {
	s, evil := oauthtest.New(t), oauthtest.New(t)
	s.Describe = map[string]any{"token_endpoint": evil.URL + oauthtest.Token}
	p := protocolWith(oauth.Options{})
	pr, err := p.Discover(t.Context(), s.URL)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(s.URL)
	pr.Hosts = []string{u.Host}
	_, err = p.Begin(t.Context(), pr, clientOf(s), oauth.Request{})
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
}

func TestDiscoverFaults(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc
		kind   oauth.Kind
		code   fault.Code
	}{
		{"nothing there", oauthtest.Body(404, "text/html", "<html>"), oauth.Unsupported, fault.NotFound},
		{"a page", oauthtest.Body(200, "text/html", "<html>"), oauth.Unsupported, fault.NotFound},
		{"broken for now", oauthtest.Body(503, "text/html", "<html>"), oauth.Transient, fault.Unavailable},
		{"too much", oauthtest.Body(200, "application/json", `{"issuer":"`+strings.Repeat("a", 2<<20)), oauth.NotJSON, fault.Unavailable},
		{"names twice", oauthtest.JSON(`{"issuer":"a","issuer":"b"}`), oauth.Unsupported, fault.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := oauthtest.New(t)
			s.Next(oauthtest.Metadata, tt.answer)
			_, err := protocolWith(oauth.Options{}).Discover(t.Context(), s.URL)
			wantError(t, err, tt.kind, tt.code)
		})
	}
}
