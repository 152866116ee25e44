package app

import (
	"context"
	"encoding/json"
	neturl "net/url"

	"patchbay/app/bridge"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"patchbay/app/notify"
	"patchbay/app/sqlite"
)

// What two packages need of each other without knowing each other stands here,
// one small adapter each.
var (
	_ connection.Directory = directory{}
	_ keychain.Ledger      = ledger{}
	_ notify.Desk          = desk{}
)

// directory lets connections find what listings say.
type directory struct{ app *App }

// App implements connection.Directory. A practice app is started by asking for it.
func (d directory) App(ctx context.Context, slug string) (connection.App, error) {
	l, err := d.app.catalogue.Listing(ctx, slug)
	if err != nil {
		return connection.App{}, err
	}
	if l.Sandbox {
		if err := d.app.sandbox.Ensure(ctx); err != nil {
			return connection.App{}, err
		}
	}
	out := connection.App{Slug: l.Slug, Name: l.Name, Sandbox: l.Sandbox, Provider: l.Connection, Phrase: l.Uninstall.Phrase}
	for _, step := range l.Uninstall.Steps {
		out.AfterSteps = append(out.AfterSteps, connection.Step{Text: step.Text, Link: step.Link})
	}
	return out, nil
}

// ledger keeps the key record with the preferences.
type ledger struct{ workspace *sqlite.Workspace }

const keyRecord = "key_record"

// KeyRecord implements keychain.Ledger.
func (l ledger) KeyRecord(ctx context.Context) (r keychain.KeyRecord, err error) {
	text, err := l.workspace.Preference(ctx, keyRecord)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fault.Errorf(fault.KeychainKeyLost, "read the key record: %w", err)
	}
	return r, nil
}

// SaveKeyRecord implements keychain.Ledger.
func (l ledger) SaveKeyRecord(ctx context.Context, r keychain.KeyRecord) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return l.workspace.SavePreference(ctx, keyRecord, text)
}

// desk shows notifications through the window's framework.
type desk struct{ bridge *bridge.Bridge }

// Send implements notify.Desk.
func (d desk) Send(ctx context.Context, n notify.Notification) error {
	out := bridge.Notification{ID: n.ID, Title: n.Title, Body: n.Body, Category: n.Category}
	for _, b := range n.Buttons {
		out.Buttons = append(out.Buttons, bridge.NotificationButton{ID: b.ID, Label: b.Label})
	}
	return d.bridge.Notify(ctx, out)
}

// url returns the host, with its port, of an address.
func url(address string) (host string, err error) {
	u, err := neturl.Parse(address)
	if err != nil {
		return "", err
	}
	return u.Host, nil
}
