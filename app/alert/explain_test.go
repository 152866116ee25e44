package alert_test

import (
	"testing"
	"time"

	"patchbay/app/alert"
)

func TestExplain(t *testing.T) {
	d := newDesk(t)
	noon := d.now
	base := alert.Alert{
		ID: "a1", Kind: alert.SignInExpired, Subject: subject("c1"), Since: noon.Add(-time.Hour), LastSeen: noon, Count: 3,
	}
	with := func(edit func(*alert.Alert)) alert.Alert {
		a := base
		edit(&a)
		return a
	}
	tests := []struct {
		name, lang string
		alert      alert.Alert
		got        func(alert.Explanation) string
		want       string
	}{
		{"since and how often", "en", base, func(e alert.Explanation) string { return e.Since }, "3 times since 11:00"},
		{"in Polish", "pl", base, func(e alert.Explanation) string { return e.Since }, "3 razy od 11:00"},
		{"the sentence", "pl", base, func(e alert.Explanation) string { return e.Sentence },
			"Aplikacja Acme nie przyjmuje już zapisanego logowania na konto ops@example.com."},
		{"an account without a name", "en", with(func(a *alert.Alert) { a.Subject.Account = "" }),
			func(e alert.Explanation) string { return e.Sentence }, "Acme no longer accepts the sign-in for the account (unnamed)."},
		{"nothing special", "en", base, func(e alert.Explanation) string { return e.State }, ""},
		{"ignored", "en", with(func(a *alert.Alert) { a.Ignored = true }),
			func(e alert.Explanation) string { return e.State }, "Ignored until it changes."},
		{"snoozed", "en", with(func(a *alert.Alert) { a.SnoozedUntil = noon.Add(21 * time.Hour) }),
			func(e alert.Explanation) string { return e.State }, "Snoozed, comes back tomorrow at 09:00."},
		{"a snooze that is over", "en", with(func(a *alert.Alert) { a.SnoozedUntil = noon }),
			func(e alert.Explanation) string { return e.State }, ""},
		{"settling", "en", with(func(a *alert.Alert) { a.QuietSince = noon.Add(-time.Minute) }),
			func(e alert.Explanation) string { return e.State }, "No trouble since 11:59. Closes by itself if it stays that way."},
		{"ended", "pl", with(func(a *alert.Alert) { a.Ended, a.How = noon, alert.Mended }),
			func(e alert.Explanation) string { return e.State }, "Naprawiono dziś o 12:00."},
		{"a date in the sentence", "en", with(func(a *alert.Alert) {
			a.Kind, a.Detail = alert.ExpiresSoon, map[string]string{alert.DetailExpires: "2026-12-03T10:00:00Z"}
		}), func(e alert.Explanation) string { return e.Sentence },
			"The sign-in to Acme for the account ops@example.com expires on 3 December."},
		{"a date that makes no sense", "en", with(func(a *alert.Alert) {
			a.Kind, a.Detail = alert.ExpiresSoon, map[string]string{alert.DetailExpires: "<b>"}
		}), func(e alert.Explanation) string { return e.Sentence },
			"The sign-in to Acme for the account ops@example.com expires soon."},
		{"about the machine", "en", alert.Alert{Kind: alert.SecretsUnreadable, Since: noon},
			func(e alert.Explanation) string { return e.Sentence },
			"The keychain of this computer does not open, so Patchbay cannot read its stored sign-ins."},
		{"a labelled detail", "pl", with(func(a *alert.Alert) { a.Detail = map[string]string{alert.DetailCode: "invalid_grant"} }),
			func(e alert.Explanation) string { return e.Details[0].Label + "=" + e.Details[0].Value }, "Odpowiedź=invalid_grant"},
		{"a detail without a label", "pl", with(func(a *alert.Alert) { a.Detail = map[string]string{"x-odd": "1"} }),
			func(e alert.Explanation) string { return e.Details[0].Label + "=" + e.Details[0].Value }, "x-odd=1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.got(d.Explain(tt.lang, tt.alert)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDeclare_refusesWhatMakesNoSense(t *testing.T) {
	for name, d := range map[string]alert.Declaration{
		"twice":       {Kind: alert.SignInExpired, Severity: alert.Error, Remedy: alert.Reconnect},
		"no kind":     {Severity: alert.Error, Remedy: alert.Reconnect},
		"no severity": {Kind: "x", Remedy: alert.Reconnect},
		"no remedy":   {Kind: "x", Severity: alert.Error},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: Declare did not refuse", name)
				}
			}()
			alert.Declare(d)
		}()
	}
}
