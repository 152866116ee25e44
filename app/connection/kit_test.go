package connection_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
	"patchbay/app/sqlite"
	"patchbay/app/sqlite/sqlitetest"
	"patchbay/app/wording"
)

// world is one person with one machine, one provider and its API.
type world struct {
	testing.TB
	*connection.Service

	dir      string
	disk     *sqlite.Workspace
	life     *mortal
	clock    *clock
	keys     *keys
	patience time.Duration // with the keychain
	vault    *keychain.Keychain
	alerts   *alert.Registry
	auth     *oauthtest.Server
	api      *api
	windows  *windows
	listings *listings
	log      *safeBuffer
	changes  chan string // ids of attempts that changed
}

type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// newWorld opens a world. Its provider speaks https, so that it counts as one out
// there; edit changes its listing.
func newWorld(t testing.TB, edit ...func(*connection.App)) *world {
	t.Helper()
	w := &world{TB: t, dir: sqlitetest.Folder(t), clock: &clock{}, keys: &keys{items: map[string]string{}}, log: &safeBuffer{}, patience: 2 * time.Second}
	w.clock.at.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixNano())
	w.auth = oauthtest.NewTLS(t)
	w.api = newAPI(t, w.auth)
	app := w.app()
	for _, e := range edit {
		e(&app)
	}
	w.listings = &listings{apps: map[string]connection.App{app.Slug: app}}
	var err error
	w.disk, _, err = sqlite.OpenWorkspace(t.Context(), w.dir, w.clock.now)
	w.check(err)
	w.start()
	t.Cleanup(func() {
		w.Service.Close()
		w.check(w.disk.Close())
	})
	return w
}

// app is the listing of the world's provider.
func (w *world) app() connection.App {
	return connection.App{
		Slug: "acme", Name: "Acme CRM",
		Provider: provider.Provider{
			Kind: "oauth2", Grant: "code", Hosts: []string{"127.0.0.1"},
			Endpoints: provider.Endpoints{
				Authorization: w.auth.URL + oauthtest.Sign, Token: w.auth.URL + oauthtest.Token, Revocation: w.auth.URL + oauthtest.Revoke,
			},
			Client: provider.Client{Kind: "public", ID: "patchbay"}, TokenAuth: "none", PKCE: "required",
			Scopes: provider.Scopes{
				Required: []provider.Scope{{Name: "read", Reason: "Reads.", Access: "read"}},
				Optional: []provider.Scope{{Name: "write", Reason: "Writes.", Access: "write"}},
			},
			Lifetimes: provider.Lifetimes{Access: "1h"},
			Probe:     &provider.Probe{Request: provider.Request{Method: "GET", URL: w.api.URL + "/me"}, Every: "1m"},
			Identity:  provider.Identity{ID: "$.id", Name: "$.name"},
		},
		AfterSteps: []connection.Step{{Text: "Remove the package", Link: "https://example.com/packages"}},
	}
}

// start runs a Service over what is on disk, as a start of the program does.
func (w *world) start() {
	transport := w.auth.Client().Transport.(*http.Transport).Clone()
	w.life = &mortal{Workspace: w.disk}
	lent := &http.Client{Transport: doomed{w.life, transport}}
	w.windows = &windows{transport: transport.Clone()}
	w.vault = keychain.New(w.keys, ledger{w.disk}, w.patience)
	w.alerts = alert.New(mortalAlerts{w.disk.Alerts(), w.life}, wording.New(time.UTC), w.clock.now)
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.Service = connection.New(connection.Config{
		Store: w.life, History: w.life, Clients: w.disk, Vault: w.vault, Directory: w.listings, Windows: w.windows,
		Alerts: w.alerts, HTTP: lent, Now: w.clock.now, Person: func() string { return "anna" }, Log: log,
		Protocol: oauth.New(oauth.Options{
			HTTP: lent, Now: w.clock.now, Log: log,
			AllowHTTP: func(host string) bool { return strings.HasPrefix(host, "127.0.0.1:") },
		}),
	})
	w.Service.SetLastWord(0)
	w.changes = make(chan string, 1000)
	changes := w.changes
	w.Service.AttemptChanged.Subscribe(func(id string) { changes <- id })
}

// restart ends the program in good order and starts it again.
func (w *world) restart() {
	w.Helper()
	w.Service.Close()
	w.start()
	w.check(w.Recover(w.Context()))
}

// kill ends the program as a crash does: nothing is written or sent any more.
func (w *world) kill() {
	w.Helper()
	w.life.die()
	w.restart()
}

func (w *world) check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) wantCode(err error, code fault.Code) {
	w.Helper()
	if fault.CodeOf(err) != code {
		w.Fatalf("got %q (%v), want %q", fault.CodeOf(err), err, code)
	}
}

// await waits until the attempt is in a phase that want accepts.
func (w *world) await(id string, want func(connection.Attempt) bool) connection.Attempt {
	w.Helper()
	late := time.After(20 * time.Second)
	for {
		a, err := w.Attempt(id)
		w.check(err)
		if want(a) {
			return a
		}
		select {
		case <-w.changes:
		case <-late:
			w.Fatalf("the attempt stays %s", a.Phase)
		}
	}
}

func in(phase connection.Phase) func(connection.Attempt) bool {
	return func(a connection.Attempt) bool { return a.Phase == phase }
}

// ended waits for the attempt's end and wants it to be phase.
func (w *world) ended(a connection.Attempt, err error, phase connection.Phase) connection.Attempt {
	w.Helper()
	w.check(err)
	a = w.await(a.ID, connection.Attempt.Over)
	if a.Phase != phase {
		w.Fatalf("the attempt ended %s (%v), want %s", a.Phase, a.Err, phase)
	}
	return a
}

// connect signs in and returns the new connection.
func (w *world) connect(o ...connection.ConnectOptions) connection.Connection {
	w.Helper()
	options := connection.ConnectOptions{}
	if len(o) > 0 {
		options = o[0]
	}
	a, err := w.Connect(w.Context(), "acme", options)
	a = w.ended(a, err, connection.Done)
	return w.get(a.Connection)
}

// connectIn returns a connection that is stored in state, however it came there.
func (w *world) connectIn(state connection.State) connection.Connection {
	w.Helper()
	c := w.connect()
	c.State = state
	c, err := w.disk.Save(w.Context(), c, nil)
	w.check(err)
	return c
}

func (w *world) get(id string) connection.Connection {
	w.Helper()
	c, err := w.Connection(w.Context(), id)
	w.check(err)
	return c
}

func (w *world) list() []connection.Connection {
	w.Helper()
	all, err := w.List(w.Context())
	w.check(err)
	return all
}

// rows are all rows, provisional ones too.
func (w *world) rows() []connection.Connection {
	w.Helper()
	all, err := w.disk.Connections(w.Context())
	w.check(err)
	return all
}

func (w *world) wantState(id string, want connection.State) connection.Connection {
	w.Helper()
	c := w.get(id)
	if c.State != want {
		w.Fatalf("the connection is %s (%s), want %s", c.State, c.Reason, want)
	}
	return c
}

func (w *world) checkNow(id string, want connection.State) connection.Connection {
	w.Helper()
	_, err := w.CheckNow(w.Context(), id)
	w.check(err)
	return w.wantState(id, want)
}

// wantAlerts checks the kinds that stand at a connection, visible or not yet.
func (w *world) wantAlerts(id string, want ...alert.Kind) {
	w.Helper()
	standing, err := w.disk.Alerts().Standing(w.Context())
	w.check(err)
	got := map[alert.Kind]bool{}
	for _, a := range standing {
		if a.Subject.Connection == id && a.QuietSince.IsZero() {
			got[a.Kind] = true
		}
	}
	if len(got) != len(want) {
		w.Fatalf("alerts %v, want %v", got, want)
	}
	for _, kind := range want {
		if !got[kind] {
			w.Fatalf("alerts %v, want %v", got, want)
		}
	}
}

func (w *world) uninstall(id string) connection.Receipt {
	w.Helper()
	r, err := w.Uninstall(w.Context(), id, "uninstall", "uninstall")
	w.check(err)
	return r
}

func (w *world) activity(id string) []string {
	w.Helper()
	did, err := w.disk.Activity(w.Context(), connection.ActivityFilter{ConnectionID: id})
	w.check(err)
	var words []string
	for i := range did {
		words = append(words, did[len(did)-1-i].What)
	}
	return words
}

// refreshes counts the renewals that the provider was asked for.
func (w *world) refreshes() int {
	n := 0
	for _, r := range w.auth.Seen(oauthtest.Token) {
		if r.Form.Get("grant_type") == "refresh_token" {
			n++
		}
	}
	return n
}

// expire lets the access token reach its end.
func (w *world) expire() { w.clock.advance(2 * time.Hour) }

// onDisk reports whether text is in any file of the data folder.
func (w *world) onDisk(text string) (where string) {
	w.Helper()
	w.check(filepath.Walk(w.dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			where = path
		}
		return err
	}))
	return where
}

func secret(text string) oauth.Secret { return oauth.Secret(text) }

// until waits for something that happens in the background.
func (w *world) until(what string, is func() bool) {
	w.Helper()
	late := time.After(20 * time.Second)
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for !is() {
		select {
		case <-poll.C:
		case <-late:
			w.Fatalf("it does not come that %s", what)
		}
	}
}

func (w *world) revocations() []connection.Revocation {
	w.Helper()
	left, err := w.disk.Revocations(w.Context())
	w.check(err)
	return left
}

// reconnect signs in again and returns the attempt's end.
func (w *world) reconnect(id string) connection.Attempt {
	w.Helper()
	a, err := w.Reconnect(w.Context(), id, connection.ConnectOptions{})
	return w.ended(a, err, connection.Done)
}
