package crash

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"patchbay/app"
	"patchbay/app/connection"
	"patchbay/app/desktop"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"patchbay/app/oauth"
	"patchbay/app/provider"
	"patchbay/build/bench/acme"
)

// The environment that makes a process the program to be killed.
const (
	envDir     = "PATCHBAY_CRASH_DIR"
	envAddress = "PATCHBAY_CRASH_PROVIDER"
	envTrust   = "PATCHBAY_CRASH_TRUST"
)

// IsChild reports whether this process was started to be killed; it then calls
// Child and nothing else.
func IsChild() bool { return os.Getenv(envDir) != "" }

// command is what the child is told, one JSON document a line. Answers bear its
// number.
type command struct {
	N  int    `json:"n"`
	Do string `json:"do"`
	ID string `json:"id"`
}

// reply is how a command went.
type reply struct {
	N    int    `json:"n"`
	Err  string `json:"err,omitempty"`
	ID   string `json:"id,omitempty"`
	Text string `json:"text,omitempty"`
	Rows []row  `json:"rows,omitempty"`
}

// row is a connection as the store holds it.
type row struct{ ID, Account, State string }

// Child runs Patchbay without a window until its standard input ends.
func Child() (err error) {
	desktop.Private()
	dir := os.Getenv(envDir)
	release, err := desktop.Claim(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer release()
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM([]byte(os.Getenv(envTrust)))
	acme.Lead(os.Getenv(envAddress), &tls.Config{RootCAs: trust})
	a, err := app.New(context.Background(), app.Config{
		Dir: filepath.Join(dir, "data"), Version: "crash", Windows: browser{}, Keychain: file(filepath.Join(dir, keychainFile)),
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	p := &program{Service: a.Bridge.Connections}
	p.Directory = p
	p.AttemptChanged.Subscribe(p.heard)
	a.Start()
	return p.serve()
}

// program carries out what it is told.
type program struct {
	*connection.Service
	said    sync.Mutex
	waiting sync.Map // channels of attempts, by id
}

// App implements connection.Directory: there is one app.
func (p *program) App(context.Context, string) (connection.App, error) {
	return acme.App(provider.Client{Kind: "own", SecretNeeded: true}, "post", "1h"), nil
}

func (p *program) serve() error {
	lines := bufio.NewScanner(os.Stdin)
	p.say(reply{})
	var at sync.WaitGroup
	defer at.Wait()
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return err
		}
		at.Go(func() { p.say(p.do(context.Background(), c)) })
	}
	return lines.Err()
}

// say writes an answer in one piece.
func (p *program) say(r reply) {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // never: a reply is plain data
	}
	p.said.Lock()
	defer p.said.Unlock()
	fmt.Println(string(text))
}

func (p *program) do(ctx context.Context, c command) (r reply) {
	r.N = c.N
	var err error
	switch c.Do {
	case "client":
		known, _ := p.App(ctx, "")
		err = p.SaveClient(ctx, known, connection.ClientEntry{ID: clientID, Secret: oauth.Secret(c.ID)})
	case "connect":
		r.ID, err = p.signIn(p.Connect(ctx, "acme", connection.ConnectOptions{}))
	case "reconnect":
		r.ID, err = p.signIn(p.Reconnect(ctx, c.ID, connection.ConnectOptions{}))
	case "use":
		_, err = p.AccessToken(ctx, c.ID)
	case "check":
		r.Text, err = p.checked(ctx, c.ID)
	case "uninstall":
		_, err = p.Uninstall(ctx, c.ID, "uninstall", "uninstall")
	case "rows":
		r.Rows, err = p.settled(ctx)
	}
	if err != nil {
		r.Err = fmt.Sprintf("%s: %v", fault.CodeOf(err), err)
	}
	return r
}

// heard passes on that an attempt has changed.
func (p *program) heard(id string) {
	changed, _ := p.waiting.LoadOrStore(id, make(chan struct{}, 1))
	select {
	case changed.(chan struct{}) <- struct{}{}:
	default:
	}
}

// signIn waits for the end of an attempt and returns the connection.
func (p *program) signIn(a connection.Attempt, err error) (string, error) {
	if err != nil {
		return "", err
	}
	changed, _ := p.waiting.LoadOrStore(a.ID, make(chan struct{}, 1))
	for !a.Over() {
		<-changed.(chan struct{})
		if a, err = p.Attempt(a.ID); err != nil {
			return "", err
		}
	}
	if a.Phase != connection.Done {
		return "", fmt.Errorf("the sign-in ended %s: %w", a.Phase, a.Err)
	}
	return a.Connection, nil
}

// checked returns a connection's state after a check, with the kinds of its alerts.
func (p *program) checked(ctx context.Context, id string) (string, error) {
	c, err := p.CheckNow(ctx, id)
	if err != nil {
		return "", err
	}
	text := string(c.State)
	open, err := p.Alerts.Open(ctx)
	for _, a := range open {
		if a.Subject.Connection == id {
			text += " " + string(a.Kind)
		}
	}
	return text, err
}

// patience is how long the program may take to finish what was cut off.
const patience = 30 * time.Second

// settled waits until what a crash has cut off is finished, and returns all rows;
// after a while also those that are still half done.
func (p *program) settled(ctx context.Context) ([]row, error) {
	for late := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		all, err := p.Store.Connections(ctx)
		if err != nil {
			return nil, err
		}
		left, err := p.History.Revocations(ctx)
		if err != nil {
			return nil, err
		}
		busy := len(left) > 0
		rows := []row{}
		for _, c := range all {
			rows = append(rows, row{c.ID, c.AccountID, string(c.State)})
			busy = busy || c.State == connection.Connecting || c.State == connection.Uninstalling || !c.RenewalStarted.IsZero()
		}
		if !busy || time.Now().After(late) {
			return rows, nil
		}
	}
}

// browser signs in as whoever the provider takes it for.
type browser struct{}

// Open implements connection.Windows.
func (browser) Open(_ context.Context, w connection.WindowRequest) (connection.Window, error) {
	client := &http.Client{Transport: http.DefaultTransport}
	go func() {
		if answer, err := client.Get(w.URL); err == nil {
			_ = answer.Body.Close()
		}
	}()
	return browser{}, nil
}

func (browser) Kind() connection.WindowKind { return connection.Tab }
func (browser) Closed() <-chan struct{}     { return nil }
func (browser) Close()                      {}

// file is a keychain that outlives the process, as a system's does.
type file string

// Read implements keychain.Store.
func (f file) Read(user string) (string, error) {
	items, err := f.items()
	if err != nil {
		return "", err
	}
	if secret, ok := items[user]; ok {
		return secret, nil
	}
	return "", keychain.ErrAbsent
}

// Write implements keychain.Store. It replaces the file in one step, because a
// system's keychain does not lose an item to a kill of who wrote it.
func (f file) Write(user, secret string) error {
	items, err := f.items()
	if err != nil {
		return err
	}
	items[user] = secret
	text, err := json.Marshal(items)
	if err != nil {
		return err
	}
	if err := os.WriteFile(string(f)+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(string(f)+".new", string(f))
}

func (f file) items() (map[string]string, error) {
	items := map[string]string{}
	text, err := os.ReadFile(string(f))
	if errors.Is(err, os.ErrNotExist) {
		return items, nil
	}
	if err != nil {
		return nil, err
	}
	return items, json.Unmarshal(text, &items)
}
