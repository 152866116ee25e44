package bridge

import (
	"context"

	"patchbay/app/connection"
)

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
