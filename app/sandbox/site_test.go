package sandbox

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

func TestA19_OnlyOurOwnHost(t *testing.T) {
	w := newWorld(t)
	port := w.server.URL()[len("http://127.0.0.1:"):]
	tests := []struct {
		host string
		want int
	}{
		{"127.0.0.1:" + port, 200}, {"localhost:" + port, 200},
		{"example.com:" + port, 403}, {"127.0.0.1", 403}, {"127.0.0.1:1", 403}, {"127.0.0.1.example.com:" + port, 403}, {"[::1]:" + port, 403},
	}
	for _, path := range []string{"/", "/control", "/control/api", "/crm", "/crm/.well-known/oauth-authorization-server", "/assets/sandbox.css"} {
		for _, tt := range tests {
			r, _ := http.NewRequest(http.MethodGet, w.server.URL()+path, nil)
			r.Host = tt.host
			if got := w.do(r).StatusCode; got != tt.want {
				t.Errorf("%s with Host %s answered %d, want %d", path, tt.host, got, tt.want)
			}
		}
	}
}

func TestOtherSitesCannotPress(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	form := url.Values{"app": {"crm"}, "action": {"revoke"}}.Encode()
	headers := []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.com"},
		{"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
	}
	for _, path := range []string{"/control", "/control/api", "/crm/sign-in", "/crm/consent"} {
		for _, h := range headers {
			r, _ := http.NewRequest(http.MethodPost, w.server.URL()+path, strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for k, v := range h {
				r.Header.Set(k, v)
			}
			w.do(r).want(t, http.StatusForbidden)
		}
	}
	if got := w.me("crm", token); got != http.StatusOK {
		t.Errorf("another site revoked: me answers %d", got)
	}
	r, _ := http.NewRequest(http.MethodPost, w.server.URL()+"/control", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Origin", w.server.URL())
	w.do(r).want(t, http.StatusOK)
	if got := w.me("crm", token); got != http.StatusUnauthorized {
		t.Errorf("the page itself could not revoke: me answers %d", got)
	}
}

func TestTextsAreComplete(t *testing.T) {
	en := slices.Sorted(maps.Keys(english))
	pl := slices.Sorted(maps.Keys(polish))
	if !slices.Equal(en, pl) {
		t.Errorf("keys differ: %v and %v", len(en), len(pl))
	}
	verbs := regexp.MustCompile(`%.`)
	for key := range english {
		if !slices.Equal(verbs.FindAllString(english[key], -1), verbs.FindAllString(polish[key], -1)) {
			t.Errorf("%s takes different arguments in Polish", key)
		}
		if english[key] == "" || polish[key] == "" {
			t.Errorf("%s is empty", key)
		}
	}
}

// TestEveryPageInEveryLanguage looks for texts that are missing, for the label
// and for the headers.
func TestEveryPageInEveryLanguage(t *testing.T) {
	w := newWorld(t)
	w.connect("chat", "Acme Studio")
	w.command(Command{App: "chat", Action: "drop"}).want(t, http.StatusOK)
	w.command(Command{App: "crm", Action: "hang"}).want(t, http.StatusOK)
	for _, lang := range []string{"en", "pl"} {
		w.lang = lang
		paths := []string{"/", "/crm", "/chat", "/billing?account=acct_billing_wholesale", "/control", "/control/chat", "/nowhere", "/crm/consent"}
		for key := range english {
			if done, ok := strings.CutPrefix(key, "done."); ok {
				paths = append(paths, "/control?done="+done)
			}
		}
		for _, a := range apps {
			paths = append(paths, w.client(a.slug).AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
		}
		for _, path := range paths {
			page := w.get(path)
			if !strings.Contains(page.body, `<html lang="`+lang+`">`) || !strings.Contains(page.body, texts[lang]["ribbon"]) {
				t.Errorf("%s in %s answered %d: %.200s", path, lang, page.StatusCode, page.body)
			}
			if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
				t.Errorf("%s has the policy %q", path, policy)
			}
			if strings.Contains(page.body, "<script") || strings.Contains(page.body, "style=") {
				t.Errorf("%s has something that its own policy forbids", path)
			}
		}
	}
}

func TestPolishConsent(t *testing.T) {
	w := newWorld(t)
	w.lang = "pl"
	page := w.get(w.client("billing").AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	page = w.press(page, "Zaloguj jako Acme Retail", 0)
	w.press(page, "Zezwól", 0).want(t, http.StatusFound)
}

// TestDataPageShowsHostileText stores markup through the API and looks at the page.
func TestDataPageShowsHostileText(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{"email": "x@example.com", "company": "<img src=x onerror=alert(1)>"}).want(t, http.StatusCreated)
	if page := w.get("/crm"); strings.Contains(page.body, "<img") || !strings.Contains(page.body, "&lt;img") {
		t.Error("markup in a record reaches the page")
	}
	if page := w.get("/control?done=%3Cb%3E"); strings.Contains(page.body, "<b>") || strings.Contains(page.body, "could not be made") {
		t.Error("the status line shows what the address says")
	}
}

func TestAmounts(t *testing.T) {
	if got := amount("en", "1250000", "EUR"); got != "12,500.00\u00a0EUR" {
		t.Errorf("English: %q", got)
	}
	if got := amount("pl", "1250000", "EUR"); got != "12\u00a0500,00\u00a0EUR" {
		t.Errorf("Polish: %q", got)
	}
}

func TestTimesAreShownInLocalTime(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	want := at.Local().Format("15:04")
	w := newWorld(t)
	w.connect("crm", "Acme North")
	if page := w.get("/control/crm"); !strings.Contains(page.body, "1 Mar 2026, "+want) || !strings.Contains(page.body, `datetime="2026-03-01T12:00:00Z"`) {
		t.Errorf("the grant's time is not shown as %s", want)
	}
}
