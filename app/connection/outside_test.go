package connection_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/sqlite"
)

// keys is a keychain in memory that can be made to fail.
type keys struct {
	mu    sync.Mutex
	items map[string]string
	fail  error
	held  chan struct{} // while it is open, nobody is answered
	asked int
}

// hang lets every call wait from now on, until the returned function is called.
func (k *keys) hang() (release func()) {
	held := make(chan struct{})
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held, k.asked = held, 0
	return sync.OnceFunc(func() { close(held) })
}

// calls counts those since hang.
func (k *keys) calls() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.asked
}

// wait comes before every answer.
func (k *keys) wait() {
	k.mu.Lock()
	held := k.held
	k.asked++
	k.mu.Unlock()
	if held != nil {
		<-held
	}
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
	k.wait()
	k.mu.Lock()
	defer k.mu.Unlock()
	secret, ok := k.items[user]
	if k.fail == nil && !ok {
		return "", keychain.ErrAbsent
	}
	return secret, k.fail
}

func (k *keys) Write(user, secret string) error {
	k.wait()
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
	always  http.HandlerFunc // in place of every answer; nil for none
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

// answerAlways puts an answer in place of all that come; nil takes that back.
func (a *api) answerAlways(answer http.HandlerFunc) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.always = answer
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
		return a.always
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
