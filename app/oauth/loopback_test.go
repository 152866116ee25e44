package oauth_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func addressOf(a *oauth.Attempt) string {
	u, _ := url.Parse(a.RedirectURI())
	return u.Host
}

func TestA18_ListensOnLoopbackOnly(t *testing.T) {
	a := begun(t, oauthtest.New(t))
	_, port, _ := net.SplitHostPort(addressOf(a))
	hosts := []string{"::1"}
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range interfaces {
		if ip := i.(*net.IPNet).IP; !ip.IsLoopback() && !ip.IsLinkLocalUnicast() {
			hosts = append(hosts, ip.String())
		}
	}
	for _, host := range hosts {
		if conn, err := net.Dial("tcp", net.JoinHostPort(host, port)); err == nil {
			_ = conn.Close()
			t.Errorf("reachable at %s", host)
		}
	}
	if conn, err := net.Dial("tcp", addressOf(a)); err != nil {
		t.Errorf("not reachable at its own address: %v", err)
	} else {
		_ = conn.Close()
	}
}

func TestA19_HostMustBeTheListener(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	_, port, _ := net.SplitHostPort(addressOf(a))
	back := approve(t, a)
	for _, host := range []string{"evil.example:" + port, "localhost:" + port, "127.0.0.1", "127.0.0.1:1", "[::1]:" + port} {
		if p := visit(t, back, "Host", host); p.status != http.StatusForbidden {
			t.Errorf("Host %s got %d, want 403", host, p.status)
		}
	}
	wantRequests(t, s, oauthtest.Token, 0)
	visit(t, back)
	mustWait(t, a)
}

func TestA20_WebPagesCannotReachOrRecogniseIt(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	back, root := approve(t, a), "http://"+addressOf(a)+"/"
	tests := []struct {
		name, address string
		headers       []string
		want          int
	}{
		{"fetch", back, []string{"Sec-Fetch-Mode", "cors", "Origin", "https://evil.example"}, 403},
		{"no-cors fetch", back, []string{"Sec-Fetch-Mode", "no-cors"}, 403},
		{"image", back, []string{"Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 403},
		{"frame", back, []string{"Sec-Fetch-Dest", "iframe"}, 403},
		{"scan", root, nil, 404},
		{"favicon", root + "favicon.ico", nil, 404},
		{"other launch", root + "x/start", nil, 404},
	}
	for _, tt := range tests {
		p := visit(t, tt.address, tt.headers...)
		if p.status != tt.want {
			t.Errorf("%s got %d, want %d", tt.name, p.status, tt.want)
		}
		if strings.Contains(strings.ToLower(p.body), "patchbay") || p.header.Get("Server") != "" {
			t.Errorf("%s tells which program this is", tt.name)
		}
		if p.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s may be read by other origins", tt.name)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodHead, http.MethodOptions, http.MethodPut} {
		req, _ := http.NewRequest(method, back, strings.NewReader(""))
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s got %d, want 405", method, resp.StatusCode)
		}
	}
	wantRequests(t, s, oauthtest.Token, 0)
	if p := visit(t, back, "Sec-Fetch-Site", "cross-site"); p.status != http.StatusOK {
		t.Errorf("the person's own window got %d", p.status)
	}
	mustWait(t, a)
}

func TestA20_PathCannotBeGuessed(t *testing.T) {
	s := oauthtest.New(t)
	one, _ := url.Parse(begun(t, s).RedirectURI())
	two, _ := url.Parse(begun(t, s).RedirectURI())
	if one.Path == two.Path || len(one.Path) < 1+22 {
		t.Errorf("paths %q and %q", one.Path, two.Path)
	}
}

func TestA21_FixedPortInUse(t *testing.T) {
	other, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	s := oauthtest.New(t)
	pr := providerOf(s)
	pr.Redirect = oauth.RedirectRule{Port: other.Addr().(*net.TCPAddr).Port, Path: "/callback"}
	_, err = protocolWith(oauth.Options{}).Begin(t.Context(), pr, clientOf(s), oauth.Request{})
	wantError(t, err, oauth.PortInUse, fault.PortInUse)
	if !strings.Contains(err.Error(), "port "+strconv.Itoa(pr.Redirect.Port)+" is in use") {
		t.Errorf("the error says %q", err)
	}
}

func TestA21_FixedPortServesAgainAtOnce(t *testing.T) {
	free, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	rule := oauth.RedirectRule{Port: free.Addr().(*net.TCPAddr).Port, Path: "/callback"}
	_ = free.Close()
	s := oauthtest.New(t)
	for range 3 {
		a := begun(t, s, func(pr *oauth.Provider) { pr.Redirect = rule })
		if a.RedirectURI() != rule.URI() {
			t.Errorf("RedirectURI = %s, want %s", a.RedirectURI(), rule.URI())
		}
		visit(t, approve(t, a))
		mustWait(t, a)
	}
}

// The pushed request already names the port; while it is on its way, the port
// must be held.
func TestA22_PortIsTakenBeforeTheAddressIsMade(t *testing.T) {
	s := oauthtest.New(t)
	var free bool
	s.Next(oauthtest.Push, func(w http.ResponseWriter, r *http.Request) {
		u, _ := url.Parse(r.Form.Get("redirect_uri"))
		l, err := net.Listen("tcp4", u.Host)
		if free = err == nil; free {
			_ = l.Close()
		}
		oauthtest.Body(201, "application/json", `{"request_uri":"urn:x:1","expires_in":60}`)(w, r)
	})
	begun(t, s, func(pr *oauth.Provider) { pr.RequirePAR = true })
	wantRequests(t, s, oauthtest.Push, 1)
	if free {
		t.Error("another program could have taken the port")
	}
}

func TestA23_OldPortIsClosedBeforeTheNextAttempt(t *testing.T) {
	s := oauthtest.New(t)
	old := begun(t, s)
	back := approve(t, old)
	old.Close()
	if _, err := tryVisit(back); err == nil {
		t.Error("the late answer was taken")
	}
	_, err := old.Wait(deadline(t))
	wantError(t, err, oauth.Closed, fault.Canceled)
	stillOpen(t, s, begun(t, s))
	wantRequests(t, s, oauthtest.Token, 1)
}

func TestA24_FloodDoesNotLockTheAnswerOut(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	back := approve(t, a)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for range 200 {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addressOf(a))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = conn.Write([]byte("GET / HTTP/1.1\r\nX-Slow: ")) // and never ends
	}
	if p := visit(t, back); p.status != http.StatusOK {
		t.Errorf("the answer got %d", p.status)
	}
	mustWait(t, a)
}

func TestA24_LongRequestIsRefused(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	p := visit(t, a.RedirectURI()+"?x="+strings.Repeat("a", 100<<10))
	if p.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d, want 431", p.status)
	}
	stillOpen(t, s, a)
}

func TestA24_FewConnectionsAtOnce(t *testing.T) {
	a := begun(t, oauthtest.New(t))
	var conns []net.Conn
	for range 3 * oauth.RoomFor {
		conn, err := net.Dial("tcp", addressOf(a))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conns = append(conns, conn)
	}
	// All but the last ones are shown out: reading them ends, and well before a
	// silent connection would be closed for its silence.
	for _, conn := range conns[:2*oauth.RoomFor] {
		_ = conn.SetReadDeadline(time.Now().Add(3 * time.Second))
		if _, err := io.ReadAll(conn); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("read: %v", err)
		}
	}
}

func TestA25_AfterSuccessNothingIsLeft(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	back := approve(t, a)
	p := visit(t, back)
	mustWait(t, a)
	if conn, err := net.Dial("tcp", addressOf(a)); err == nil {
		_ = conn.Close()
		t.Error("the port is still open")
	}
	u, _ := url.Parse(back)
	if strings.Contains(p.body, u.Query().Get("code")) || strings.Contains(p.body, u.Query().Get("state")) {
		t.Error("the page holds the code or the state")
	}
	for name, want := range map[string]string{
		"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(p.body, "history.replaceState") {
		t.Error("the code stays in the browser's history")
	}
	policy := p.header.Get("Content-Security-Policy")
	_, after, _ := strings.Cut(p.body, `<script nonce="`)
	nonce, _, _ := strings.Cut(after, `"`)
	if nonce == "" || !strings.Contains(policy, "script-src 'nonce-"+nonce+"'") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("the script may not run under %q", policy)
	}
}

func TestLocalhostRule(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s, func(pr *oauth.Provider) { pr.Redirect = oauth.RedirectRule{Host: "localhost", Path: "/cb"} })
	u, _ := url.Parse(a.RedirectURI())
	if u.Hostname() != "localhost" || u.Path != "/cb" {
		t.Fatalf("RedirectURI = %s", a.RedirectURI())
	}
	visit(t, approve(t, a))
	mustWait(t, a)
}

func TestRedirectRuleIsHeldToThisMachine(t *testing.T) {
	s := oauthtest.New(t)
	for name, rule := range map[string]oauth.RedirectRule{
		"another host": {Host: "evil.example"}, "all interfaces": {Host: "0.0.0.0"},
		"no such port": {Port: 70000}, "relative path": {Path: "cb"}, "query": {Path: "/cb?x=1"},
	} {
		t.Run(name, func(t *testing.T) {
			pr := providerOf(s)
			pr.Redirect = rule
			_, err := protocolWith(oauth.Options{}).Begin(t.Context(), pr, clientOf(s), oauth.Request{})
			wantError(t, err, oauth.Untrusted, fault.Untrusted)
		})
	}
}
