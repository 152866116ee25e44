package bridge

import (
	"context"
	"time"

	"patchbay/app/account"
	"patchbay/app/connection"
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
