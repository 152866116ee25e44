package oauth_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestA05_ServerThatIgnoresPKCEIsStillBoundByState(t *testing.T) {
	s := oauthtest.New(t)
	s.IgnorePKCE = true
	attacker, victim := begun(t, s), begun(t, s)
	foreign, _ := url.Parse(approve(t, attacker))
	visit(t, victim.RedirectURI()+"?"+foreign.RawQuery)
	wantRequests(t, s, oauthtest.Token, 0)
	stillOpen(t, s, victim)
}

func TestA05_RequiredPKCEMustBeOffered(t *testing.T) { challengeMethods(t, "A05") }
func TestA06_PlainOnlyIsRefused(t *testing.T)        { challengeMethods(t, "A06") }

// challengeMethods runs the cases of one id.
func challengeMethods(t *testing.T, id string) {
	tests := []struct {
		name    string
		methods any
		pkce    oauth.PKCE
		refused bool
	}{
		{"A05_required and not offered", nil, oauth.PKCERequired, true},
		{"A05_required and offered", []string{"plain", "S256"}, oauth.PKCERequired, false},
		{"A05_supported and not said", nil, oauth.PKCESupported, false},
		{"A06_plain only", []string{"plain"}, oauth.PKCESupported, true},
		{"A06_plain only where PKCE is refused", []string{"plain"}, oauth.PKCERefused, true},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			s := oauthtest.New(t)
			s.Describe = map[string]any{"code_challenge_methods_supported": tt.methods}
			p := protocolWith(oauth.Options{})
			pr, err := p.Discover(t.Context(), s.Issuer)
			if err != nil {
				t.Fatal(err)
			}
			pr.PKCE = tt.pkce
			a, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{})
			if tt.refused {
				wantError(t, err, oauth.Untrusted, fault.Untrusted)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			a.Close()
		})
	}
}

func TestA06_PlainIsNeverSent(t *testing.T) {
	s := oauthtest.New(t)
	for _, pkce := range []oauth.PKCE{"", oauth.PKCERequired, oauth.PKCESupported, oauth.PKCERefused} {
		a := begun(t, s, func(pr *oauth.Provider) { pr.PKCE = pkce })
		u, _ := url.Parse(a.URL())
		want := "S256"
		if pkce == oauth.PKCERefused {
			want = ""
		}
		if got := u.Query().Get("code_challenge_method"); got != want || u.Query().Has("code_challenge") != (want != "") {
			t.Errorf("%q sends method %q", pkce, got)
		}
	}
}

func TestA07_KeysAreFreshAndLong(t *testing.T) {
	s := oauthtest.New(t)
	seen := map[string]bool{}
	for range 8 {
		a := begun(t, s)
		visit(t, approve(t, a))
		mustWait(t, a)
		u, _ := url.Parse(a.URL())
		for _, value := range []string{u.Query().Get("state"), u.Query().Get("code_challenge")} {
			if len(value) != 43 || seen[value] { // 256 bits in base64url
				t.Errorf("%q is short or repeated", value)
			}
			seen[value] = true
		}
	}
	verifier := regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)
	for _, r := range s.Seen(oauthtest.Token) {
		if v := r.Form.Get("code_verifier"); !verifier.MatchString(v) || seen[v] {
			t.Errorf("verifier %q breaks RFC 7636 or repeats", v)
		} else {
			seen[v] = true
		}
	}
}

func TestA12_NothingGoesToAnUndeclaredHost(t *testing.T) {
	honest, evil := oauthtest.New(t), oauthtest.New(t)
	for name, change := range map[string]func(*oauth.Provider){
		"token":        func(pr *oauth.Provider) { pr.Token = evil.URL + oauthtest.Token },
		"refresh":      func(pr *oauth.Provider) { pr.Refresh = evil.URL + oauthtest.Token },
		"sign-in":      func(pr *oauth.Provider) { pr.Authorization = evil.URL + oauthtest.Sign },
		"revocation":   func(pr *oauth.Provider) { pr.Revocation = evil.URL + oauthtest.Revoke },
		"push":         func(pr *oauth.Provider) { pr.PushedAuthorization = evil.URL + oauthtest.Push; pr.RequirePAR = true },
		"registration": func(pr *oauth.Provider) { pr.Registration = evil.URL + oauthtest.Register },
		"device":       func(pr *oauth.Provider) { pr.Device = evil.URL + oauthtest.Device },
		"no hosts":     func(pr *oauth.Provider) { pr.Hosts = nil },
		"user info":    func(pr *oauth.Provider) { pr.Token = strings.Replace(pr.Token, "http://", "http://x@", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			p, pr, c := protocolWith(oauth.Options{}), providerOf(honest), clientOf(honest)
			change(&pr)
			_, begin := p.Begin(t.Context(), pr, c, oauth.Request{})
			_, refresh := p.Refresh(t.Context(), pr, c, "r")
			_, register := p.Register(t.Context(), pr, oauth.Registration{Name: "x"})
			_, device := p.StartDevice(t.Context(), pr, c, nil)
			for _, err := range []error{begin, refresh, register, device, p.Revoke(t.Context(), pr, c, "r", "")} {
				wantError(t, err, oauth.Untrusted, fault.Untrusted)
			}
		})
	}
	for _, endpoint := range []string{oauthtest.Token, oauthtest.Push, oauthtest.Register, oauthtest.Device, oauthtest.Revoke} {
		wantRequests(t, evil, endpoint, 0)
		wantRequests(t, honest, endpoint, 0)
	}
}

func TestA12_AddressesThatDisguiseWhereTheyLead(t *testing.T) {
	p := oauth.New(oauth.Options{})
	hosts := []string{"id.example.com", "127.0.0.1", "xn--80ak6aa92e.com", "id.example.com:8443"}
	for address, good := range map[string]bool{
		"https://id.example.com/a":              true,
		"https://ID.example.com/a":              true,
		"https://id.example.com:443/a":          true,
		"https://id.example.com:8443/a":         true,
		"https://xn--80ak6aa92e.com/a":          true,
		"http://id.example.com/a":               false,
		"https://id.example.com:9443/a":         false,
		"https://id.example.com@evil.example/a": false,
		"https://id.example.com#x":              false,
		"https://127.0.0.1/a":                   false,
		"https://аррӏе.com/a":                   false,
		"https://sub.id.example.com/a":          false,
		"https://id.example.com.evil.example/a": false,
		"//id.example.com/a":                    false,
		"javascript:alert(1)":                   false,
		"https://id.example.com/a?state=x":      false,
	} {
		err := p.Check(oauth.Provider{Authorization: address, Hosts: hosts})
		if (err == nil) != good {
			t.Errorf("%s: got %v, want good = %v", address, err, good)
		}
	}
}

func TestListingCannotReplaceTheProtocol(t *testing.T) {
	s := oauthtest.New(t)
	for _, name := range []string{"state", "redirect_uri", "code_challenge", "code_challenge_method", "client_id", "response_type", "request_uri"} {
		pr := providerOf(s)
		pr.AuthorizeParameters = map[string]string{name: "x"}
		_, err := protocolWith(oauth.Options{}).Begin(t.Context(), pr, clientOf(s), oauth.Request{})
		wantError(t, err, oauth.Untrusted, fault.Untrusted)
	}
	pr := providerOf(s)
	pr.TokenParameters = map[string]string{"code_verifier": "x"}
	_, err := protocolWith(oauth.Options{}).Refresh(t.Context(), pr, clientOf(s), "r")
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
}

func TestA27_WaitsLongAndThenSaysSo(t *testing.T) {
	s := oauthtest.New(t)
	late := make(chan time.Time)
	var life time.Duration
	p := protocolWith(oauth.Options{
		AttemptLife: time.Minute, After: func(d time.Duration) <-chan time.Time { life = d; return late },
	})
	a := begunWith(t, p, s)
	// A window that is closed leaves no trace here: the attempt stays open.
	if p := visit(t, a.LaunchURL()); p.status != http.StatusFound {
		t.Fatalf("launch got %d", p.status)
	}
	back := approve(t, a)
	late <- time.Time{}
	_, err := a.Wait(deadline(t))
	wantError(t, err, oauth.Expired, fault.Timeout)
	if life < 15*time.Minute {
		t.Errorf("an attempt lives %s only", life)
	}
	if _, err := tryVisit(back); err == nil {
		t.Error("the port is still open")
	}
}

func TestA28_CodeIsExchangedOnArrivalAfterALongConsent(t *testing.T) {
	s := oauthtest.New(t)
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	clock := &ticking{at: start}
	a := begunWith(t, protocolWith(oauth.Options{Now: clock.now}), s)
	clock.add(10 * time.Minute)
	visit(t, approve(t, a)) // nobody waits yet
	wantRequests(t, s, oauthtest.Token, 1)
	if g := mustWait(t, a); !g.ReceivedAt.Equal(start.Add(10 * time.Minute)) {
		t.Errorf("ReceivedAt = %s", g.ReceivedAt)
	}
}

type ticking struct {
	mu sync.Mutex
	at time.Time
}

func (c *ticking) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *ticking) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestA29_AttemptsAtOnceDoNotMix(t *testing.T) {
	s := oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	one, two := begunWith(t, p, s), begunWith(t, p, s)
	backOne, _ := url.Parse(approve(t, one))
	backTwo, _ := url.Parse(approve(t, two))
	if one.RedirectURI() == two.RedirectURI() {
		t.Fatal("both come back to one place")
	}
	visit(t, two.RedirectURI()+"?"+backOne.RawQuery)
	visit(t, one.RedirectURI()+"?"+backTwo.RawQuery)
	wantRequests(t, s, oauthtest.Token, 0)
	visit(t, backTwo.String())
	visit(t, backOne.String())
	if mustWait(t, one).AccessToken == mustWait(t, two).AccessToken {
		t.Error("both got one grant")
	}
}

func TestA30_AfterTheEndALateAnswerIsRefused(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	back := approve(t, a)
	a.Close()
	if _, err := tryVisit(back); err == nil {
		t.Error("the late answer was taken")
	}
	wantRequests(t, s, oauthtest.Token, 0)
}

func TestA31_SleepDoesNotEndAnAttempt(t *testing.T) {
	s := oauthtest.New(t)
	clock := &ticking{at: time.Date(2026, 5, 1, 22, 0, 0, 0, time.UTC)}
	asleep := func(time.Duration) <-chan time.Time { return nil } // a timer that does not fire
	p := protocolWith(oauth.Options{Now: clock.now, After: asleep})
	a := begunWith(t, p, s)
	clock.add(9 * time.Hour)
	stillOpen(t, s, a)
}

func TestA33_AddressCanBeCopiedAndOpenedByAnyProgram(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s, func(pr *oauth.Provider) {
		pr.AuthorizeParameters = map[string]string{"prompt": "a(b)*!~$;'c d", "claims": `{"x":"y"}`}
	})
	if strings.ContainsAny(a.URL(), "()*!~$;' \"<>\\^`{|}") {
		t.Errorf("URL = %s", a.URL())
	}
	u, _ := url.Parse(a.URL())
	if u.Query().Get("prompt") != "a(b)*!~$;'c d" {
		t.Errorf("prompt = %q", u.Query().Get("prompt"))
	}
	if a.Host() != s.Host() {
		t.Errorf("Host = %q, want %q", a.Host(), s.Host())
	}
	stillOpen(t, s, a) // nothing but the copied address was used
}

func TestS06_LaunchAddressHoldsNoSecretAndWorksOnce(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	launch := a.LaunchURL()
	u, _ := url.Parse(a.URL())
	for _, name := range []string{"state", "code_challenge", "client_id"} {
		if strings.Contains(launch, u.Query().Get(name)) {
			t.Errorf("the launch address holds the %s", name)
		}
	}
	if p := visit(t, launch, "Sec-Purpose", "prefetch"); p.status != http.StatusForbidden {
		t.Errorf("a prefetch got %d", p.status)
	}
	p := visit(t, launch)
	if p.status != http.StatusFound || p.header.Get("Location") != a.URL() || p.header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("launch got %d to %s", p.status, p.header.Get("Location"))
	}
	if p := visit(t, launch); p.status != http.StatusNotFound || p.header.Get("Location") != "" {
		t.Errorf("the second launch got %d", p.status)
	}
	if p := visit(t, a.LaunchURL()); p.status != http.StatusFound {
		t.Errorf("another window's launch got %d", p.status)
	}
}

func TestClosedAttemptLeavesNoGrantBehind(t *testing.T) {
	s := oauthtest.New(t)
	tokens := func() (access string) {
		for _, r := range s.Seen(oauthtest.Revoke) {
			access += r.Form.Get("token") + " "
		}
		return access
	}
	revoked := make(chan struct{}, 8)
	note := func(w http.ResponseWriter, _ *http.Request) { revoked <- struct{}{} }
	s.Next(oauthtest.Revoke, note, note, note, note)

	unread := begun(t, s)
	visit(t, approve(t, unread))
	unread.Close()
	<-revoked
	<-revoked

	arrived, release := make(chan struct{}), make(chan struct{})
	s.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.JSON(`{"access_token":"late-access","refresh_token":"late-refresh"}`)))
	during := begun(t, s)
	back := approve(t, during)
	go func() { _, _ = tryVisit(back) }()
	<-arrived
	during.Close()
	close(release)
	<-revoked
	<-revoked
	if got := tokens(); !strings.Contains(got, "late-access") || !strings.Contains(got, "late-refresh") {
		t.Errorf("revoked %s", got)
	}
}

func TestWaitCanBeGivenUpAndTakenUp(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	ctx, cancel := contextWithCancel(t)
	cancel()
	_, err := a.Wait(ctx)
	wantError(t, err, oauth.Closed, fault.Canceled)
	stillOpen(t, s, a)
}

func TestAuthorizationRequest(t *testing.T) {
	s := oauthtest.New(t)
	pr := providerOf(s)
	pr.Authorization += "?tenant=acme"
	pr.ScopeParameter, pr.ScopeSeparator = "user_scope", ","
	pr.AuthorizeParameters = map[string]string{"access_type": "offline"}
	pr.Resource = "https://api.example.com/v1"
	a, err := protocolWith(oauth.Options{}).Begin(t.Context(), pr, clientOf(s), oauth.Request{Scopes: []string{"a", "b"}, LoginHint: "ada@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	u, _ := url.Parse(a.URL())
	for name, want := range map[string]string{
		"tenant": "acme", "user_scope": "a,b", "access_type": "offline", "response_type": "code", "scope": "",
		"resource": "https://api.example.com/v1", "login_hint": "ada@example.com", "redirect_uri": a.RedirectURI(),
	} {
		if got := u.Query().Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}
