package bridge

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"time"

	"patchbay/app/account"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/wording"
)

const manageApps = account.ManageApps

// Connections is connecting, watching and uninstalling.
type Connections struct{ b *Bridge }

// long is a context for work that waits for a provider or a feed.
func (b *Bridge) long() (context.Context, context.CancelFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return context.WithTimeout(b.life, 10*time.Minute)
}

// List returns all connections, oldest first.
func (c *Connections) List() (_ []Connection, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	all, err := c.b.Connections.List(ctx)
	if err != nil {
		return nil, err
	}
	view, err := c.b.toConnection(ctx)
	return list(all, view), err
}

// Connection returns one connection with its permissions and activity.
func (c *Connections) Connection(id string) (_ ConnectionDetail, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	return c.b.detail(ctx, id)
}

// Expiries returns what is known to end, soonest first.
func (c *Connections) Expiries() (_ []Expiry, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	all, err := c.b.Connections.Expiries(ctx)
	icon := c.b.icons(ctx)
	return list(all, func(e connection.Expiry) Expiry {
		of := e.Connection
		return Expiry{
			ConnectionID: of.ID, Slug: of.App.Slug, App: of.App.Name, Icon: icon(of.App.Slug), Account: of.Label(),
			What: string(e.What), At: ms(e.At), ByItself: e.ByItself,
		}
	}), err
}

// Connect starts a sign-in to the app called slug.
func (c *Connections) Connect(slug string, o ConnectOptions) (_ Attempt, err error) {
	defer guard(&err)
	return c.attempt(func(ctx context.Context) (connection.Attempt, error) {
		return c.b.Connections.Connect(ctx, slug, c.b.options(ctx, o))
	})
}

// Reconnect starts a sign-in that renews a connection.
func (c *Connections) Reconnect(id string, o ConnectOptions) (_ Attempt, err error) {
	defer guard(&err)
	return c.attempt(func(ctx context.Context) (connection.Attempt, error) {
		return c.b.Connections.Reconnect(ctx, id, c.b.options(ctx, o))
	})
}

// OpenAgain opens the sign-in page once more, in that kind of window.
func (c *Connections) OpenAgain(id, window string) (_ Attempt, err error) {
	defer guard(&err)
	return c.attempt(func(ctx context.Context) (connection.Attempt, error) {
		return c.b.Connections.OpenAgain(ctx, id, connection.WindowKind(window))
	})
}

// Resolve says what to do about another account, "keep", "replace" or "add", or
// which of the options the connection is for.
func (c *Connections) Resolve(id, choice string) (_ Attempt, err error) {
	defer guard(&err)
	return c.attempt(func(context.Context) (connection.Attempt, error) {
		return c.b.Connections.Resolve(id, connection.Choice(choice))
	})
}

// Paste gives a sign-in the address at which the browser arrived, where the answer
// goes to a web page.
func (c *Connections) Paste(id, address string) (_ Attempt, err error) {
	defer guard(&err)
	return c.attempt(func(context.Context) (connection.Attempt, error) {
		return c.b.Connections.Paste(id, address)
	})
}

func (c *Connections) attempt(do func(context.Context) (connection.Attempt, error)) (Attempt, error) {
	ctx, done := c.b.ctx()
	defer done()
	if err := c.b.may(ctx, manageApps); err != nil {
		return Attempt{}, err
	}
	a, err := do(ctx)
	return c.b.toAttempt(ctx, a), err
}

// Attempt returns how a sign-in stands.
func (c *Connections) Attempt(id string) (_ Attempt, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	a, err := c.b.Connections.Attempt(id)
	return c.b.toAttempt(ctx, a), err
}

// Cancel ends a sign-in.
func (c *Connections) Cancel(id string) (err error) {
	defer guard(&err)
	return c.b.Connections.Cancel(id)
}

// CheckNow checks a connection at once.
func (c *Connections) CheckNow(id string) (_ Connection, err error) {
	defer guard(&err)
	return c.change(func(ctx context.Context) (connection.Connection, error) { return c.b.Connections.CheckNow(ctx, id) })
}

// Pause stops checks and renewals.
func (c *Connections) Pause(id string) (_ Connection, err error) {
	defer guard(&err)
	return c.change(func(ctx context.Context) (connection.Connection, error) { return c.b.Connections.Pause(ctx, id) })
}

// Resume takes up a paused connection.
func (c *Connections) Resume(id string) (_ Connection, err error) {
	defer guard(&err)
	return c.change(func(ctx context.Context) (connection.Connection, error) { return c.b.Connections.Resume(ctx, id) })
}

// Describe gives a connection a name and a purpose.
func (c *Connections) Describe(id, name, purpose string) (_ Connection, err error) {
	defer guard(&err)
	return c.change(func(ctx context.Context) (connection.Connection, error) {
		return c.b.Connections.Describe(ctx, id, name, purpose)
	})
}

// ApproveListing consents to what a connection's listing newly asks for: asks is
// what was shown of [Consent]. New scopes are granted by the reconnect after it.
func (c *Connections) ApproveListing(id string, asks []string) (_ Connection, err error) {
	defer guard(&err)
	return c.change(func(ctx context.Context) (connection.Connection, error) {
		return c.b.Connections.ApproveListing(ctx, id, asks)
	})
}

func (c *Connections) change(do func(context.Context) (connection.Connection, error)) (Connection, error) {
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, manageApps); err != nil {
		return Connection{}, err
	}
	changed, err := do(ctx)
	if err != nil {
		return Connection{}, err
	}
	view, err := c.b.toConnection(ctx)
	if err != nil {
		return Connection{}, err
	}
	return view(changed), nil
}

// Activity returns what happened, latest first.
func (c *Connections) Activity(f ActivityFilter) (_ []Activity, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	return c.b.activity(ctx, f)
}

// ExportActivity saves what happened as CSV where the person chooses, and
// returns the path; "" when they choose nowhere.
func (c *Connections) ExportActivity(f ActivityFilter) (path string, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	f.Limit = 100_000
	all, err := c.b.activity(ctx, f)
	if err != nil {
		return "", err
	}
	return c.b.save("patchbay-activity.csv", func(file *os.File) error {
		// Spreadsheets take a file for Unicode only if it begins like this.
		_, _ = file.WriteString("\ufeff")
		w := csv.NewWriter(file)
		_ = w.Write([]string{"time", "what", "app", "account", "person", "note"}) // Error tells below
		for _, a := range all {
			at := time.UnixMilli(a.At).UTC().Format(time.RFC3339)
			_ = w.Write([]string{at, a.What, cell(a.App), cell(a.Account), cell(a.Person), cell(a.Note)})
		}
		w.Flush()
		return w.Error()
	})
}

// cell keeps a spreadsheet from taking a provider's text for a formula.
func cell(text string) string {
	if text != "" && slices.Contains([]byte("=+-@\t\r"), text[0]) {
		return "'" + text
	}
	return text
}

// save writes a file where the person chooses.
func (b *Bridge) save(name string, write func(*os.File) error) (string, error) {
	path, err := b.frame().Save(name)
	if err != nil || path == "" {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	if err := write(file); err != nil {
		_ = file.Close()
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	if err := file.Close(); err != nil {
		return "", fault.Errorf(fault.StorageFailed, "save the file: %w", err)
	}
	return path, nil
}

// ClientSetup returns what an admin needs to make an app at the provider.
func (c *Connections) ClientSetup(place ClientPlace) (_ ClientSetup, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	app, variables, err := c.b.place(ctx, place)
	if err != nil {
		return ClientSetup{}, err
	}
	return c.b.clientSetup(ctx, app, variables), nil
}

// SaveClient keeps the client that the admin made.
func (c *Connections) SaveClient(place ClientPlace, entry ClientEntry) (_ ClientSetup, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	if err := c.b.may(ctx, account.ManageAccount); err != nil {
		return ClientSetup{}, err
	}
	app, variables, err := c.b.place(ctx, place)
	if err != nil {
		return ClientSetup{}, err
	}
	if err := c.b.Connections.SaveClient(ctx, app, entered(entry, variables)); err != nil {
		return ClientSetup{}, err
	}
	return c.b.clientSetup(ctx, app, variables), nil
}

// UninstallPreview tells what uninstalling would do, and the word to type.
func (c *Connections) UninstallPreview(id string) (_ UninstallPreview, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	p, err := c.b.Connections.Preview(ctx, id)
	if err != nil {
		return UninstallPreview{}, err
	}
	return c.b.toPreview(ctx, p)
}

// MoveDependents lets what depends on a connection use another one of its app.
func (c *Connections) MoveDependents(from, to string) (_ UninstallPreview, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	if err := c.b.may(ctx, manageApps); err != nil {
		return UninstallPreview{}, err
	}
	p, err := c.b.Connections.MoveDependents(ctx, from, to)
	if err != nil {
		return UninstallPreview{}, err
	}
	return c.b.toPreview(ctx, p)
}

// Uninstall ends a connection for good, once the word has been typed.
func (c *Connections) Uninstall(id, typed string) (_ Receipt, err error) {
	defer guard(&err)
	return c.receipt(func(ctx context.Context) (connection.Receipt, error) {
		before, err := c.b.Connections.Connection(ctx, id)
		if err != nil {
			return connection.Receipt{}, err
		}
		return c.b.Connections.Uninstall(ctx, id, c.b.phrase(before.App), typed)
	})
}

// phrase is the word to type: the listing's, or the language's.
func (b *Bridge) phrase(app connection.App) string {
	if app.Phrase != "" {
		return app.Phrase
	}
	return b.Words.Say(b.Language(), wording.UninstallWord, nil)
}

// Receipts returns what was uninstalled, latest first.
func (c *Connections) Receipts() (_ []Receipt, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	all, err := c.b.Connections.Receipts(ctx)
	if err != nil {
		return nil, err
	}
	view, err := c.b.toReceipt(ctx)
	return list(all, view), err
}

// TickStep marks a step that is left after an uninstall as done or not.
func (c *Connections) TickStep(receipt, step string, done bool) (_ Receipt, err error) {
	defer guard(&err)
	return c.receipt(func(ctx context.Context) (connection.Receipt, error) {
		n, err := strconv.Atoi(step)
		if err != nil {
			return connection.Receipt{}, fault.Errorf(fault.NotFound, "no step %q", step)
		}
		return c.b.Connections.TickStep(ctx, receipt, n, done)
	})
}

// RevokeNow tries a pending revocation at once.
func (c *Connections) RevokeNow(receipt string) (_ Receipt, err error) {
	defer guard(&err)
	return c.receipt(func(ctx context.Context) (connection.Receipt, error) { return c.b.Connections.RevokeNow(ctx, receipt) })
}

func (c *Connections) receipt(do func(context.Context) (connection.Receipt, error)) (Receipt, error) {
	ctx, done := c.b.long()
	defer done()
	if err := c.b.may(ctx, manageApps); err != nil {
		return Receipt{}, err
	}
	r, err := do(ctx)
	if err != nil {
		return Receipt{}, err
	}
	view, err := c.b.toReceipt(ctx)
	return view(r), err
}

// ExportReceipt saves a receipt as JSON where the person chooses.
func (c *Connections) ExportReceipt(id string) (path string, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	r, err := c.b.Connections.Receipt(ctx, id)
	if err != nil {
		return "", err
	}
	view, err := c.b.toReceipt(ctx)
	if err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(view(r), "", "  ")
	if err != nil {
		return "", err
	}
	name := "patchbay-receipt-" + r.App.Slug + "-" + r.At.Format(time.DateOnly) + ".json"
	return c.b.save(name, func(file *os.File) error {
		_, err := file.Write(append(text, '\n'))
		return err
	})
}
