package replay_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/connection/replay"
	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/sqlite"
	"patchbay/app/sqlite/sqlitetest"
	"patchbay/app/wording"
)

// desk is one admin with Patchbay, and the one provider there is.
type desk struct {
	testing.TB
	*connection.Service
	server *replay.Server
	app    connection.App
	clock  *clock
	// expected counts what the provider has refused and was meant to: it is asked
	// about a new client with a code that does not exist.
	expected int
}

type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

func newDesk(t testing.TB, p replay.Provider, app connection.App) *desk {
	t.Helper()
	d := &desk{TB: t, app: app, clock: &clock{}}
	d.clock.at.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixNano())
	d.server = replay.Start(t, p, d.clock.now)
	disk, _, err := sqlite.OpenWorkspace(t.Context(), sqlitetest.Folder(t), d.clock.now)
	if err != nil {
		t.Fatal(err)
	}
	transport := d.server.Transport()
	lent := &http.Client{Transport: transport}
	log := slog.New(slog.DiscardHandler)
	d.Service = connection.New(connection.Config{
		Store: disk, History: disk, Clients: disk, Vault: openVault{}, Directory: d, Windows: browser{transport},
		Alerts: alert.New(disk.Alerts(), wording.New(time.UTC), d.clock.now), HTTP: lent, Now: d.clock.now,
		Person: func() string { return "ada" }, Log: log,
		Protocol: oauth.New(oauth.Options{HTTP: lent, Now: d.clock.now, Log: log, After: d.after}),
	})
	t.Cleanup(func() {
		d.Service.Close()
		_ = disk.Close()
	})
	return d
}

// after fires the polls of a device at once, and never ends a wait for a person.
func (d *desk) after(wait time.Duration) <-chan time.Time {
	if wait > time.Minute {
		return nil
	}
	now := make(chan time.Time, 1)
	now <- d.clock.now()
	return now
}

// App implements connection.Directory.
func (d *desk) App(_ context.Context, slug string) (connection.App, error) {
	if slug != d.app.Slug {
		return connection.App{}, fault.Errorf(fault.NotFound, "no listing %s", slug)
	}
	return d.app, nil
}

// connect does what the admin does: makes an app at the provider where that is
// wanted, enters what the form asks, signs in, chooses.
func (d *desk) connect() (connection.Connection, error) {
	if d.app.Provider.Kind == "oauth2" && d.app.Provider.Client.Kind == "own" {
		if err := d.setUpClient(); err != nil {
			return connection.Connection{}, err
		}
	}
	a, err := d.begin()
	if err != nil {
		return connection.Connection{}, err
	}
	if a, err = d.follow(a.ID); err != nil {
		return connection.Connection{}, err
	}
	if a.Phase != connection.Done {
		return connection.Connection{}, errors.Join(errors.New("the sign-in ended "+string(a.Phase)), a.Err)
	}
	return d.Connection(d.Context(), a.Connection)
}

const ownPage = "https://acme.example/signed-in"

func (d *desk) setUpClient() error {
	redirect := connection.Redirect(d.app.Provider).URI()
	if d.app.Provider.Redirect.HTTPSOnly {
		redirect = ownPage
	}
	if d.app.Provider.Grant == "device" {
		redirect = "https://acme.example" // the form at the provider wants one, nobody uses it
	}
	id, secret, err := d.server.Register(redirect)
	if err != nil {
		return err
	}
	err = d.SaveClient(d.Context(), d.app, connection.ClientEntry{Variables: d.server.Form, ID: id, Secret: oauth.Secret(secret), Redirect: redirect})
	d.expected = len(d.server.Refused())
	return err
}

// begin starts the sign-in, again while another test holds the fixed port.
func (d *desk) begin() (connection.Attempt, error) {
	options := connection.ConnectOptions{Variables: d.server.Form, Key: oauth.Secret(d.server.Key)}
	for try := 0; ; try++ {
		a, err := d.Connect(d.Context(), d.app.Slug, options)
		if oauth.ErrorKind(err) != oauth.PortInUse || try > 6000 {
			return a, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// follow waits for the attempt's end, and does what the person does meanwhile.
func (d *desk) follow(id string) (connection.Attempt, error) {
	pasted := false
	for range 20_000 {
		a, err := d.Attempt(id)
		switch {
		case err != nil || a.Over():
			return a, err
		case a.Phase == connection.Picking:
			_, err = d.Resolve(id, connection.Choice(d.server.Pick))
		case a.Phase == connection.Waiting && len(d.server.Refused()) > d.expected:
			err = d.Cancel(id) // the page showed an error; nobody stays there
		case a.Pastes != "" && a.Phase == connection.Waiting && a.Window != "" && !pasted:
			if pasted = true; a.Window != connection.Tab {
				return a, errors.New("the answer's address is in a window that shows none")
			}
			_, err = d.Paste(id, d.addressAfter(a.URL))
		}
		if err != nil {
			return a, err
		}
		time.Sleep(time.Millisecond)
	}
	return connection.Attempt{}, errors.New("the sign-in does not end")
}

// addressAfter signs in and returns where the browser was sent.
func (d *desk) addressAfter(address string) string {
	client := &http.Client{
		Transport:     d.server.Transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Get(address)
	if err != nil {
		return ""
	}
	_ = res.Body.Close()
	return res.Header.Get("Location")
}

// browser is one whose person says yes wherever a page asks.
type browser struct{ transport *http.Transport }

func (b browser) Open(_ context.Context, r connection.WindowRequest) (connection.Window, error) {
	go func() {
		client := &http.Client{Transport: b.transport, CheckRedirect: stayOutside}
		if res, err := client.Get(r.URL); err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	}()
	return window{r.Kind, make(chan struct{})}, nil
}

// stayOutside does not follow to the admin's own page, where the answer stays.
func stayOutside(r *http.Request, _ []*http.Request) error {
	if strings.HasPrefix(r.URL.String(), ownPage) {
		return http.ErrUseLastResponse
	}
	return nil
}

type window struct {
	kind   connection.WindowKind
	closed chan struct{}
}

func (w window) Kind() connection.WindowKind { return w.kind }
func (w window) Closed() <-chan struct{}     { return w.closed }
func (w window) Close()                      {}

// openVault keeps everything as it is: sealing is tested where it is done.
type openVault struct{}

func (openVault) Seal(_ context.Context, plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (openVault) Open(_ context.Context, sealed []byte, _ string) ([]byte, error) { return sealed, nil }
