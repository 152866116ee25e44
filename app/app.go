// Package app puts Patchbay together: it opens the stores, joins nouns and
// adapters, runs the clocks, and closes it all again. It decides nothing itself.
package app

import (
	"context"
	"errors"
	"log/slog"

	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"patchbay/app/account"
	"patchbay/app/alert"
	"patchbay/app/alert/report"
	"patchbay/app/bridge"
	"patchbay/app/connection"
	"patchbay/app/desktop"
	"patchbay/app/event"
	"patchbay/app/feed"
	"patchbay/app/feed/builtin"
	"patchbay/app/keychain"
	"patchbay/app/listing"
	"patchbay/app/notify"
	"patchbay/app/oauth"
	"patchbay/app/outbox"
	"patchbay/app/sandbox"
	"patchbay/app/settings"
	"patchbay/app/sqlite"
	"patchbay/app/wording"
)

// Config is what differs between the program, its tests and its benchmarks.
type Config struct {
	// Dir is the data folder. Its lock is held by the caller.
	Dir string
	// Language overrides the account's and the system's language; "" does not.
	Language string
	// Version is shown under Settings and in diagnostics.
	Version string
	// Windows opens sign-in windows; nil opens real ones.
	Windows connection.Windows
	// Keychain is where the data key lies; nil is the system's.
	Keychain keychain.Store
	// Feeds carries requests for feeds; nil is the network.
	Feeds http.RoundTripper
	// Providers carries requests to providers; nil is the network.
	Providers http.RoundTripper
	// SandboxPort is the practice apps' port; 0 is the usual one.
	SandboxPort int
	// Autostart is the entry at login; the zero value is the system's.
	Autostart desktop.Autostart
	Log       *slog.Logger
}

// App is a running Patchbay without its window.
type App struct {
	// Bridge is what the window is bound to.
	Bridge *bridge.Bridge

	config      Config
	workspace   *sqlite.Workspace
	catalogDB   *sqlite.Catalogue
	account     *account.Service
	settings    *settings.Service
	catalogue   *listing.Catalogue
	connections *connection.Service
	alerts      *alert.Registry
	outbox      *outbox.Service
	reports     *report.Service
	notifier    *notify.Notifier
	words       *wording.Wording
	sandbox     *sandbox.Server
	machine     *machine
	net         *desktop.Network

	life    context.Context
	end     context.CancelFunc
	running sync.WaitGroup
}

// New opens the data in c.Dir and joins everything together. It starts nothing.
// Errors are about the data folder; what else is missing on this machine is told
// in the window.
func New(ctx context.Context, c Config) (*App, error) {
	a := &App{config: c, words: wording.New(time.Local)}
	workspace, recovery, err := sqlite.OpenWorkspace(ctx, c.Dir, time.Now)
	if err != nil {
		return nil, err
	}
	catalogDB, rebuilt, err := sqlite.OpenCatalogue(ctx, c.Dir, time.Now)
	if err != nil {
		return nil, errors.Join(err, workspace.Close())
	}
	a.workspace, a.catalogDB = workspace, catalogDB
	a.life, a.end = context.WithCancel(context.Background())
	a.join()
	return a, a.machine.note(ctx, recovery, rebuilt)
}

// join makes the nouns and hands each what it needs.
func (a *App) join() {
	log := a.config.Log
	vault := a.vault()
	a.account = account.New(a.workspace, time.Now)
	a.settings = settings.New(a.workspace)
	a.alerts = alert.New(a.workspace.Alerts(), a.words, time.Now)
	a.catalogue = listing.New(a.catalogDB, &feed.Sources{Web: feed.Web{Transport: a.config.Feeds}}, time.Now, log)
	a.sandbox = sandbox.New(sandbox.Options{
		Dir: filepath.Join(a.config.Dir, "sandbox"), Port: a.config.SandboxPort, Logger: log, Language: a.language,
	})
	a.machine = &machine{app: a, vault: vault}
	a.net = desktop.NewNetwork(func() []string { return a.connections.Hosts(a.life) })
	transport := &http.Client{Transport: a.config.Providers}
	if transport.Transport == nil {
		transport.Transport = newTransport()
	}
	protocol := oauth.New(oauth.Options{HTTP: transport, AllowHTTP: a.isSandbox, Page: a.page, Log: log})
	windows := a.config.Windows
	if windows == nil {
		windows = &desktop.Windows{}
	}
	a.connections = connection.New(connection.Config{
		Store: a.workspace, History: a.workspace, Clients: a.workspace, Vault: vault,
		Directory: directory{a}, Windows: windows, Alerts: a.alerts, Protocol: protocol, HTTP: transport,
		Now: time.Now, Person: a.person, Log: log, Silence: func() { a.net.Doubt() },
	})
	a.joinMail(vault)
	a.Bridge = bridge.New(bridge.Services{
		Account: a.account, Settings: a.settings, Catalogue: a.catalogue, Connections: a.connections,
		Directory: directory{a}, Alerts: a.alerts, Outbox: a.outbox, Reports: a.reports, Words: a.words, Machine: a.machine, Autostart: a.config.Autostart, Language: a.language, Reads: a.reads,
		OpenLink: desktop.OpenLink, Screenshots: builtin.Screenshots(), DataFolder: a.config.Dir, Version: a.config.Version, Now: time.Now,
	})
	a.notifier = notify.New(notify.Config{
		Desk: desk{a.Bridge}, Alerts: a.alerts, Words: a.words, Rules: a.rules, Now: time.Now, Zone: time.Local, Log: log,
	})
	a.Bridge.OnNotification(func(ctx context.Context, id, button string) (alertID, do string) {
		intent := a.notifier.Respond(ctx, id, button)
		return intent.Alert, intent.Do
	})
}

// vault returns the keychain over the workspace's key record.
func (a *App) vault() *keychain.Keychain {
	store := a.config.Keychain
	if store == nil {
		store = keychain.System{}
	}
	return keychain.New(store, ledger{a.workspace}, keychain.Deadline)
}

// newTransport has the system's proxy and bounded waits.
func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = 30 * time.Second
	t.MaxResponseHeaderBytes = 64 << 10
	return t
}

// Start lets everything run: checks, renewals, notifications, the catalogue. It
// returns at once.
func (a *App) Start() {
	a.alerts.Changed.Subscribe(a.notifier.Hear)
	installed := event.Calm(50*time.Millisecond, func() { a.markInstalled(a.life) })
	a.connections.Changed.Subscribe(func(connection.Changed) { installed() })
	a.catalogue.Synced.Subscribe(func(string) { a.background(a.compareListings) })
	a.background(func(ctx context.Context) { a.net.Watch(ctx, a.network) })
	a.background(func(ctx context.Context) { desktop.WatchSleep(ctx, a.connections) })
	a.background(a.refreshAutostart)
	a.background(a.openCatalogue)
	a.background(a.tick)
	a.background(a.daily)
	a.background(a.sendMail)
	a.background(a.startSandboxIfUsed)
	a.background(a.machine.survey)
	a.connections.Start()
}

func (a *App) background(run func(context.Context)) {
	a.running.Go(func() { run(a.life) })
}

// Close stops everything in order: what is under way reaches a safe point, then
// the files are closed.
func (a *App) Close() error {
	a.connections.Close()
	a.end()
	a.running.Wait()
	return errors.Join(a.sandbox.Close(), a.workspace.Close(), a.catalogDB.Close())
}

// isSandbox reports whether host, with its port, is the practice apps' server:
// the only one that is spoken to without encryption.
func (a *App) isSandbox(host string) bool {
	own, err := url(a.sandbox.URL())
	return err == nil && host == own
}

// language is what to speak: the nearest to what is read.
func (a *App) language() string { return a.words.Match(a.reads()) }

// reads is the language to show the texts of apps in: the override, the account's,
// or the system's.
func (a *App) reads() string {
	if a.config.Language != "" {
		return a.words.Match(a.config.Language)
	}
	if account, err := a.account.Account(a.life); err == nil {
		return account.Language
	}
	return a.words.Match(SystemLanguage())
}

// SystemLanguage returns the POSIX locale of the session, "" if there is none.
func SystemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}
