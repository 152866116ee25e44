package bridge

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/wording"
)

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
	return c.b.save(wording.SaveReceipt, name, func(file *os.File) error {
		_, err := file.Write(append(text, '\n'))
		return err
	})
}
