package bridge

import (
	"time"

	"patchbay/app/alert"
)

// Alerts is what needs attention.
type Alerts struct{ b *Bridge }

// Open returns the alerts that stand, worst first.
func (a *Alerts) Open() (_ []Alert, err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	open, err := a.b.Alerts.Open(ctx)
	return list(open, a.b.toAlert(a.b.icons(ctx))), err
}

// historyShown is how many ended alerts are returned.
const historyShown = 200

// History returns alerts that have ended, latest first.
func (a *Alerts) History() (_ []Alert, err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	ended, err := a.b.Alerts.History(ctx, alert.Filter{Limit: historyShown})
	return list(ended, a.b.toAlert(a.b.icons(ctx))), err
}

// Snooze keeps an alert quiet until a time, in milliseconds since 1970.
func (a *Alerts) Snooze(id string, until int64) (err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	if err := a.b.may(ctx, manageApps); err != nil {
		return err
	}
	return a.b.Alerts.Snooze(ctx, id, time.UnixMilli(until))
}

// Ignore keeps an alert quiet until it changes.
func (a *Alerts) Ignore(id string) (err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	if err := a.b.may(ctx, manageApps); err != nil {
		return err
	}
	return a.b.Alerts.Ignore(ctx, id)
}

// Restore takes back Snooze and Ignore.
func (a *Alerts) Restore(id string) (err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	if err := a.b.may(ctx, manageApps); err != nil {
		return err
	}
	return a.b.Alerts.Unsnooze(ctx, id)
}

func (b *Bridge) toAlert(icon func(slug string) Icon) func(alert.Alert) Alert {
	language := b.Language()
	return func(a alert.Alert) Alert {
		said := b.Alerts.Explain(language, a)
		return Alert{
			ID: a.ID, Kind: string(a.Kind), Severity: string(a.Severity), ConnectionID: a.Subject.Connection,
			Slug: a.Subject.App, App: a.Subject.AppName, Icon: icon(a.Subject.App), Account: a.Subject.Account,
			Since: ms(a.Since), LastSeen: ms(a.LastSeen), Count: a.Count, Title: said.Title, Sentence: said.Sentence,
			SinceText: said.Since, StateText: said.State, Effect: said.Effect, Steps: texts(said.Steps),
			Remedy: string(said.Remedy), RemedyLabel: said.RemedyLabel,
			Details:      list(said.Details, func(d alert.Detail) Detail { return Detail(d) }),
			SnoozedUntil: ms(a.SnoozedUntil), Ignored: a.Ignored, EndedAt: ms(a.Ended), How: string(a.How),
		}
	}
}
