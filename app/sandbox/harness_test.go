package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/oauth2"
)

// world is a running sandbox and a person with a browser in front of it.
type world struct {
	*testing.T
	server *Server
	dir    string
	clock  *clock
	lang   string
	http   *http.Client // keeps cookies and follows redirects, but not out of the sandbox
}

type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

func newWorld(t *testing.T) *world {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	w := &world{T: t, dir: t.TempDir(), clock: new(clock), lang: "en"}
	w.clock.at.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixNano())
	w.http = &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: w.stayInside}
	w.restart()
	t.Cleanup(func() { _ = w.server.Close() })
	return w
}

func (w *world) restart() {
	w.Helper()
	if w.server != nil {
		w.check(w.server.Close())
	}
	w.server = New(Options{
		Dir: w.dir, Port: -1, Now: w.clock.now, Language: func() string { return w.lang },
		Logger: slog.New(slog.DiscardHandler),
	})
	w.check(w.server.Ensure(context.Background()))
}

func (w *world) stayInside(r *http.Request, _ []*http.Request) error {
	if "http://"+r.URL.Host != w.server.URL() {
		return http.ErrUseLastResponse
	}
	return nil
}

func (w *world) check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// answer is a response whose body has been read.
type answer struct {
	*http.Response
	body string
}

func (w *world) do(r *http.Request) answer {
	w.Helper()
	res, err := w.http.Do(r)
	w.check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	w.check(err)
	return answer{res, string(body)}
}

func (w *world) get(path string) answer {
	w.Helper()
	r, err := http.NewRequest(http.MethodGet, w.address(path), nil)
	w.check(err)
	return w.do(r)
}

func (w *world) address(path string) string {
	if strings.HasPrefix(path, "/") {
		return w.server.URL() + path
	}
	return path
}

func (w *world) postForm(path string, form url.Values) answer {
	w.Helper()
	r, err := http.NewRequest(http.MethodPost, w.address(path), strings.NewReader(form.Encode()))
	w.check(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(r)
}

// call asks the API with a token; body may be nil.
func (w *world) call(method, path, token string, body any, header ...string) answer {
	w.Helper()
	data, err := json.Marshal(body)
	w.check(err)
	r, err := http.NewRequest(method, w.address(path), bytes.NewReader(data))
	w.check(err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return w.do(r)
}

func (a answer) json(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		t.Fatalf("answer %d is not a JSON object: %s", a.StatusCode, a.body)
	}
	return out
}

func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s answered %d, want %d: %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.body)
	}
	return a
}

// press submits the form of the button with the accessible name, as a browser
// would. nth counts buttons of the same name, from 0.
func (w *world) press(page answer, name string, nth int) answer {
	w.Helper()
	root, err := html.Parse(strings.NewReader(page.body))
	w.check(err)
	for form := range root.Descendants() {
		if form.Data != "form" {
			continue
		}
		for node := range form.Descendants() {
			if node.Data != "button" || buttonName(node) != name {
				continue
			}
			if nth--; nth < 0 {
				return w.postForm(attribute(form, "action"), formValues(form, node))
			}
		}
	}
	w.Fatalf("no button %q on %s: %s", name, page.Request.URL.Path, page.body)
	return answer{}
}

// buttonName is the text of a button without what assistive technology skips.
func buttonName(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if attribute(n, "aria-hidden") == "true" {
		return ""
	}
	var out strings.Builder
	for child := range n.ChildNodes() {
		out.WriteString(buttonName(child))
	}
	return strings.TrimSpace(out.String())
}

func formValues(form, button *html.Node) url.Values {
	out := url.Values{attribute(button, "name"): {attribute(button, "value")}}
	for n := range form.Descendants() {
		switch n.Data {
		case "input":
			out.Add(attribute(n, "name"), attribute(n, "value"))
		case "select":
			for option := range n.Descendants() {
				if option.Data == "option" {
					out.Add(attribute(n, "name"), attribute(option, "value"))
					break
				}
			}
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// client is an OAuth client written by others, so that we do not only agree with
// ourselves.
func (w *world) client(app string, scopes ...string) *oauth2.Config {
	issuer := w.server.URL() + "/" + app
	if len(scopes) == 0 {
		scopes = appBySlug(app).scopes
	}
	return &oauth2.Config{
		ClientID: ClientID, RedirectURL: "http://127.0.0.1:50123/callback/abc", Scopes: scopes,
		Endpoint: oauth2.Endpoint{AuthURL: issuer + "/authorize", TokenURL: issuer + "/token", AuthStyle: oauth2.AuthStyleInParams},
	}
}

// authorize walks through the pages to Allow and returns the code.
func (w *world) authorize(c *oauth2.Config, account, verifier string) string {
	w.Helper()
	page := w.get(c.AuthCodeURL("state-1", oauth2.S256ChallengeOption(verifier))).want(w.T, http.StatusOK)
	page = w.press(page, "Sign in as "+account, 0).want(w.T, http.StatusOK)
	done := w.press(page, "Allow", 0).want(w.T, http.StatusFound)
	to, err := done.Location()
	w.check(err)
	return to.Query().Get("code")
}

// connect goes the whole way to tokens.
func (w *world) connect(app, account string, scopes ...string) *oauth2.Token {
	w.Helper()
	c, verifier := w.client(app, scopes...), oauth2.GenerateVerifier()
	token, err := c.Exchange(w.context(), w.authorize(c, account, verifier), oauth2.VerifierOption(verifier))
	w.check(err)
	return token
}

func (w *world) context() context.Context {
	return context.WithValue(context.Background(), oauth2.HTTPClient, w.http)
}

func (w *world) refresh(app, token string) answer {
	w.Helper()
	return w.postForm("/"+app+"/token", url.Values{
		"grant_type": {"refresh_token"}, "client_id": {ClientID}, "refresh_token": {token},
	})
}

func (w *world) command(c Command) answer {
	w.Helper()
	return w.call(http.MethodPost, "/control/api", "", c)
}

// me is the status with which a probe ends.
func (w *world) me(app, token string) int {
	w.Helper()
	return w.call(http.MethodGet, "/"+app+"/api/me", token, nil).StatusCode
}

func wantError(t *testing.T, a answer, status int, code string) {
	t.Helper()
	if got := a.want(t, status).json(t)["error"]; got != code {
		t.Fatalf("error %v, want %s", got, code)
	}
}
