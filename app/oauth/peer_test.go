package oauth_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// peerFolder holds the certified server that others wrote (npm oidc-provider).
const peerFolder = "../../build/oidc"

// peer starts the server and returns what discovery finds there.
func peer(t *testing.T, p *oauth.Protocol, environment ...string) oauth.Provider {
	t.Helper()
	if _, err := os.Stat(filepath.Join(peerFolder, "node_modules", "oidc-provider")); err != nil {
		t.Fatalf("the peer server is not installed: run `npm ci` in build/oidc (make test does): %v", err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatalf("the peer server needs Node.js 20 or later: %v", err)
	}
	command := exec.Command(node, "server.mjs")
	command.Dir = peerFolder
	command.Env = append(os.Environ(), environment...)
	var complaints lockedBuffer
	command.Stderr = &complaints
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := command.StdinPipe() // its end is the server's
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = command.Wait()
	})
	issuer := readIssuer(out)
	if issuer == "" {
		t.Fatalf("the peer server did not start: %s", complaints.String())
	}
	pr, err := p.Discover(deadline(t), issuer)
	if err != nil {
		t.Fatal(err)
	}
	pr.Redirect = oauth.RedirectRule{Path: "/callback"}
	pr.PKCE = oauth.PKCERequired
	pr.AuthorizeParameters = map[string]string{"prompt": "consent"} // OpenID Connect Core §11, for a refresh token
	return pr
}

func readIssuer(out io.Reader) string {
	var line struct{ Issuer string }
	text, _ := bufio.NewReader(out).ReadBytes('\n')
	_ = json.Unmarshal(text, &line)
	return line.Issuer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// person is a browser with somebody in front who signs in and agrees.
type person struct {
	t      *testing.T
	client *http.Client
}

func newPerson(t *testing.T) person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return person{t, &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}}
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag = regexp.MustCompile(`<input[^>]*>`)
	attrTag  = regexp.MustCompile(`(\w+)="([^"]*)"`)
)

// goes opens an address and fills in one form after the other, until a page has
// none; it returns that page.
func (p person) goes(address string) (where *url.URL, page string) {
	p.t.Helper()
	resp, err := p.client.Get(address)
	for range 8 {
		if err != nil {
			p.t.Fatal(err)
		}
		body, err2 := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err2 != nil {
			p.t.Fatal(err2)
		}
		form := formTag.FindStringSubmatch(string(body))
		if form == nil {
			return resp.Request.URL, string(body)
		}
		action, err3 := resp.Request.URL.Parse(html.UnescapeString(form[1]))
		if err3 != nil {
			p.t.Fatal(err3)
		}
		resp, err = p.client.PostForm(action.String(), fill(form[2]))
	}
	p.t.Fatal("the forms never end")
	return nil, ""
}

func fill(form string) url.Values {
	values := url.Values{}
	for _, tag := range inputTag.FindAllString(form, -1) {
		attrs := map[string]string{}
		for _, a := range attrTag.FindAllStringSubmatch(tag, -1) {
			attrs[a[1]] = html.UnescapeString(a[2])
		}
		if name := attrs["name"]; name == "login" || name == "password" {
			values.Set(name, "ada")
		} else if name != "" {
			values.Set(name, attrs["value"])
		}
	}
	return values
}

func public() oauth.Client { return oauth.Client{ID: "public", Auth: oauth.AuthNone} }

var peerScopes = oauth.Request{Scopes: []string{"openid", "offline_access"}}

// signIn goes the whole way and returns the grant.
func signIn(t *testing.T, p *oauth.Protocol, pr oauth.Provider, c oauth.Client) oauth.Grant {
	t.Helper()
	a, err := p.Begin(deadline(t), pr, c, peerScopes)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, page := newPerson(t).goes(a.LaunchURL()); !strings.Contains(page, "You are signed in") {
		t.Errorf("the browser ends on %s", page)
	}
	g := mustWait(t, a)
	if g.AccessToken == "" || g.RefreshToken == "" || g.Lifetime <= 0 || !slices.Contains(g.Scopes, "offline_access") {
		t.Errorf("got %+v", g)
	}
	return g
}

// works asks the provider whether an access token is good.
func works(t *testing.T, pr oauth.Provider, token oauth.Secret) bool {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, pr.Issuer+"/me", nil)
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func TestPeer_EverythingAgainstTheCertifiedServer(t *testing.T) {
	p := protocolWith(oauth.Options{})
	pr := peer(t, p)
	if !pr.IssAdvertised || pr.RequirePAR || !slices.Equal(pr.ChallengeMethods, []string{"S256"}) {
		t.Fatalf("discovered %+v", pr)
	}
	t.Run("rotation and reuse", func(t *testing.T) { peerRotation(t, p, pr) })
	t.Run("revocation", func(t *testing.T) { peerRevocation(t, p, pr) })
	t.Run("registration", func(t *testing.T) { peerRegistration(t, p, pr) })
	t.Run("client authentication", func(t *testing.T) { peerAuthentication(t, p, pr) })
	t.Run("declined", func(t *testing.T) { peerDeclined(t, p, pr) })
	t.Run("foreign code", func(t *testing.T) { peerForeignCode(t, p, pr) })
	t.Run("wrong iss", func(t *testing.T) { peerWrongIssuer(t, p, pr) })
	t.Run("pushed request", func(t *testing.T) {
		pr := pr
		pr.RequirePAR = true
		signIn(t, p, pr, public())
	})
	t.Run("device", func(t *testing.T) { peerDevice(t, pr) })
}

func peerRotation(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	g := signIn(t, p, pr, public())
	next, err := p.Refresh(deadline(t), pr, public(), g.RefreshToken)
	if err != nil || next.RefreshToken == "" || next.RefreshToken == g.RefreshToken || !works(t, pr, next.AccessToken) {
		t.Fatalf("no rotation: %v", err)
	}
	_, err = p.Refresh(deadline(t), pr, public(), g.RefreshToken)
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
	// The spent token ended the whole grant.
	_, err = p.Refresh(deadline(t), pr, public(), next.RefreshToken)
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
}

func peerRevocation(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	g := signIn(t, p, pr, public())
	for _, token := range []struct {
		value oauth.Secret
		hint  string
	}{{g.RefreshToken, "refresh_token"}, {g.AccessToken, "access_token"}, {"unknown", ""}} {
		if err := p.Revoke(deadline(t), pr, public(), token.value, token.hint); err != nil {
			t.Errorf("%q: %v", token.hint, err)
		}
	}
	if works(t, pr, g.AccessToken) {
		t.Error("the access token still works")
	}
	_, err := p.Refresh(deadline(t), pr, public(), g.RefreshToken)
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
}

func peerRegistration(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	c, err := p.Register(deadline(t), pr, oauth.Registration{Name: "Patchbay", RedirectURIs: []string{pr.Redirect.URI()}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Auth != oauth.AuthNone || c.RegistrationToken == "" || c.RegistrationURI == "" {
		t.Errorf("got %+v", c)
	}
	signIn(t, p, pr, c)
	if err := p.Unregister(deadline(t), pr, c); err != nil {
		t.Fatal(err)
	}
	_, err = p.Refresh(deadline(t), pr, c, "anything")
	wantError(t, err, oauth.InvalidClient, fault.ClientMisconfigured)
}

func peerAuthentication(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	for _, auth := range []oauth.ClientAuth{oauth.AuthBasic, oauth.AuthPost} {
		c := oauth.Client{ID: string(auth), Secret: "a secret: 100%", Auth: auth}
		signIn(t, p, pr, c)
		c.Secret = "wrong"
		_, err := p.Refresh(deadline(t), pr, c, "anything")
		wantError(t, err, oauth.InvalidClient, fault.ClientMisconfigured)
	}
}

func peerDeclined(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	a, err := p.Begin(deadline(t), pr, public(), peerScopes)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	somebody := newPerson(t)
	resp, err := somebody.client.Get(a.URL())
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if _, page := somebody.goes(resp.Request.URL.String() + "/abort"); !strings.Contains(page, "Nothing was connected") {
		t.Errorf("the browser ends on %s", page)
	}
	_, err = a.Wait(deadline(t))
	wantError(t, err, oauth.Denied, fault.Denied)
}

// stoppedAtCallback signs in and returns the answer without delivering it.
func stoppedAtCallback(t *testing.T, a *oauth.Attempt) *url.URL {
	t.Helper()
	somebody := newPerson(t)
	var answer *url.URL
	somebody.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), a.RedirectURI()) {
			answer = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}
	somebody.goes(a.URL())
	if answer == nil {
		t.Fatal("no answer came")
	}
	return answer
}

func peerForeignCode(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	attacker, err := p.Begin(deadline(t), pr, public(), peerScopes)
	if err != nil {
		t.Fatal(err)
	}
	defer attacker.Close()
	victim, err := p.Begin(deadline(t), pr, public(), peerScopes)
	if err != nil {
		t.Fatal(err)
	}
	defer victim.Close()
	foreign := stoppedAtCallback(t, attacker).Query()
	visit(t, answering(victim, "code", foreign.Get("code"), "iss", pr.Issuer))
	_, err = victim.Wait(deadline(t))
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
}

func peerWrongIssuer(t *testing.T, p *oauth.Protocol, pr oauth.Provider) {
	a, err := p.Begin(deadline(t), pr, public(), peerScopes)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	answer := stoppedAtCallback(t, a)
	values := answer.Query()
	if values.Get("iss") != pr.Issuer {
		t.Errorf("the server sends iss %q", values.Get("iss"))
	}
	values.Del("iss")
	answer.RawQuery = values.Encode()
	visit(t, answer.String())
	_, err = a.Wait(deadline(t))
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
}

func peerDevice(t *testing.T, pr oauth.Provider) {
	polls := make(chan time.Time)
	p := protocolWith(oauth.Options{After: func(time.Duration) <-chan time.Time { return polls }})
	d, err := p.StartDevice(deadline(t), pr, public(), peerScopes.Scopes)
	if err != nil {
		t.Fatal(err)
	}
	type ending struct {
		grant oauth.Grant
		err   error
	}
	ended := make(chan ending)
	go func() {
		g, err := d.Wait(deadline(t))
		ended <- ending{g, err}
	}()
	polls <- time.Time{} // still pending
	_, page := newPerson(t).goes(d.VerificationURIComplete)
	polls <- time.Time{}
	select {
	case e := <-ended:
		if e.err != nil || !works(t, pr, e.grant.AccessToken) {
			t.Errorf("got %v; the browser ends on %s", e.err, page)
		}
	case polls <- time.Time{}:
		t.Errorf("still pending; the browser ends on %s", page)
	}
}

func TestPeer_ServerThatTakesPushedRequestsOnly(t *testing.T) {
	p := protocolWith(oauth.Options{})
	pr := peer(t, p, "PEER_REQUIRE_PAR=1")
	if !pr.RequirePAR {
		t.Fatalf("discovered %+v", pr)
	}
	signIn(t, p, pr, public())
}
