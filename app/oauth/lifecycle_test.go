package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestV01_Revoke(t *testing.T) {
	s := oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	a := begunWith(t, p, s)
	visit(t, approve(t, a))
	g := mustWait(t, a)
	if err := p.Revoke(t.Context(), providerOf(s), clientOf(s), g.RefreshToken, "refresh_token"); err != nil {
		t.Fatal(err)
	}
	if s.Alive(g.RefreshToken.Reveal()) || s.Alive(g.AccessToken.Reveal()) {
		t.Error("the grant still works")
	}
	seen := s.Seen(oauthtest.Revoke)[0]
	if seen.Method != http.MethodPost || seen.Form.Get("token_type_hint") != "refresh_token" {
		t.Errorf("sent %+v", seen)
	}
	if err := p.Revoke(t.Context(), providerOf(s), clientOf(s), "never-seen", ""); err != nil {
		t.Errorf("an unknown token: %v", err)
	}
}

func TestV01_TokenThatIsAlreadyDead(t *testing.T) {
	for _, answer := range []http.HandlerFunc{oauthtest.Failure(400, "invalid_token"), oauthtest.Body(204, "", ""), oauthtest.Body(200, "text/html", "ok")} {
		s := oauthtest.New(t)
		s.Next(oauthtest.Revoke, answer)
		if err := protocolWith(oauth.Options{}).Revoke(t.Context(), providerOf(s), clientOf(s), "t", ""); err != nil {
			t.Error(err)
		}
	}
}

func TestV02_NoRevocationEndpoint(t *testing.T) {
	s := oauthtest.New(t)
	pr := providerOf(s)
	pr.Revocation = ""
	err := protocolWith(oauth.Options{}).Revoke(t.Context(), pr, clientOf(s), "t", "")
	wantError(t, err, oauth.Unsupported, fault.NotFound)
}

func TestV03_RevokeLater(t *testing.T) {
	s := oauthtest.New(t)
	s.Next(oauthtest.Revoke, oauthtest.With(oauthtest.Body(503, "text/html", ""), "Retry-After", "30"))
	err := protocolWith(oauth.Options{}).Revoke(t.Context(), providerOf(s), clientOf(s), "t", "")
	wantError(t, err, oauth.Transient, fault.Unavailable)
	if wait, ok := oauth.RetryAfter(err); !ok || wait != 30*time.Second {
		t.Errorf("RetryAfter = %s, %v", wait, ok)
	}
}

func TestV04_Registration(t *testing.T) {
	s := oauthtest.New(t)
	p, pr := protocolWith(oauth.Options{}), providerOf(s)
	rule := oauth.RedirectRule{Path: "/callback"}
	c, err := p.Register(t.Context(), pr, oauth.Registration{Name: "Patchbay", RedirectURIs: []string{rule.URI()}, Scopes: []string{"a", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	if c.ID == "" || c.Auth != oauth.AuthNone || c.Secret != "" || c.RegistrationToken == "" || c.RegistrationURI == "" || c.Issuer != s.Issuer {
		t.Errorf("got %+v", c)
	}
	var sent map[string]any
	if err := json.Unmarshal([]byte(s.Seen(oauthtest.Register)[0].Body), &sent); err != nil {
		t.Fatal(err)
	}
	want := `{"application_type":"native","client_name":"Patchbay","grant_types":["authorization_code","refresh_token"],` +
		`"redirect_uris":["http://127.0.0.1/callback"],"response_types":["code"],"scope":"a b","token_endpoint_auth_method":"none"}`
	if got, _ := json.Marshal(sent); string(got) != want {
		t.Errorf("sent %s, want %s", got, want)
	}
	pr.Redirect = rule
	a, err := p.Begin(t.Context(), pr, c, oauth.Request{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	visit(t, approve(t, a))
	mustWait(t, a)
	for range 2 { // deleting what is gone is fine
		if err := p.Unregister(t.Context(), pr, c); err != nil || s.Clients() != 0 {
			t.Errorf("Unregister: %v, %d clients left", err, s.Clients())
		}
	}
}

func TestV04_ClientIsNotUsedAtAnotherProvider(t *testing.T) {
	s, other := oauthtest.New(t), oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	c, err := p.Register(t.Context(), providerOf(s), oauth.Registration{Name: "Patchbay", RedirectURIs: []string{"http://127.0.0.1/c"}})
	if err != nil {
		t.Fatal(err)
	}
	_, begin := p.Begin(t.Context(), providerOf(other), c, oauth.Request{})
	_, refresh := p.Refresh(t.Context(), providerOf(other), c, "r")
	for _, err := range []error{begin, refresh, p.Unregister(t.Context(), providerOf(other), c)} {
		wantError(t, err, oauth.Untrusted, fault.Untrusted)
	}
	wantRequests(t, other, oauthtest.Token, 0)
	wantRequests(t, other, oauthtest.Manage, 0)
}

func TestV05_OneRegistrationForAll(t *testing.T) {
	s := oauthtest.New(t)
	registration := oauth.Registration{Name: "Patchbay", RedirectURIs: []string{"http://127.0.0.1/c"}}
	synctest.Test(t, func(t *testing.T) {
		arrived, release := make(chan struct{}), make(chan struct{})
		s.Next(oauthtest.Register, oauthtest.Held(arrived, release, oauthtest.Body(201, "application/json", `{"client_id":"one"}`)))
		p, pr := protocolWith(oauth.Options{HTTP: &http.Client{Transport: direct{s.Config.Handler}}}), providerOf(s)
		// The first caller gives up; the others still get its client.
		ctx, giveUp := contextWithCancel(t)
		gone := make(chan error)
		go func() { _, err := p.Register(ctx, pr, registration); gone <- err }()
		<-arrived
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if c, err := p.Register(t.Context(), pr, registration); err != nil || c.ID != "one" {
					t.Errorf("got client %q, %v", c.ID, err)
				}
			})
		}
		synctest.Wait()
		giveUp()
		wantError(t, <-gone, oauth.Closed, fault.Canceled)
		close(release)
		all.Wait()
	})
	wantRequests(t, s, oauthtest.Register, 1)
}

func TestV06_SecretThatExpires(t *testing.T) {
	s := oauthtest.New(t)
	s.Next(oauthtest.Register, oauthtest.Body(201, "application/json",
		`{"client_id":"c","client_secret":"s","token_endpoint_auth_method":"client_secret_post","client_secret_expires_at":1777636800}`))
	c, err := protocolWith(oauth.Options{}).Register(t.Context(), providerOf(s), oauth.Registration{Name: "Patchbay"})
	if err != nil {
		t.Fatal(err)
	}
	end := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	if !c.SecretExpires.Equal(end) || c.Auth != oauth.AuthPost || c.Expired(end.Add(-time.Second)) || !c.Expired(end) {
		t.Errorf("got %+v", c)
	}
}

func TestRegistrationAnswersThatAreRefused(t *testing.T) {
	for name, body := range map[string]string{
		"no id":             `{}`,
		"id with lines":     `{"client_id":"a\nb"}`,
		"no secret":         `{"client_id":"a","token_endpoint_auth_method":"client_secret_basic"}`,
		"unsafe token":      `{"client_id":"a","registration_access_token":"a\r\nb"}`,
		"managed elsewhere": `{"client_id":"a","registration_client_uri":"https://evil.example/x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := oauthtest.New(t)
			s.Next(oauthtest.Register, oauthtest.Body(201, "application/json", body))
			if c, err := protocolWith(oauth.Options{}).Register(t.Context(), providerOf(s), oauth.Registration{Name: "x"}); err == nil {
				t.Errorf("got %+v", c)
			}
		})
	}
}

func TestV07_ResourceIsSentEverywhere(t *testing.T) {
	s := oauthtest.New(t)
	p, pr := protocolWith(oauth.Options{}), providerOf(s)
	pr.Resource = "https://api.example.com/v1"
	a, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	visit(t, approve(t, a))
	g := mustWait(t, a)
	if _, err := p.Refresh(t.Context(), pr, clientOf(s), g.RefreshToken); err != nil {
		t.Fatal(err)
	}
	seen := append(s.Seen(oauthtest.Sign), s.Seen(oauthtest.Token)...)
	for _, r := range seen {
		if r.Form.Get("resource") != pr.Resource {
			t.Errorf("resource = %q", r.Form.Get("resource"))
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d requests", len(seen))
	}
	for _, wrong := range []string{"api", "/v1", "https://api.example.com/#x", "https://api.example.com/#", "%zz"} {
		pr.Resource = wrong
		_, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{})
		wantError(t, err, oauth.Untrusted, fault.Untrusted)
	}
}

func TestV08_PushedRequest(t *testing.T) {
	s := oauthtest.New(t)
	clock := &ticking{at: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	a := begunWith(t, protocolWith(oauth.Options{Now: clock.now}), s, func(pr *oauth.Provider) { pr.RequirePAR = true })
	u, _ := url.Parse(a.URL())
	if q := u.Query(); len(q) != 2 || q.Get("client_id") != s.ClientID || q.Get("request_uri") == "" {
		t.Errorf("the address is %s", a.URL())
	}
	pushed := s.Seen(oauthtest.Push)[0].Form
	if pushed.Get("state") == "" || pushed.Get("code_challenge_method") != "S256" || pushed.Get("redirect_uri") != a.RedirectURI() {
		t.Errorf("pushed %v", pushed)
	}
	if launched := visit(t, a.LaunchURL()).header.Get("Location"); launched != u.String() {
		t.Errorf("launched %s", launched)
	}
	wantRequests(t, s, oauthtest.Push, 1)

	// A minute later the pushed request is gone; launching pushes again.
	s.ForgetPushed()
	clock.add(time.Minute)
	again := visit(t, a.LaunchURL()).header.Get("Location")
	wantRequests(t, s, oauthtest.Push, 2)
	if again == u.String() {
		t.Error("the old request is opened")
	}
	visit(t, visit(t, again).header.Get("Location"))
	mustWait(t, a)
}

func TestV08_PushThatFails(t *testing.T) {
	s := oauthtest.New(t)
	pr := providerOf(s)
	pr.RequirePAR = true
	p := protocolWith(oauth.Options{})
	for _, tt := range []struct {
		answer http.HandlerFunc
		kind   oauth.Kind
	}{
		{oauthtest.Failure(401, "invalid_client"), oauth.InvalidClient},
		{oauthtest.Body(201, "application/json", `{"expires_in":60}`), oauth.NotJSON},
		{oauthtest.Body(201, "application/json", `{"request_uri":"a b"}`), oauth.NotJSON},
		{oauthtest.Body(503, "text/html", ""), oauth.Transient},
	} {
		s.Next(oauthtest.Push, tt.answer)
		if _, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{}); oauth.ErrorKind(err) != tt.kind {
			t.Errorf("got %v, want %s", err, tt.kind)
		}
	}
	pr.PushedAuthorization = ""
	_, err := p.Begin(t.Context(), pr, clientOf(s), oauth.Request{})
	wantError(t, err, oauth.Unsupported, fault.NotFound)
}

func TestV08_SecondPushThatFailsEndsTheAttempt(t *testing.T) {
	s := oauthtest.New(t)
	clock := &ticking{at: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	a := begunWith(t, protocolWith(oauth.Options{Now: clock.now}), s, func(pr *oauth.Provider) { pr.RequirePAR = true })
	clock.add(time.Minute)
	s.Next(oauthtest.Push, oauthtest.Failure(401, "invalid_client"))
	if p := visit(t, a.LaunchURL()); !strings.Contains(p.body, "did not finish") {
		t.Errorf("the page says %s", p.body)
	}
	_, err := a.Wait(deadline(t))
	wantError(t, err, oauth.InvalidClient, fault.ClientMisconfigured)
}
