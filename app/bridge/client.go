package bridge

import (
	"patchbay/app/account"
)

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
