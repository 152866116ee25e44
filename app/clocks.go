package app

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/notify"
	"patchbay/app/oauth"
	"patchbay/app/wording"
)

// network passes on whether this machine is online.
func (a *App) network(online bool) {
	a.connections.SetOffline(!online)
	if err := a.alerts.SetOffline(a.life, !online); err != nil {
		a.config.Log.Error("tell alerts about the network", "error", err)
	}
	a.machine.setOffline(!online)
}

// openCatalogue makes the catalogue searchable and keeps it up to date.
func (a *App) openCatalogue(ctx context.Context) {
	a.markInstalled(ctx)
	if err := a.catalogue.Open(ctx); err != nil && ctx.Err() == nil {
		a.config.Log.Error("open the catalogue", "error", err)
	}
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		a.catalogue.SyncStale(ctx)
		// Making an index leaves as much garbage as it is large, and little else
		// happens in this process that would make the collector give it back.
		debug.FreeOSMemory()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// compareListings looks, after a sync, at what changed for what is connected.
func (a *App) compareListings(ctx context.Context) {
	if err := a.connections.CompareListings(ctx); err != nil && ctx.Err() == nil {
		a.config.Log.Error("compare connections with their listings", "error", err)
	}
}

// markInstalled tells the catalogue which listings are connected.
func (a *App) markInstalled(ctx context.Context) {
	all, err := a.connections.List(ctx)
	if err != nil {
		return // the next change tries again
	}
	slugs := make([]string, 0, len(all))
	for _, c := range all {
		slugs = append(slugs, c.App.Slug)
	}
	a.catalogue.MarkInstalled(slugs)
}

// tick lets time pass for alerts and notifications.
func (a *App) tick(ctx context.Context) {
	a.everySecond(ctx, ticking{"let time pass for alerts", a.alerts.Tick}, ticking{"tell alerts", a.notifier.Tick})
}

// ticking is something that time passes for, and what to call it in the log.
type ticking struct {
	doing string
	tick  func(context.Context) error
}

// everySecond lets time pass for all, one after the other, until ctx ends.
func (a *App) everySecond(ctx context.Context, all ...ticking) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-second.C:
		}
		for _, t := range all {
			if err := t.tick(ctx); err != nil && ctx.Err() == nil {
				a.config.Log.Error(t.doing, "error", err)
			}
		}
	}
}

// daily makes the backup, soon after the start and every hour it might be due.
func (a *App) daily(ctx context.Context) {
	wait := time.NewTimer(30 * time.Second)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		if _, err := a.workspace.Backup(ctx); err != nil && ctx.Err() == nil {
			a.config.Log.Error("back up", "error", err)
		}
		wait.Reset(time.Hour)
	}
}

// startSandboxIfUsed brings the practice apps back when one is connected, or has
// yet to hear that it no longer is.
func (a *App) startSandboxIfUsed(ctx context.Context) {
	if !a.sandboxUsed(ctx) {
		return
	}
	if err := a.sandbox.Ensure(ctx); fault.CodeOf(err) == fault.PortInUse {
		a.machine.sandboxPortTaken(ctx)
	} else if err != nil {
		a.config.Log.Error("start the practice apps", "error", err)
	}
}

func (a *App) sandboxUsed(ctx context.Context) bool {
	all, err := a.connections.List(ctx)
	receipts, notRead := a.connections.Receipts(ctx)
	if err := errors.Join(err, notRead); err != nil {
		a.config.Log.Error("look for practice apps", "error", err)
	}
	return slices.ContainsFunc(all, func(c connection.Connection) bool { return c.App.Sandbox }) ||
		slices.ContainsFunc(receipts, func(r connection.Receipt) bool {
			return r.App.Sandbox && r.Outcome == connection.OutcomePending
		})
}

// rules are the person's wishes about notifications, as they are now.
func (a *App) rules() notify.Rules {
	p, err := a.settings.Preferences(a.life)
	muted, _ := a.settings.Muted(a.life) // unknown wishes mute nothing
	return notify.Rules{
		Off: err != nil || !p.Notifications, Language: a.language(),
		Quiet: notify.Quiet{From: clock(p.QuietFrom), To: clock(p.QuietTo), LetCritical: p.QuietLetCritical},
		Muted: func(app string) bool { return slices.Contains(muted, app) },
	}
}

// clock reads HH:MM as the time since midnight; "" is midnight.
func clock(text string) time.Duration {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// person names who is at the window, for the record.
func (a *App) person() string {
	me, err := a.account.Me(a.life)
	if err != nil {
		return ""
	}
	return me.ID
}

// refreshAutostart keeps the entry at login up to date: the program may have
// moved.
func (a *App) refreshAutostart(context.Context) {
	if err := a.config.Autostart.Refresh(); err != nil {
		a.config.Log.Warn("refresh the entry at login", "error", err)
	}
}

// page words the page that a browser ends on after a sign-in.
func (a *App) page(outcome oauth.PageOutcome) oauth.Page {
	ids := map[oauth.PageOutcome][2]string{
		oauth.PageDone:     {wording.AnswerDoneTitle, wording.AnswerDone},
		oauth.PageDeclined: {wording.AnswerDeclinedTitle, wording.AnswerDeclined},
		oauth.PageFailed:   {wording.AnswerFailedTitle, wording.AnswerFailed},
		oauth.PageFinished: {wording.AnswerFinishedTitle, wording.AnswerFinished},
		oauth.PageWrong:    {wording.AnswerRefusedTitle, wording.AnswerRefused},
	}[outcome]
	lang := a.language()
	return oauth.Page{Title: a.words.Say(lang, ids[0], nil), Body: a.words.Say(lang, ids[1], nil), Lang: lang}
}
