package oauth_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestA01_AnswerThatIsNotOursChangesNothing(t *testing.T) {
	s := oauthtest.New(t)
	var log bytes.Buffer
	a := begunWith(t, protocolWith(oauth.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}), s)
	for _, query := range []string{"", "?code=x", "?code=x&state=", "?code=x&state=wrong", "?code=stolen&state=" + stateOf(a) + "x", "?%zz"} {
		if p := visit(t, a.RedirectURI()+query); p.status != http.StatusBadRequest {
			t.Errorf("%q got %d, want 400", query, p.status)
		}
	}
	wantRequests(t, s, oauthtest.Token, 0)
	if a.Strays() != 6 {
		t.Errorf("Strays = %d, want 6", a.Strays())
	}
	if n := strings.Count(log.String(), "\n"); n != 1 || strings.Contains(log.String(), "stolen") {
		t.Errorf("want one log line without values, got %q", log.String())
	}
	stillOpen(t, s, a)
}

func TestA02_SecondAnswerIsNotExchanged(t *testing.T) {
	s := oauthtest.New(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	s.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.JSON(`{"access_token":"one","token_type":"bearer"}`)))
	a := begun(t, s)
	back := approve(t, a)
	first := make(chan page)
	go func() { p, _ := tryVisit(back); first <- p }()
	<-arrived
	if p := visit(t, back); p.status != http.StatusOK || !strings.Contains(p.body, "This sign-in has ended") {
		t.Errorf("the second answer got %d %s", p.status, p.body)
	}
	close(release)
	if p := <-first; !strings.Contains(p.body, "You are signed in") {
		t.Errorf("the first answer got %s", p.body)
	}
	mustWait(t, a)
	if _, err := tryVisit(back); err == nil {
		t.Error("a third answer was taken after the end")
	}
	wantRequests(t, s, oauthtest.Token, 1)
}

func TestA03_ForeignSignInIsRefused(t *testing.T) {
	s := oauthtest.New(t)
	attacker, victim := begun(t, s), begun(t, s)
	foreign, _ := url.Parse(approve(t, attacker))
	if p := visit(t, victim.RedirectURI()+"?"+foreign.RawQuery); p.status != http.StatusBadRequest {
		t.Errorf("got %d, want 400", p.status)
	}
	wantRequests(t, s, oauthtest.Token, 0)
	stillOpen(t, s, victim)
}

func TestA04_ForeignCodeFailsAtTheVerifier(t *testing.T) {
	s := oauthtest.New(t)
	attacker, victim := begun(t, s), begun(t, s)
	foreign, _ := url.Parse(approve(t, attacker))
	p := visit(t, answering(victim, "code", foreign.Query().Get("code")))
	if !strings.Contains(p.body, "did not finish") {
		t.Errorf("the page says %s", p.body)
	}
	_, err := victim.Wait(deadline(t))
	wantError(t, err, oauth.InvalidGrant, fault.SignInNeeded)
	wantRequests(t, s, oauthtest.Token, 1)
}

func TestA08_AnswerOfAnotherIssuer(t *testing.T)         { issuers(t, "A08") }
func TestA09_PromisedIssuerIsAbsent(t *testing.T)        { issuers(t, "A09") }
func TestA10_WrongIssuerThatWasNotPromised(t *testing.T) { issuers(t, "A10") }
func TestA11_IssuersAreComparedAsWritten(t *testing.T)   { issuers(t, "A11") }

// issuers runs the cases of one id.
func issuers(t *testing.T, id string) {
	const other = "https://other.example"
	tests := []struct {
		name       string
		advertised bool
		iss        func(issuer string) []string
		want       oauth.Kind
	}{
		{"A08_another issuer", true, func(string) []string { return []string{"iss", other} }, oauth.Untrusted},
		{"A09_advertised and absent", true, func(string) []string { return nil }, oauth.Untrusted},
		{"A10_not advertised and wrong", false, func(string) []string { return []string{"iss", other} }, oauth.Untrusted},
		{"A11_equal with a slash", true, func(s string) []string { return []string{"iss", s + "/"} }, oauth.Untrusted},
		{"A11_equal in upper case", true, func(s string) []string { return []string{"iss", strings.ToUpper(s)} }, oauth.Untrusted},
		{"A08_empty", false, func(string) []string { return []string{"iss", ""} }, oauth.Untrusted},
		{"A08_right", true, func(s string) []string { return []string{"iss", s} }, oauth.InvalidGrant},
	}
	for _, tt := range of(t, id, tests, func(i int) string { return tests[i].name }) {
		t.Run(tt.name, func(t *testing.T) {
			s := oauthtest.New(t)
			a := begun(t, s, func(pr *oauth.Provider) { pr.IssAdvertised = tt.advertised })
			visit(t, answering(a, append(tt.iss(s.Issuer), "code", "unknown")...))
			_, err := a.Wait(deadline(t))
			if oauth.ErrorKind(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if tt.want == oauth.Untrusted {
				wantRequests(t, s, oauthtest.Token, 0)
			}
		})
	}
}

func TestA08_MixUpAgainstAnOtherwiseGoodAnswer(t *testing.T) {
	s := oauthtest.New(t)
	s.SendIss, s.Issuer = true, "https://evil.example"
	a := begun(t, s, func(pr *oauth.Provider) { pr.Issuer = "https://honest.example" })
	visit(t, approve(t, a))
	_, err := a.Wait(deadline(t))
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
	if !strings.Contains(err.Error(), "came from https://evil.example, expected https://honest.example") {
		t.Errorf("the error says %q", err)
	}
	wantRequests(t, s, oauthtest.Token, 0)
}

func TestA10_UnknownIssuerMustBeADeclaredHost(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s, func(pr *oauth.Provider) { pr.Issuer = "" })
	visit(t, answering(a, "code", "x", "iss", "https://elsewhere.example"))
	_, err := a.Wait(deadline(t))
	wantError(t, err, oauth.Untrusted, fault.Untrusted)
	wantRequests(t, s, oauthtest.Token, 0)
}

func TestA15_DecliningNeedsTheStateToo(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	if p := visit(t, a.RedirectURI()+"?error=access_denied"); p.status != http.StatusBadRequest {
		t.Errorf("a decline without state got %d", p.status)
	}
	if a.Strays() != 1 {
		t.Errorf("Strays = %d, want 1", a.Strays())
	}
	s.Decline = true
	if p := visit(t, approve(t, a)); !strings.Contains(p.body, "Nothing was connected") {
		t.Errorf("the page says %s", p.body)
	}
	_, err := a.Wait(deadline(t))
	wantError(t, err, oauth.Denied, fault.Denied)
	wantRequests(t, s, oauthtest.Token, 0)
}

func TestA16_HostileErrorText(t *testing.T) {
	tests := []struct{ name, code, description string }{
		{"markup", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"},
		{"long", "e", strings.Repeat("a", 8000)},
		{"lines", "a\r\nSet-Cookie: x=1", "one\r\ntwo\x00\x1b[31m"},
		{"direction", "e", "pay\u202etxt.exe\u200b\u2066"},
		{"broken letters", "e", "a\xff\xfeb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := begun(t, oauthtest.New(t))
			p := visit(t, answering(a, "error", tt.code, "error_description", tt.description))
			if !strings.Contains(p.header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Error("the page has no policy")
			}
			if strings.Contains(p.body, "alert(1)") || strings.Contains(p.body, tt.description) {
				t.Error("the page repeats what was sent")
			}
			_, err := a.Wait(deadline(t))
			code, description := oauth.ProviderSaid(err)
			for _, text := range []string{code, description, err.Error()} {
				if len([]rune(text)) > 260 || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("not plain: %q", text)
				}
			}
			if len([]rune(description)) > 200 || strings.Contains(code, "<") {
				t.Errorf("said %q, %q", code, description)
			}
		})
	}
}

func TestA17_RepeatedAndContradictingParameters(t *testing.T) {
	for name, pairs := range map[string][]string{
		"code twice":     {"code", "a", "code", "b"},
		"error twice":    {"error", "a", "error", "b"},
		"iss twice":      {"code", "a", "iss", "b", "iss", "b"},
		"code and error": {"code", "a", "error", "access_denied"},
		"no code":        {"other", "a"},
		"empty code":     {"code", ""},
		"code with line": {"code", "a\r\nb"},
	} {
		t.Run(name, func(t *testing.T) {
			s := oauthtest.New(t)
			a := begun(t, s)
			visit(t, answering(a, pairs...))
			_, err := a.Wait(deadline(t))
			wantError(t, err, oauth.Untrusted, fault.Untrusted)
			wantRequests(t, s, oauthtest.Token, 0)
		})
	}
	t.Run("state twice", func(t *testing.T) {
		s := oauthtest.New(t)
		a := begun(t, s)
		if p := visit(t, answering(a, "code", "a", "state", stateOf(a))); p.status != http.StatusBadRequest {
			t.Errorf("got %d, want 400", p.status)
		}
		stillOpen(t, s, a)
	})
}

func TestA26_NoOpenRedirector(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	for _, name := range []string{"next", "redirect", "redirect_uri", "url", "return_to"} {
		p := visit(t, a.RedirectURI()+"?"+name+"=https://evil.example")
		if p.header.Get("Location") != "" || strings.Contains(p.body, "evil") {
			t.Errorf("%s is followed or shown", name)
		}
	}
	p := visit(t, approve(t, a)+"&next=https://evil.example")
	if p.header.Get("Location") != "" || strings.Contains(p.body, "evil") {
		t.Error("next is followed or shown with the real answer")
	}
	mustWait(t, a)
}

func TestCallbackValuesAreKept(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s, func(pr *oauth.Provider) { pr.CallbackKeep = []string{"realmId", "bad", "absent"} })
	visit(t, approve(t, a)+"&realmId=9341453158431873&bad=a%0D%0Ab")
	g := mustWait(t, a)
	if len(g.Kept) != 1 || g.Kept["realmId"] != "9341453158431873" {
		t.Errorf("Kept = %v", g.Kept)
	}
}
