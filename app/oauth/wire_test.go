package oauth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestT17_SlowBodyHasADeadline(t *testing.T) {
	s := oauthtest.New(t)
	stop := make(chan struct{})
	defer close(stop)
	s.Next(oauthtest.Token, oauthtest.Drip(stop))
	err := refreshedInTime(t, s)
	wantError(t, err, oauth.Transient, fault.Timeout)
	if !oauth.Ambiguous(err) {
		t.Error("the refresh token may be spent, and the error does not say so")
	}
}

func TestR16_ProviderThatNeverAnswers(t *testing.T) {
	s := oauthtest.New(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	s.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.Cut))
	wantError(t, refreshedInTime(t, s), oauth.Transient, fault.Timeout)
}

// refreshedInTime refreshes with a short deadline of the protocol's own, which
// must be what ends it.
func refreshedInTime(t *testing.T, s *oauthtest.Server) error {
	t.Helper()
	p := protocolWith(oauth.Options{Deadline: 200 * time.Millisecond})
	ended := make(chan error, 1)
	go func() {
		_, err := p.Refresh(context.WithoutCancel(t.Context()), providerOf(s), clientOf(s), "r")
		ended <- err
	}()
	select {
	case err := <-ended:
		return err
	case <-time.After(15 * time.Second):
		t.Fatal("the request has no deadline of its own")
		return nil
	}
}

func TestT18_RedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		s, other := oauthtest.New(t), oauthtest.NewTLS(t)
		s.Next(oauthtest.Token, oauthtest.With(oauthtest.Body(status, "text/plain", ""), "Location", other.URL+oauthtest.Token))
		_, err := protocolWith(oauth.Options{}).Refresh(t.Context(), providerOf(s), clientOf(s), "r")
		wantError(t, err, oauth.Untrusted, fault.Untrusted)
		wantRequests(t, other, oauthtest.Token, 0)
	}
}

// certificate returns a certificate for a name and the pool that trusts it.
func certificate(t *testing.T, name string, until time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestT19_BrokenEncryptionIsAHardFailure(t *testing.T) {
	tomorrow, yesterday := time.Now().Add(24*time.Hour), time.Now().Add(-24*time.Hour)
	tests := []struct {
		name, host string
		until      time.Time
		trusted    bool
		version    uint16
		good       bool
	}{
		{"good", "127.0.0.1", tomorrow, true, tls.VersionTLS13, true},
		{"self-signed", "127.0.0.1", tomorrow, false, tls.VersionTLS13, false},
		{"wrong host", "id.example.com", tomorrow, true, tls.VersionTLS13, false},
		{"expired", "127.0.0.1", yesterday, true, tls.VersionTLS13, false},
		{"TLS 1.0", "127.0.0.1", tomorrow, true, tls.VersionTLS10, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cert, pool := certificate(t, tt.host, tt.until)
			if !tt.trusted {
				pool = x509.NewCertPool()
			}
			s := httptest.NewUnstartedServer(oauthtest.JSON(`{"access_token":"a"}`))
			s.Config.ErrorLog = log.New(io.Discard, "", 0)
			s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, MaxVersion: tt.version}
			s.StartTLS()
			defer s.Close()
			// What a careless caller lends must not weaken the check.
			careless := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
				RootCAs: pool, InsecureSkipVerify: true, MinVersion: tls.VersionTLS10,
			}}}
			u, _ := url.Parse(s.URL)
			p := protocolWith(oauth.Options{HTTP: careless})
			_, err := p.Refresh(t.Context(), oauth.Provider{Token: s.URL, Hosts: []string{u.Host}}, oauth.Client{ID: "x"}, "r")
			if tt.good {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantError(t, err, oauth.TLS, fault.Untrusted)
			if oauth.Ambiguous(err) || oauth.Temporary(err) {
				t.Error("counted as sent, or as something that waiting mends")
			}
		})
	}
}

func TestT19_PlainServerBehindHTTPS(t *testing.T) {
	s := oauthtest.New(t)
	pr := oauth.Provider{Token: strings.Replace(s.URL, "http:", "https:", 1) + oauthtest.Token, Hosts: []string{s.Host()}}
	_, err := protocolWith(oauth.Options{}).Refresh(t.Context(), pr, clientOf(s), "r")
	if kind := oauth.ErrorKind(err); kind != oauth.TLS && kind != oauth.Transient {
		t.Errorf("got %v", err)
	}
	wantRequests(t, s, oauthtest.Token, 0)
}

func TestT20_NetworkInBetween(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"sign-in page by redirect": oauthtest.With(oauthtest.Body(302, "text/html", ""), "Location", "http://wifi.example/login"),
		"sign-in page by status":   oauthtest.Body(511, "text/html", "<html>"),
		"proxy":                    oauthtest.Body(407, "text/html", "<html>"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := refreshed(t, answer)
			wantError(t, err, oauth.NoNetwork, fault.Offline)
			if !oauth.Temporary(err) {
				t.Error("not temporary")
			}
		})
	}
}

func TestT20_ProxyThatWantsAPassword(t *testing.T) {
	proxy := httptest.NewServer(oauthtest.With(oauthtest.Body(407, "text/html", ""), "Proxy-Authenticate", "Basic"))
	defer proxy.Close()
	u, _ := url.Parse(proxy.URL)
	p := oauth.New(oauth.Options{HTTP: &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(u)}}})
	_, err := p.Refresh(t.Context(), oauth.Provider{Token: "https://id.example.com/token", Hosts: []string{"id.example.com"}}, oauth.Client{ID: "x"}, "r")
	wantError(t, err, oauth.NoNetwork, fault.Offline)
	if oauth.Ambiguous(err) {
		t.Error("counted as sent")
	}
}

func TestT20_NoName(t *testing.T) {
	p := oauth.New(oauth.Options{HTTP: &http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "id.example.com", IsNotFound: true}}
		},
	}}})
	_, err := p.Refresh(t.Context(), oauth.Provider{Token: "https://id.example.com/token", Hosts: []string{"id.example.com"}}, oauth.Client{ID: "x"}, "r")
	wantError(t, err, oauth.NoNetwork, fault.Offline)
}

func TestT28_RefusedConnectionIsNotAmbiguous(t *testing.T) {
	s := oauthtest.New(t)
	pr, c := providerOf(s), clientOf(s)
	s.Server.Close()
	_, err := protocolWith(oauth.Options{}).Refresh(t.Context(), pr, c, "r")
	wantError(t, err, oauth.Transient, fault.Unavailable)
	if oauth.Ambiguous(err) {
		t.Error("a request that was never sent counts as sent")
	}
}

func TestR10_LostAnswerIsAmbiguousAndNotRepeated(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   bool
	}{
		"cut":            {oauthtest.Cut, true},
		"page with 200":  {oauthtest.Body(200, "text/html", "<html>"), true},
		"truncated 200":  {oauthtest.JSON(`{"access_token":"a`), true},
		"503":            {oauthtest.Body(503, "text/html", ""), false},
		"invalid_grant":  {oauthtest.Failure(400, "invalid_grant"), false},
		"page with 400":  {oauthtest.Body(400, "text/html", ""), false},
		"redirect":       {oauthtest.With(oauthtest.Body(307, "text/html", ""), "Location", "https://x.example"), false},
		"broken headers": {malformed, true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := refreshed(t, tt.answer) // which also counts one request
			if err == nil || oauth.Ambiguous(err) != tt.want {
				t.Errorf("Ambiguous(%v) = %v, want %v", err, oauth.Ambiguous(err), tt.want)
			}
		})
	}
}

// malformed answers with something that is not HTTP and repeats the token.
func malformed(w http.ResponseWriter, r *http.Request) {
	conn, buffer, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = buffer.WriteString(r.Form.Get("refresh_token") + " is not a status line\r\n\r\n")
	_ = buffer.Flush()
	_ = conn.Close()
}

func TestR04_CallerThatGivesUp(t *testing.T) {
	s := oauthtest.New(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	s.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.Cut))
	ctx, cancel := contextWithCancel(t)
	go func() { <-arrived; cancel() }()
	_, err := protocolWith(oauth.Options{}).Refresh(ctx, providerOf(s), clientOf(s), "r")
	wantError(t, err, oauth.Closed, fault.Canceled)
	if !oauth.Ambiguous(err) {
		t.Error("the refresh token may be spent, and the error does not say so")
	}
}
