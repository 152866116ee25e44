package notify_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/alert/alerttest"
	"patchbay/app/notify"
	"patchbay/app/wording"
)

// scene is a registry and a notifier on one clock, with a desk that remembers.
type scene struct {
	t     *testing.T
	now   time.Time
	store *alerttest.Memory
	rules notify.Rules
	*alert.Registry
	notifier *notify.Notifier
	sent     []notify.Notification
	refuse   error
	tries    int
}

func newScene(t *testing.T) *scene {
	s := &scene{
		t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		store: alerttest.NewMemory(), rules: notify.Rules{Language: "en"},
	}
	s.restart()
	return s
}

// restart forgets everything that is not stored.
func (s *scene) restart() {
	words := wording.New(time.UTC)
	clock := func() time.Time { return s.now }
	s.Registry = alert.New(s.store, words, clock)
	s.notifier = notify.New(notify.Config{
		Desk: s, Alerts: s.Registry, Words: words, Rules: func() notify.Rules { return s.rules },
		Now: clock, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	})
	s.Changed.Subscribe(s.notifier.Hear)
}

// Send implements notify.Desk.
func (s *scene) Send(_ context.Context, n notify.Notification) error {
	s.tries++
	if s.refuse != nil {
		return s.refuse
	}
	s.sent = append(s.sent, n)
	return nil
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// pass lets time go by with a tick after a second, which hears what just
// happened, then whenever something is due, and twice a minute besides.
func (s *scene) pass(span time.Duration) {
	s.t.Helper()
	end, step := s.now.Add(span), time.Second
	for s.now.Before(end) {
		next := s.now.Add(step)
		for _, t := range []time.Time{end, s.Registry.NextWake(), s.notifier.NextWake()} {
			if t.After(s.now) && t.Before(next) {
				next = t
			}
		}
		s.jump(next.Sub(s.now))
		step = 30 * time.Second
	}
}

// jump moves the clock without anybody watching.
func (s *scene) jump(span time.Duration) {
	s.t.Helper()
	s.now = s.now.Add(span)
	s.must(s.Tick(s.t.Context()))
	s.must(s.notifier.Tick(s.t.Context()))
}

func (s *scene) raise(kind alert.Kind, app string) {
	s.t.Helper()
	s.must(s.Raise(s.t.Context(), kind, of(app), nil))
}

func (s *scene) saw(app string, e alert.Evidence) {
	s.t.Helper()
	s.must(s.Saw(s.t.Context(), of(app).Connection, e))
}

// of is the only account of the app called name.
func of(name string) alert.Subject {
	return alert.Subject{Connection: "c-" + name, App: strings.ToLower(name), AppName: name, Account: "ops@example.com"}
}

// wants checks the titles of what was sent since the last check.
func (s *scene) wants(titles ...string) {
	s.t.Helper()
	var got []string
	for _, n := range s.sent {
		got = append(got, n.Title)
	}
	if strings.Join(got, "|") != strings.Join(titles, "|") {
		s.t.Errorf("told %q, want %q", got, titles)
	}
	s.sent = nil
}

func TestCritical_isToldWithinSeconds(t *testing.T) {
	for _, kind := range []alert.Kind{alert.AccessRevoked, alert.SignInExpired} {
		s := newScene(t)
		s.raise(kind, "Slack")
		s.pass(2 * time.Second)
		if len(s.sent) != 1 {
			t.Fatalf("%s: %d notifications after 2 s, want 1", kind, len(s.sent))
		}
		n := s.sent[0]
		if !strings.HasPrefix(n.Title, "Slack: ") || !strings.Contains(n.Body, "Slack") ||
			!strings.Contains(n.Body, "ops@example.com") || !strings.Contains(n.Body, "cannot read or change anything there") {
			t.Errorf("%s: %q / %q does not name app, account and effect", kind, n.Title, n.Body)
		}
		s.raise(kind, "Slack")
		s.pass(24 * time.Hour)
		if len(s.sent) != 1 {
			t.Errorf("%s: told %d times, want once", kind, len(s.sent))
		}
	}
}

func TestDigest_waitsFiveMinutesAndIsOne(t *testing.T) {
	s := newScene(t)
	s.raise(alert.ListingWithdrawn, "Slack")
	s.pass(4 * time.Minute)
	s.raise(alert.PermissionMissing, "Zoom")
	s.pass(59 * time.Second)
	s.wants()
	s.pass(time.Second)
	if body := s.sent[0].Body; body != "Worst: Zoom, Slack." {
		t.Errorf("body %q, want the worst app first", body)
	}
	s.wants("2 apps need attention")
	s.pass(time.Hour)
	s.wants()
}

func TestDigest_ofOneNamesIt(t *testing.T) {
	s := newScene(t)
	s.raise(alert.PermissionMissing, "Zoom")
	s.pass(5 * time.Minute)
	s.wants("Zoom: Permission missing")
}

func TestDigest_ofOneApp(t *testing.T) {
	s := newScene(t)
	s.raise(alert.PermissionMissing, "Zoom")
	s.raise(alert.ListingWithdrawn, "Zoom")
	s.pass(5 * time.Minute)
	if body := s.sent[0].Body; body != "Worst: Permission missing." {
		t.Errorf("body %q", body)
	}
	s.wants("Zoom: 2 alerts")
}

func TestRecovery_isToldIfTheFailureWas(t *testing.T) {
	s := newScene(t)
	s.raise(alert.PermissionMissing, "Zoom")
	s.pass(time.Minute)
	s.saw("Zoom", alert.Reconnected)
	s.pass(time.Hour)
	s.wants()

	s.raise(alert.SignInExpired, "Slack")
	s.pass(time.Minute)
	s.saw("Slack", alert.Answered)
	s.pass(299 * time.Second)
	s.wants("Slack: Sign-in expired")
	s.pass(time.Second)
	if body := s.sent[0].Body; body != "The trouble with the account ops@example.com is over: Sign-in expired." {
		t.Errorf("body %q", body)
	}
	s.wants("Slack works again")
	s.pass(time.Hour)
	s.wants()
}

func TestRecovery_mendedIsToldAtOnceButNotOneByOne(t *testing.T) {
	s := newScene(t)
	for _, app := range []string{"Slack", "Zoom", "Jira"} {
		s.raise(alert.SignInExpired, app)
		s.now = s.now.Add(time.Millisecond)
	}
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired", "Zoom: Sign-in expired", "Jira: Sign-in expired")
	for _, app := range []string{"Slack", "Zoom", "Jira"} {
		s.saw(app, alert.Reconnected)
		s.pass(20 * time.Second)
	}
	s.wants("Slack works again")
	s.pass(5 * time.Minute)
	s.wants("2 apps work again")
}

func TestRecovery_isNotToldAfterUninstall(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.pass(time.Minute)
	s.must(s.ClearAll(t.Context(), "c-Slack", alert.Uninstalled))
	s.pass(time.Hour)
	s.wants("Slack: Sign-in expired")
}

func TestRecovery_waitsForOtherTroubleOfTheConnection(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.PermissionMissing, "Slack")
	s.pass(time.Minute)
	s.must(s.Clear(t.Context(), alert.SignInExpired, "c-Slack"))
	s.pass(time.Hour)
	s.wants("Slack: Sign-in expired", "Slack: Permission missing")
	s.must(s.Clear(t.Context(), alert.PermissionMissing, "c-Slack"))
	s.pass(10 * time.Minute)
	s.wants("Slack works again")
}

func TestWorse_isToldAgain(t *testing.T) {
	s := newScene(t)
	s.raise(alert.ExpiresSoon, "Xero")
	s.pass(10 * time.Minute)
	s.must(s.RaiseAs(t.Context(), alert.Error, alert.ExpiresSoon, of("Xero"), nil))
	s.pass(10 * time.Minute)
	s.must(s.RaiseAs(t.Context(), alert.Critical, alert.ExpiresSoon, of("Xero"), nil))
	s.pass(2 * time.Second)
	s.wants("Xero: Expires soon", "Xero: Expires soon", "Xero: Expires soon")
	s.must(s.RaiseAs(t.Context(), alert.Warning, alert.ExpiresSoon, of("Xero"), nil))
	s.pass(time.Hour)
	s.wants()
}

func TestSnooze_isSilentAndThenReminds(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired")
	open, err := s.Open(t.Context())
	s.must(err)
	s.must(s.Snooze(t.Context(), open[0].ID, s.now.Add(time.Hour)))
	s.pass(time.Hour)
	s.wants()
	s.pass(2 * time.Second)
	s.wants("Slack: Sign-in expired")

	s.must(s.Snooze(t.Context(), open[0].ID, s.now.Add(time.Hour)))
	s.saw("Slack", alert.Reconnected)
	s.pass(2 * time.Hour)
	s.wants()
}

func TestIgnored_isSilent(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	open, err := s.Open(t.Context())
	s.must(err)
	s.must(s.Ignore(t.Context(), open[0].ID))
	s.pass(time.Hour)
	s.saw("Slack", alert.Reconnected)
	s.pass(time.Hour)
	s.wants()
}

func TestMuted_isSilentUntilUnmuted(t *testing.T) {
	s := newScene(t)
	s.rules.Muted = func(app string) bool { return app == "slack" }
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.SignInExpired, "Zoom")
	s.pass(time.Hour)
	s.wants("Zoom: Sign-in expired")
	s.rules.Muted = nil
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired")
	s.rules.Muted = func(string) bool { return true }
	s.saw("Slack", alert.Reconnected)
	s.pass(time.Hour)
	s.wants()
}

func TestOff_tellsWhatStandsOnceItIsOn(t *testing.T) {
	s := newScene(t)
	s.rules.Off = true
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.SignInExpired, "Zoom")
	s.pass(time.Hour)
	s.saw("Zoom", alert.Reconnected)
	s.wants()
	s.rules.Off = false
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired")
}

func TestQuiet(t *testing.T) {
	night := notify.Quiet{From: 22 * time.Hour, To: 7 * time.Hour}
	s := newScene(t)
	s.rules.Quiet = night
	s.now = time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.PermissionMissing, "Zoom")
	s.pass(3 * time.Hour)
	s.raise(alert.SignInExpired, "Jira")
	s.pass(5*time.Hour - 2*time.Second)
	s.saw("Jira", alert.Reconnected)
	s.wants()
	s.pass(2 * time.Second)
	s.wants("Slack: Sign-in expired", "Zoom: Permission missing")

	s.now = time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)
	s.rules.Quiet.LetCritical = true
	s.saw("Slack", alert.Reconnected)
	s.raise(alert.SignInExpired, "Jira")
	s.pass(time.Hour)
	s.wants("Jira: Sign-in expired")
}

func TestQuiet_At(t *testing.T) {
	tests := []struct {
		from, to, at time.Duration
		want         bool
	}{
		{22, 7, 23, true}, {22, 7, 3, true}, {22, 7, 22, true}, {22, 7, 7, false}, {22, 7, 12, false},
		{12, 14, 13, true}, {12, 14, 14, false}, {12, 14, 11, false},
		{0, 0, 0, false}, {9, 9, 9, false},
	}
	for _, tt := range tests {
		q := notify.Quiet{From: tt.from * time.Hour, To: tt.to * time.Hour}
		if got := q.At(time.Date(2026, 1, 1, int(tt.at), 0, 0, 0, time.UTC)); got != tt.want {
			t.Errorf("%d to %d at %d o'clock: %t, want %t", tt.from, tt.to, tt.at, got, tt.want)
		}
	}
}

func TestRestart_tellsNothingTwiceAndForgetsNothing(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.PermissionMissing, "Zoom")
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired")
	s.restart()
	s.pass(time.Hour)
	s.wants("Zoom: Permission missing")
	s.saw("Slack", alert.Reconnected)
	s.pass(time.Minute)
	s.wants("Slack works again")
}

func TestDesk_refusesAndIsTriedAgain(t *testing.T) {
	s := newScene(t)
	s.refuse = errors.New("no bus")
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.SignInExpired, "Zoom")
	s.pass(10 * time.Minute)
	if s.tries != 10 {
		t.Errorf("%d tries in ten minutes, want 10", s.tries)
	}
	s.refuse = nil
	s.saw("Zoom", alert.Reconnected)
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired")
}

func TestStore_failsAfterTellingAndIsNotToldAgain(t *testing.T) {
	s := newScene(t)
	words := wording.New(time.UTC)
	s.notifier = notify.New(notify.Config{
		Desk: s, Alerts: forgetful{s.Registry}, Words: words, Rules: func() notify.Rules { return s.rules },
		Now: func() time.Time { return s.now }, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	})
	s.Changed.Subscribe(s.notifier.Hear)
	s.raise(alert.SignInExpired, "Slack")
	s.pass(time.Hour)
	s.saw("Slack", alert.Reconnected)
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired", "Slack works again")
}

// forgetful is a registry that cannot store that something was told.
type forgetful struct{ *alert.Registry }

func (forgetful) Told(context.Context, string) error { return errors.New("disk full") }

func TestStore_unreadableIsReportedAndNothingIsLost(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.pass(time.Minute)
	s.saw("Slack", alert.Reconnected)
	s.store.Fail(errors.New("disk gone"))
	s.now = s.now.Add(time.Second)
	if err := s.notifier.Tick(t.Context()); err == nil {
		t.Error("Tick on an unreadable store reports nothing")
	}
	s.store.Fail(nil)
	s.pass(time.Minute)
	s.wants("Slack: Sign-in expired", "Slack works again")
}

func TestNextWake(t *testing.T) {
	s := newScene(t)
	if got := s.notifier.NextWake(); !got.IsZero() {
		t.Errorf("NextWake = %s with nothing to tell", got)
	}
	s.raise(alert.PermissionMissing, "Zoom")
	s.jump(0)
	if got, want := s.notifier.NextWake(), s.now.Add(5*time.Minute); !got.Equal(want) {
		t.Errorf("NextWake = %s, want %s", got, want)
	}
}

func TestButtons(t *testing.T) {
	tests := []struct {
		kind     alert.Kind
		lang     string
		category string
		labels   string
	}{
		{alert.SignInExpired, "en", "en-reconnect-snooze-show", "[Reconnect Snooze 1 hour Show]"},
		{alert.SignInExpired, "pl", "pl-reconnect-snooze-show", "[Połącz ponownie Odłóż na godzinę Pokaż]"},
		{alert.WaitingForApproval, "en", "en-retry_now-snooze-show", "[Try again Snooze 1 hour Show]"},
		{alert.ListingAsksMore, "en", "en-snooze-show", "[Snooze 1 hour Show]"},
	}
	for _, tt := range tests {
		s := newScene(t)
		s.rules.Language = tt.lang
		s.raise(tt.kind, "Slack")
		s.pass(5 * time.Minute)
		n := s.sent[0]
		var labels []string
		for _, b := range n.Buttons {
			labels = append(labels, b.Label)
		}
		if n.Category != tt.category || fmt.Sprint(labels) != tt.labels {
			t.Errorf("%s: %s %v, want %s %s", tt.kind, n.Category, labels, tt.category, tt.labels)
		}
	}
}

func TestRespond(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.pass(2 * time.Second)
	n := s.sent[0]
	want := func(notification, button string, intent notify.Intent) {
		t.Helper()
		if got := s.notifier.Respond(t.Context(), notification, button); got != intent {
			t.Errorf("Respond(%q, %q) = %+v, want %+v", notification, button, got, intent)
		}
	}
	want(n.ID, "reconnect", notify.Intent{Alert: n.Alert, Do: "reconnect"})
	want(n.ID, notify.Snooze, notify.Intent{Alert: n.Alert, Do: notify.Snooze})
	want(n.ID, notify.Show, notify.Intent{Alert: n.Alert, Do: notify.Show})
	want(n.ID, "", notify.Intent{Alert: n.Alert, Do: notify.Show})
	want(n.ID, "uninstall", notify.Intent{Alert: n.Alert, Do: notify.Show})
	want(n.ID, "retry_now", notify.Intent{Alert: n.Alert, Do: notify.Show})
	want("many.1", "reconnect", notify.Intent{Do: notify.Show})
	want("alert.unknown", "reconnect", notify.Intent{Do: notify.Show})
	want("", "", notify.Intent{Do: notify.Show})
	s.saw("Slack", alert.Reconnected)
	want(n.ID, "reconnect", notify.Intent{Do: notify.Show})
}
