package connection_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/provider"
	"patchbay/app/sandbox"
)

// practice is a world whose provider is Sandbox CRM.
func practice(t *testing.T) (*world, *sandbox.Server) {
	w := newWorld(t)
	server := sandbox.New(sandbox.Options{Dir: t.TempDir(), Port: -1, Now: w.clock.now})
	w.check(server.Ensure(t.Context()))
	t.Cleanup(func() { _ = server.Close() })
	crm := sandbox.Apps(server.URL())[0]
	app := connection.App{Slug: "sandbox-crm", Name: crm.Name, Sandbox: true, Provider: provider.Provider{
		Kind: "oauth2", Grant: "code", Issuer: crm.Issuer, Hosts: []string{"127.0.0.1"},
		Client: provider.Client{Kind: "public", ID: sandbox.ClientID}, TokenAuth: "none", PKCE: "required",
		Lifetimes: provider.Lifetimes{Access: "10m", RefreshRotate: true},
		Probe:     &provider.Probe{Request: provider.Request{Method: "GET", URL: crm.Issuer + "/api/me"}, Every: "3s"},
		Identity:  provider.Identity{ID: "$.id", Name: "$.name"},
	}}
	for _, scope := range crm.Scopes {
		app.Provider.Scopes.Required = append(app.Provider.Scopes.Required, provider.Scope{Name: scope})
	}
	w.listings.edit(app.Slug, func(a *connection.App) { *a = app })
	w.Service.Windows = clicker{t}
	return w, server
}

// clicker is a browser whose person presses the first button of every page that does not
// say no.
type clicker struct{ t *testing.T }

func (c clicker) Open(_ context.Context, r connection.WindowRequest) (connection.Window, error) {
	jar, err := cookiejar.New(nil)
	client := &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}
	go func() {
		res, err := client.Get(r.URL)
		for err == nil {
			action, values := firstForm(res)
			if action == "" {
				return
			}
			to, _ := res.Request.URL.Parse(action)
			res, err = client.PostForm(to.String(), values)
		}
		c.t.Errorf("browse: %v", err)
	}()
	return &window{kind: r.Kind, closed: make(chan struct{})}, err
}

// firstForm returns what pressing the first button of a page sends.
func firstForm(res *http.Response) (action string, values url.Values) {
	defer res.Body.Close()
	root, err := html.Parse(res.Body)
	if err != nil {
		return "", nil
	}
	values = url.Values{}
	for n := range root.Descendants() {
		switch {
		case n.Data == "form" && action == "":
			action = attribute(n, "action")
		case n.Data == "input" && action != "":
			values.Set(attribute(n, "name"), attribute(n, "value"))
		case n.Data == "button" && action != "" && n.FirstChild != nil && strings.TrimSpace(n.FirstChild.Data) != "Decline":
			values.Set(attribute(n, "name"), attribute(n, "value"))
			return action, values
		}
	}
	return "", nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func control(t *testing.T, s *sandbox.Server, command string) {
	t.Helper()
	res, err := http.Post(s.URL()+"/control/api", "application/json", strings.NewReader(command))
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("control: %v %v", res, err)
	}
	_ = res.Body.Close()
}

func TestPracticeJourney(t *testing.T) {
	w, server := practice(t)
	a, err := w.Connect(t.Context(), "sandbox-crm", connection.ConnectOptions{})
	a = w.ended(a, err, connection.Done)
	id := a.Connection
	if c := w.checkNow(id, connection.Connected); c.AccountID == "" || c.Label() != a.Account {
		t.Errorf("connected as %+v", c)
	}

	control(t, server, `{"app":"crm","action":"revoke"}`)
	w.clock.advance(4 * time.Second)
	w.RunDue()
	w.wantState(id, connection.Revoked)
	w.wantAlerts(id, alert.AccessRevoked)
	a, err = w.Reconnect(t.Context(), id, connection.ConnectOptions{})
	w.ended(a, err, connection.Done)
	w.checkNow(id, connection.Connected)
	w.wantAlerts(id)

	w.clock.advance(11 * time.Minute) // the access token ends, the refresh token rotates
	w.checkNow(id, connection.Connected)
	control(t, server, `{"app":"crm","action":"drop"}`)
	w.checkNow(id, connection.PermissionMissing)
	control(t, server, `{"app":"crm","action":"mend"}`)
	w.checkNow(id, connection.Connected)
	w.wantAlerts(id)

	if r := w.uninstall(id); r.Outcome != connection.OutcomeRevoked {
		t.Errorf("receipt %s %s", r.Outcome, r.Detail)
	}
	want := []string{
		connection.Installed, connection.Failed, connection.Reconnected, connection.Refreshed,
		connection.Failed, connection.Recovered, connection.Uninstalled, connection.RevokedThere,
	}
	if got := w.activity(id); !slices.Equal(got, want) {
		t.Errorf("activity %v, want %v", got, want)
	}
}

// The practice apps live on this machine: without a network they still answer.
func TestPracticeIsNeverOffline(t *testing.T) {
	w, server := practice(t)
	w.SetOffline(true)
	w.check(w.Alerts.SetOffline(t.Context(), true))
	a, err := w.Connect(t.Context(), "sandbox-crm", connection.ConnectOptions{})
	id := w.ended(a, err, connection.Done).Connection
	w.wantState(id, connection.Connected)
	control(t, server, `{"app":"crm","action":"revoke"}`)
	w.clock.advance(4 * time.Second)
	w.RunDue()
	w.wantState(id, connection.Revoked)
	w.wantAlerts(id, alert.AccessRevoked)
	if r := w.uninstall(id); r.Outcome != connection.OutcomeRevoked {
		t.Errorf("receipt %s %s", r.Outcome, r.Detail)
	}
}
