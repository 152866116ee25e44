package connection_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
)

// story is how alerts of one kind come and go.
type story struct {
	raise func(*world) connection.Connection  // the cause
	tells string                              // what the technical details then name
	end   func(*world, connection.Connection) // the remedy, or what recovers by itself
	how   alert.How
	edit  func(*connection.App) // of the listing; nil for none
}

// stories has every kind there is.
var stories = map[alert.Kind]story{
	alert.SecretsUnreadable:   {raise: (*world).connectAndFill, tells: "disk full", end: emptyDisk, how: alert.Mended},
	alert.AccessRevoked:       {raise: refused(connection.Revoked, revoked, revoked), tells: "401", end: signIn, how: alert.Mended},
	alert.ClientMisconfigured: {raise: unrenewed(connection.ClientMisconfigured, "invalid_client"), tells: "invalid_client", end: tryAgain, how: alert.Mended},
	alert.RenewalInterrupted:  {raise: interrupted, tells: "invalid_grant", end: signIn, how: alert.Mended},
	alert.SignInExpired:       {raise: unrenewed(connection.SignInNeeded, "invalid_grant"), tells: "invalid_grant", end: signIn, how: alert.Mended},
	alert.PermissionMissing:   {raise: grantedLess, tells: "write", end: signIn, how: alert.Mended},
	alert.ProviderDown:        {raise: refused(connection.Retrying, down), tells: "503", end: wait, how: alert.Recovered},
	alert.RateLimited:         {raise: refused(connection.Retrying, slowDown), tells: "429", end: wait, how: alert.Recovered},
	alert.WaitingForApproval:  {raise: unrenewed(connection.WaitingForAdmin, "admin_policy_enforced"), tells: "admin_policy_enforced", end: tryAgain, how: alert.Mended},
	alert.ExpiresSoon:         {raise: shortLived, tells: "2026-03-02", end: signIn, how: alert.Mended},
	alert.ClientSecretExpires: {raise: secretEnds, tells: "2026-03-04", end: newSecret, how: alert.Recovered, edit: ownClient},
	alert.ListingAsksMore:     {raise: asksMore, tells: "new.example.com", end: approve, how: alert.Mended},
	alert.ListingWithdrawn:    {raise: withdrawn, end: offeredAgain, how: alert.Recovered},
}

// Every kind is raised by its cause, explained, and ended by its remedy or by what
// recovers, and the history says how.
func TestEveryKind(t *testing.T) {
	for _, kind := range alert.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			s, ok := stories[kind]
			if !ok {
				t.Fatal("nothing is known to raise it: a kind is declared when there is code that does")
			}
			w := newWorld(t, func(a *connection.App) {
				if s.edit != nil {
					s.edit(a)
				}
			})
			c := s.raise(w)
			means, _ := alert.DeclarationOf(kind)
			if means.Delay > 0 && len(w.open()) > 0 {
				t.Error("it shows before it has lasted")
			}
			w.pass(means.Delay)
			a := w.only(kind, c)
			for _, language := range []string{"en", "pl"} {
				w.explained(language, a, means, s.tells)
			}
			s.end(w, c)
			w.pass(means.Settle)
			w.ends(kind, s.how)
		})
	}
}

// only returns the alert that is open, which is of that kind.
func (w *world) only(kind alert.Kind, c connection.Connection) alert.Alert {
	w.Helper()
	open := w.open()
	if len(open) != 1 || open[0].Kind != kind || open[0].Subject.Connection != c.ID {
		w.Fatalf("open are %+v, want %s", open, kind)
	}
	return open[0]
}

func (w *world) open() []alert.Alert {
	w.Helper()
	open, err := w.alerts.Open(w.Context())
	w.check(err)
	return open
}

// pass lets time go by for alerts alone.
func (w *world) pass(span time.Duration) {
	w.Helper()
	for end := w.clock.now().Add(span); w.clock.now().Before(end); {
		w.clock.advance(10 * time.Second)
		w.check(w.alerts.Tick(w.Context()))
	}
}

func (w *world) explained(language string, a alert.Alert, means alert.Declaration, tells string) {
	w.Helper()
	e := w.alerts.Explain(language, a)
	for _, name := range []string{"Acme CRM", "Acme north"} {
		if !strings.Contains(e.Sentence, name) {
			w.Errorf("%s: %q does not name %s", language, e.Sentence, name)
		}
	}
	if e.Title == "" || e.Effect == "" || len(e.Steps) == 0 || e.Remedy != means.Remedy || (e.RemedyLabel == "") != (means.Remedy == alert.NoRemedy) {
		w.Errorf("%s: %+v", language, e)
	}
	if !slices.ContainsFunc(e.Details, func(d alert.Detail) bool { return strings.Contains(d.Value, tells) }) {
		w.Errorf("%s: no technical detail names %s: %+v", language, tells, e.Details)
	}
}

func (w *world) ends(kind alert.Kind, how alert.How) {
	w.Helper()
	if open := w.open(); len(open) > 0 {
		w.Errorf("open are %+v, want none", open)
	}
	history, err := w.alerts.History(w.Context(), alert.Filter{Limit: 10})
	w.check(err)
	if len(history) != 1 || history[0].Kind != kind || history[0].How != how || history[0].Ended.IsZero() {
		w.Errorf("the history is %+v, want one that was %s", history, how)
	}
}

var (
	revoked  = oauthtest.Body(401, "text/plain", "")
	down     = oauthtest.Body(503, "text/plain", "")
	slowDown = oauthtest.With(oauthtest.Body(429, "text/plain", ""), "Retry-After", "60")
)
