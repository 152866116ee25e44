package app

import (
	"context"
	"time"

	"patchbay/app/alert/report"
	"patchbay/app/keychain"
	"patchbay/app/mail"
	"patchbay/app/outbox"
)

// joinMail makes what goes out by e-mail.
func (a *App) joinMail(vault *keychain.Keychain) {
	a.outbox = outbox.New(outbox.Config{
		Store: a.workspace, Vault: vault, Carrier: mail.Carrier{}, Offline: a.machine.Offline,
		Now: time.Now, Log: a.config.Log,
	})
	a.reports = report.New(report.Config{
		Store: a.workspace, Alerts: a.alerts, Outbox: a.outbox, Words: a.words, Language: a.language,
		Account: a.accountName, Now: time.Now, Zone: time.Local,
	})
}

// accountName is the organisation's name, "" before the first start.
func (a *App) accountName() string {
	account, err := a.account.Account(a.life)
	if err != nil {
		return ""
	}
	return account.Name
}

// sendMail lets time pass for e-mails. It is apart from the other clocks because
// a mail server may take its time.
func (a *App) sendMail(ctx context.Context) {
	a.everySecond(ctx, ticking{"report alerts by e-mail", a.reports.Tick}, ticking{"send e-mails", a.outbox.Tick})
}
