package connection_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	w := &world{TB: t, dir: t.TempDir(), clock: &clock{}, keys: &keys{items: map[string]string{}}, log: &safeBuffer{}}
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
	w.vault = keychain.New(w.keys, ledger{w.disk}, 2*time.Second)
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

// keys is a keychain in memory that can be made to fail.
type keys struct {
	mu    sync.Mutex
	items map[string]string
	fail  error
}

func (k *keys) set(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fail = err
}

func (k *keys) wipe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.items)
}

func (k *keys) Read(user string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	secret, ok := k.items[user]
	if k.fail == nil && !ok {
		return "", keychain.ErrAbsent
	}
	return secret, k.fail
}

func (k *keys) Write(user, secret string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fail == nil {
		k.items[user] = secret
	}
	return k.fail
}

// ledger keeps the key record among the preferences.
type ledger struct{ disk *sqlite.Workspace }

func (l ledger) KeyRecord(ctx context.Context) (r keychain.KeyRecord, err error) {
	text, err := l.disk.Preference(ctx, "key")
	if err != nil {
		return r, err
	}
	user, check, _ := strings.Cut(string(text), "\n")
	return keychain.KeyRecord{User: user, Check: []byte(check)}, nil
}

func (l ledger) SaveKeyRecord(ctx context.Context, r keychain.KeyRecord) error {
	return l.disk.SavePreference(ctx, "key", []byte(r.User+"\n"+string(r.Check)))
}

// listings is the catalogue.
type listings struct {
	mu   sync.Mutex
	apps map[string]connection.App
}

func (l *listings) App(_ context.Context, slug string) (connection.App, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	app, ok := l.apps[slug]
	if !ok {
		return app, fault.Errorf(fault.NotFound, "no listing %s", slug)
	}
	return app, nil
}

func (l *listings) edit(slug string, change func(*connection.App)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	app := l.apps[slug]
	change(&app)
	l.apps[slug] = app
}

func (l *listings) withdraw(slug string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.apps, slug)
}

// api is the provider's API: a token speaks for the account that was signed in to
// when the token was first seen.
type api struct {
	*httptest.Server
	auth *oauthtest.Server

	mu      sync.Mutex
	account string
	bound   map[string]string
	next    []http.HandlerFunc
	calls   int
	keys    map[string]bool // API keys that it takes
}

func newAPI(t testing.TB, auth *oauthtest.Server) *api {
	a := &api{auth: auth, account: "north", bound: map[string]string{}, keys: map[string]bool{}}
	a.Server = httptest.NewTLSServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.Server.Close)
	return a
}

// signedInTo sets the account that new grants are for.
func (a *api) signedInTo(account string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.account = account
}

// answer puts answers in place of the next ones.
func (a *api) answer(next ...http.HandlerFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next = append(a.next, next...)
}

func (a *api) asked() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls
}

func (a *api) replacement() http.HandlerFunc {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls++
	if len(a.next) == 0 {
		return nil
	}
	answer := a.next[0]
	a.next = a.next[1:]
	return answer
}

func (a *api) serve(w http.ResponseWriter, r *http.Request) {
	if answer := a.replacement(); answer != nil {
		answer(w, r)
		return
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.keys[token] && !a.auth.Alive(token) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="api", error="invalid_token"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if a.bound[token] == "" {
		a.bound[token] = a.account
	}
	fmt.Fprintf(w, `{"id":%q,"name":"Acme %s"}`, a.bound[token], a.bound[token])
}

// revokeAll ends every grant at the provider, as its owner does on a web page.
func (w *world) revokeAll() {
	w.Helper()
	w.api.mu.Lock()
	defer w.api.mu.Unlock()
	for token := range w.api.bound {
		res, err := w.auth.Client().PostForm(w.auth.URL+oauthtest.Revoke, url.Values{"token": {token}, "client_id": {"patchbay"}})
		w.check(err)
		_ = res.Body.Close()
	}
}

// alive counts the tokens that the API has seen and that still work.
func (w *world) alive() int {
	w.api.mu.Lock()
	defer w.api.mu.Unlock()
	n := 0
	for token := range w.api.bound {
		if w.auth.Alive(token) {
			n++
		}
	}
	return n
}

// windows is a browser whose person says yes at once, unless told otherwise.
type windows struct {
	transport *http.Transport

	mu     sync.Mutex
	idle   bool // the person does nothing
	fail   error
	opened []*window
	asked  []connection.WindowRequest
}

type window struct {
	kind   connection.WindowKind
	closed chan struct{}
	once   sync.Once
}

func (w *window) Kind() connection.WindowKind { return w.kind }
func (w *window) Closed() <-chan struct{}     { return w.closed }
func (w *window) Close()                      { w.once.Do(func() { close(w.closed) }) }

func (w *windows) Open(_ context.Context, r connection.WindowRequest) (connection.Window, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	if w.fail != nil {
		return nil, w.fail
	}
	opened := &window{kind: r.Kind, closed: make(chan struct{})}
	w.opened = append(w.opened, opened)
	if !w.idle {
		go func() { _, _ = w.browse(r.URL) }()
	}
	return opened, nil
}

// browse goes where a browser would and returns where it ended.
func (w *windows) browse(address string) (string, error) {
	client := &http.Client{Transport: w.transport}
	res, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

func (w *windows) set(edit func(*windows)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	edit(w)
}

func (w *windows) last() *window {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.opened) == 0 {
		return nil
	}
	return w.opened[len(w.opened)-1]
}

// mortal is the store of a program that can be killed at any write.
type mortal struct {
	*sqlite.Workspace
	dead   atomic.Bool
	writes atomic.Int64
	// killAt is the write at which the program is killed, before it happens or,
	// for after, when it has; 0 is never.
	killAt int64
	after  bool
	// fail, if set, is what writes return.
	fail atomic.Pointer[error]
	// pause holds up the next reading of sealed tokens.
	pause atomic.Pointer[func()]
}

// hold makes the next reading of sealed tokens say that it arrived and wait.
func (m *mortal) hold(arrived chan<- struct{}, release <-chan struct{}) {
	pause := func() { close(arrived); <-release }
	m.pause.Store(&pause)
}

func (m *mortal) Sealed(ctx context.Context, id string) ([]byte, error) {
	if pause := m.pause.Swap(nil); pause != nil {
		(*pause)()
	}
	return m.Workspace.Sealed(ctx, id)
}

var errKilled = fault.Errorf(fault.StorageFailed, "killed")

func (m *mortal) die() { m.dead.Store(true) }

func (m *mortal) write(do func() error) error {
	n := m.writes.Add(1)
	if fail := m.fail.Load(); fail != nil {
		return *fail
	}
	if n == m.killAt && !m.after {
		m.die()
	}
	if m.dead.Load() {
		return errKilled
	}
	err := do()
	if n == m.killAt {
		m.die()
		return errKilled
	}
	return err
}

func (m *mortal) Save(ctx context.Context, c connection.Connection, sealed []byte, did ...connection.Activity) (out connection.Connection, err error) {
	err = m.write(func() error { out, err = m.Workspace.Save(ctx, c, sealed, did...); return err })
	return out, err
}

func (m *mortal) Merge(ctx context.Context, into, from connection.Connection, sealed []byte, revoke *connection.Revocation, did connection.Activity) (out connection.Connection, err error) {
	err = m.write(func() error { out, err = m.Workspace.Merge(ctx, into, from, sealed, revoke, did); return err })
	return out, err
}

func (m *mortal) Remove(ctx context.Context, c connection.Connection, receipt *connection.Receipt, revoke *connection.Revocation, did ...connection.Activity) error {
	return m.write(func() error { return m.Workspace.Remove(ctx, c, receipt, revoke, did...) })
}

func (m *mortal) SaveReceipt(ctx context.Context, r connection.Receipt, did ...connection.Activity) error {
	return m.write(func() error { return m.Workspace.SaveReceipt(ctx, r, did...) })
}

func (m *mortal) SaveRevocation(ctx context.Context, r connection.Revocation) error {
	return m.write(func() error { return m.Workspace.SaveRevocation(ctx, r) })
}

// mortalAlerts keeps nothing once the program is dead.
type mortalAlerts struct {
	alert.Store
	life *mortal
}

func (m mortalAlerts) Save(ctx context.Context, a alert.Alert) error {
	if m.life.dead.Load() {
		return errKilled
	}
	return m.Store.Save(ctx, a)
}

// doomed sends nothing once the program is dead.
type doomed struct {
	life *mortal
	http.RoundTripper
}

func (d doomed) RoundTrip(r *http.Request) (*http.Response, error) {
	if d.life.dead.Load() {
		return nil, errors.New("killed")
	}
	return d.RoundTripper.RoundTrip(r)
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
