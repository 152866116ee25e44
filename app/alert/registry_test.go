package alert_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/alert/alerttest"
	"patchbay/app/fault"
	"patchbay/app/wording"
)

// desk is a registry with a clock that stands still until it is told to move, and
// a record of what the registry published.
type desk struct {
	t     *testing.T
	now   time.Time
	store *alerttest.Memory
	*alert.Registry
	mu    sync.Mutex
	heard []alert.What
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), store: alerttest.NewMemory()}
	d.restart()
	return d
}

// restart forgets everything that is not stored.
func (d *desk) restart() {
	d.Registry = alert.New(d.store, wording.New(time.UTC), func() time.Time { return d.now })
	d.Changed.Subscribe(func(c alert.Changed) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.heard = append(d.heard, c.What)
	})
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// pass lets time go by with a tick each second, as the program does.
func (d *desk) pass(span time.Duration) {
	d.t.Helper()
	for end := d.now.Add(span); d.now.Before(end); {
		d.now = d.now.Add(time.Second)
		d.must(d.Tick(d.t.Context()))
	}
}

// jump moves the clock without anybody watching.
func (d *desk) jump(span time.Duration) {
	d.t.Helper()
	d.now = d.now.Add(span)
	d.must(d.Tick(d.t.Context()))
}

func (d *desk) raise(kind alert.Kind, connection string) {
	d.t.Helper()
	d.must(d.Raise(d.t.Context(), kind, subject(connection), nil))
}

func (d *desk) saw(connection string, e alert.Evidence) {
	d.t.Helper()
	d.must(d.Saw(d.t.Context(), connection, e))
}

// wants checks the open alerts, as "kind connection", and what was published
// since the last check.
func (d *desk) wants(heard string, open ...string) {
	d.t.Helper()
	var got []string
	for _, a := range d.open() {
		got = append(got, strings.TrimSpace(string(a.Kind)+" "+a.Subject.Connection))
	}
	if strings.Join(got, ", ") != strings.Join(open, ", ") {
		d.t.Errorf("open alerts are %q, want %q", got, open)
	}
	var words []string
	for _, w := range d.heard {
		words = append(words, string(w))
	}
	if strings.Join(words, " ") != heard {
		d.t.Errorf("published %q, want %q", strings.Join(words, " "), heard)
	}
	d.heard = nil
}

func (d *desk) open() []alert.Alert {
	d.t.Helper()
	open, err := d.Open(d.t.Context())
	d.must(err)
	return open
}

func (d *desk) history() []alert.Alert {
	d.t.Helper()
	past, err := d.History(d.t.Context(), alert.Filter{})
	d.must(err)
	return past
}

// subject is an account of Acme at connection, or the machine for "".
func subject(connection string) alert.Subject {
	if connection == "" {
		return alert.Subject{}
	}
	return alert.Subject{Connection: connection, App: "acme", AppName: "Acme", Account: "ops@example.com"}
}

func TestRaise_oneCauseIsOneAlert(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.SignInExpired, "c1")
	first := d.open()[0]
	d.pass(time.Minute)
	d.raise(alert.SignInExpired, "c1")
	d.raise(alert.SignInExpired, "c2")
	d.wants("raised updated raised", "sign_in_expired c1", "sign_in_expired c2")

	again := d.open()[0]
	if again.ID != first.ID || again.Count != 2 || !again.Since.Equal(first.Since) || again.LastSeen.Sub(first.Since) != time.Minute {
		t.Errorf("seen again: %+v, first %+v", again, first)
	}
}

func TestClear_endsAndKeepsHow(t *testing.T) {
	d := newDesk(t)
	d.must(d.Clear(t.Context(), alert.SignInExpired, "c1"))
	d.wants("")
	for _, tt := range []struct {
		end func()
		how alert.How
	}{
		{func() { d.saw("c1", alert.Answered) }, alert.Recovered},
		{func() { d.saw("c1", alert.Reconnected) }, alert.Mended},
		{func() { d.must(d.Clear(t.Context(), alert.SignInExpired, "c1")) }, alert.Recovered},
		{func() { d.must(d.ClearAll(t.Context(), "c1", alert.Uninstalled)) }, alert.Uninstalled},
	} {
		d.raise(alert.SignInExpired, "c1")
		d.raise(alert.SignInExpired, "c2")
		d.heard = nil
		tt.end()
		d.wants("cleared", "sign_in_expired c2")
		if past := d.history(); past[0].How != tt.how || !past[0].Ended.Equal(d.now) {
			t.Errorf("history says %+v, want it ended now as %s", past[0], tt.how)
		}
		d.jump(time.Second)
	}
	if got := len(d.history()); got != 4 {
		t.Errorf("%d ended alerts, want 4", got)
	}
}

func TestDelay_aBlipLeavesNoTrace(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "c1")
	d.pass(110 * time.Second)
	d.saw("c1", alert.Answered)
	d.pass(time.Hour)
	d.wants("")
	if past := d.history(); len(past) != 0 {
		t.Errorf("history has %+v, want nothing", past)
	}
}

func TestDelay_whatLastsIsShown(t *testing.T) {
	d := newDesk(t)
	since := d.now
	d.raise(alert.ProviderDown, "c1")
	d.pass(119 * time.Second)
	d.wants("")
	d.pass(time.Second)
	d.wants("raised", "provider_down c1")
	if a := d.open()[0]; !a.Since.Equal(since) || !a.ShownAt.Equal(since.Add(2*time.Minute)) {
		t.Errorf("since %s shown %s, want the first sighting and two minutes later", a.Since, a.ShownAt)
	}
}

func TestSettle_flappingIsOneAlert(t *testing.T) {
	d := newDesk(t)
	for range 90 {
		d.raise(alert.ProviderDown, "c1")
		d.pass(20 * time.Second)
		d.saw("c1", alert.Answered)
		d.pass(20 * time.Second)
	}
	open := d.open()
	if len(open) != 1 || open[0].Count != 90 || len(d.history()) != 0 {
		t.Fatalf("open %+v, %d ended; want one alert seen 90 times", open, len(d.history()))
	}
	quiet := open[0].QuietSince
	if !quiet.Equal(d.now.Add(-20 * time.Second)) {
		t.Errorf("quiet since %s, want since 20 s ago", quiet)
	}
	d.pass(100 * time.Second)
	past := d.history()
	if len(d.open()) != 0 || len(past) != 1 || !past[0].Ended.Equal(quiet) {
		t.Errorf("after settling: %+v, want one alert that ended at %s", past, quiet)
	}
}

func TestSettle_aPersonsRemedyEndsAtOnce(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "c1")
	d.pass(3 * time.Minute)
	d.saw("c1", alert.Retried)
	d.wants("raised cleared")
}

func TestSuppression(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.SignInExpired, "c1")
	d.raise(alert.PermissionMissing, "c1")
	d.jump(time.Second)
	d.raise(alert.PermissionMissing, "c2")
	d.wants("raised raised", "sign_in_expired c1", "permission_missing c2")

	d.raise(alert.SecretsUnreadable, "")
	d.wants("raised hidden hidden", "secrets_unreadable")
	d.saw("", alert.Unlocked)
	d.wants("cleared raised raised", "sign_in_expired c1", "permission_missing c2")

	d.must(d.Clear(t.Context(), alert.SignInExpired, "c1"))
	d.wants("cleared raised", "permission_missing c1", "permission_missing c2")
}

func TestSuppression_unseenEndsWithoutTrace(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.SignInExpired, "c1")
	d.raise(alert.PermissionMissing, "c1")
	d.saw("c1", alert.Reconnected)
	d.wants("raised cleared")
	if past := d.history(); len(past) != 1 || past[0].Kind != alert.SignInExpired {
		t.Errorf("history has %+v, want only the sign-in", past)
	}
}

func TestOffline_raisesNothingAboutProviders(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "old")
	d.pass(3 * time.Minute)
	d.raise(alert.SignInExpired, "dead")
	d.raise(alert.ProviderDown, "young")
	d.wants("raised raised", "sign_in_expired dead", "provider_down old")

	d.must(d.SetOffline(t.Context(), true))
	d.wants("hidden", "sign_in_expired dead")
	for _, kind := range alert.Kinds() {
		d.raise(kind, "new")
	}
	d.pass(time.Hour)
	for _, a := range d.open() {
		if decl, _ := alert.DeclarationOf(a.Kind); decl.Provider && a.Subject.Connection == "new" {
			t.Errorf("%s was raised while offline", a.Kind)
		}
	}
	d.must(d.ClearAll(t.Context(), "new", alert.Mended))
	d.heard = nil

	d.must(d.SetOffline(t.Context(), false))
	d.pass(time.Hour)
	d.wants("raised", "sign_in_expired dead", "provider_down old")
	if d.Offline() {
		t.Error("Offline() after the network is back")
	}
}

func TestOffline_sparesWhatIsOnThisMachine(t *testing.T) {
	d := newDesk(t)
	near := alert.Subject{Connection: "near", Local: true}
	d.must(d.Raise(t.Context(), alert.ProviderDown, near, nil))
	d.must(d.SetOffline(t.Context(), true))
	d.pass(time.Second)
	d.must(d.Raise(t.Context(), alert.PermissionMissing, near, nil))
	d.pass(3 * time.Minute)
	d.wants("raised raised", "provider_down near", "permission_missing near")
	d.must(d.SetOffline(t.Context(), false))
	d.must(d.SetOffline(t.Context(), true))
	d.wants("", "provider_down near", "permission_missing near")

	d.restart()
	d.must(d.SetOffline(t.Context(), true))
	d.saw("near", alert.Answered)
	d.pass(3 * time.Minute)
	d.wants("updated cleared", "permission_missing near")
}

func TestOffline_fiftyTimesRaisesNothing(t *testing.T) {
	d := newDesk(t)
	for range 50 {
		for n := range 20 {
			d.raise(alert.ProviderDown, fmt.Sprint("c", n))
		}
		d.pass(10 * time.Second)
		d.must(d.SetOffline(t.Context(), true))
		for n := range 20 {
			d.raise(alert.ProviderDown, fmt.Sprint("c", n))
		}
		d.pass(time.Minute)
		d.must(d.SetOffline(t.Context(), false))
		d.pass(5 * time.Second)
	}
	d.wants("")
	if past := d.history(); len(past) != 0 {
		t.Errorf("history has %d alerts, want none", len(past))
	}
}

func TestClock_sleepGivesAnotherDelay(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "c1")
	d.pass(10 * time.Second)
	d.jump(8 * time.Hour)
	d.wants("")
	d.pass(119 * time.Second)
	d.wants("")
	d.pass(time.Second)
	d.wants("raised", "provider_down c1")
}

func TestClock_aRareTickStillShows(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "c1")
	d.jump(10 * time.Minute)
	d.wants("")
	d.jump(10 * time.Minute)
	d.wants("raised", "provider_down c1")
}

func TestClock_backwards(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ProviderDown, "c1")
	d.jump(-24 * time.Hour)
	d.pass(2 * time.Minute)
	d.wants("raised", "provider_down c1")
	if a := d.open()[0]; a.Since.After(d.now) {
		t.Errorf("since %s lies in the future of %s", a.Since, d.now)
	}
	d.saw("c1", alert.Answered)
	d.jump(-24 * time.Hour)
	d.pass(2 * time.Minute)
	d.wants("updated cleared")
}

func TestSnooze(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ExpiresSoon, "c1")
	id := d.open()[0].ID
	d.must(d.Told(t.Context(), id))
	d.must(d.Snooze(t.Context(), id, d.now.Add(time.Hour)))
	d.wants("raised snoozed", "expires_soon c1")
	if !d.open()[0].Silenced(d.now) {
		t.Error("a snoozed alert is not silenced")
	}
	d.raise(alert.ExpiresSoon, "c1")
	if !d.open()[0].Silenced(d.now) {
		t.Error("one more sighting ended the snooze")
	}
	d.pass(time.Hour)
	d.wants("updated updated", "expires_soon c1")
	if a := d.open()[0]; a.Silenced(d.now) || a.ToldAs != "" {
		t.Errorf("after the snooze %+v, want it to be told again", a)
	}
}

func TestSnooze_endsWhenItGetsWorse(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ExpiresSoon, "c1")
	d.must(d.Snooze(t.Context(), d.open()[0].ID, d.now.Add(time.Hour)))
	d.must(d.RaiseAs(t.Context(), alert.Error, alert.ExpiresSoon, subject("c1"), nil))
	if a := d.open()[0]; a.Silenced(d.now) || a.Severity != alert.Error {
		t.Errorf("worse alert %+v, want it awake and an error", a)
	}
}

func TestSnooze_refuses(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ExpiresSoon, "c1")
	id := d.open()[0].ID
	if err := d.Snooze(t.Context(), id, d.now); fault.CodeOf(err) != fault.Invalid || fault.FieldOf(err) != "until" {
		t.Errorf("snooze until now: %v, want until to be blamed", err)
	}
	for name, err := range map[string]error{
		"snooze":   d.Snooze(t.Context(), "nope", d.now.Add(1)),
		"ignore":   d.Ignore(t.Context(), "nope"),
		"unsnooze": d.Unsnooze(t.Context(), "nope"),
		"told":     d.Told(t.Context(), "nope"),
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s of an unknown alert: %v, want %s", name, err, fault.NotFound)
		}
	}
}

func TestIgnore_untilItChanges(t *testing.T) {
	seen := func(asks string) map[string]string {
		return map[string]string{alert.DetailAsks: asks, "request_id": "r" + asks}
	}
	tests := []struct {
		name    string
		raise   func(d *desk) error
		ignored bool
	}{
		{"seen again", func(d *desk) error {
			return d.Raise(d.t.Context(), alert.ListingAsksMore, subject("c1"), seen("files.read"))
		}, true},
		{"other technical details", func(d *desk) error {
			return d.Raise(d.t.Context(), alert.ListingAsksMore, subject("c1"), map[string]string{alert.DetailAsks: "files.read", "request_id": "x"})
		}, true},
		{"asks for something else", func(d *desk) error {
			return d.Raise(d.t.Context(), alert.ListingAsksMore, subject("c1"), seen("files.write"))
		}, false},
		{"gets worse", func(d *desk) error {
			return d.RaiseAs(d.t.Context(), alert.Critical, alert.ListingAsksMore, subject("c1"), seen("files.read"))
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.must(d.Raise(t.Context(), alert.ListingAsksMore, subject("c1"), seen("files.read")))
			d.must(d.Ignore(t.Context(), d.open()[0].ID))
			d.must(tt.raise(d))
			if got := d.open()[0].Ignored; got != tt.ignored {
				t.Errorf("ignored is %t, want %t", got, tt.ignored)
			}
		})
	}
	d := newDesk(t)
	d.raise(alert.ListingAsksMore, "c1")
	d.must(d.Ignore(t.Context(), d.open()[0].ID))
	d.must(d.Unsnooze(t.Context(), d.open()[0].ID))
	if d.open()[0].Ignored {
		t.Error("Unsnooze did not take the ignoring back")
	}
}

func TestRestart_keepsEverythingAndAnnouncesNothing(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.SignInExpired, "c1")
	d.must(d.Ignore(t.Context(), d.open()[0].ID))
	d.raise(alert.ProviderDown, "c2")
	before := d.open()
	d.heard = nil
	d.now = d.now.Add(time.Hour)
	d.restart()
	d.wants("", "sign_in_expired c1")
	if after := d.open(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("after the restart %+v, before %+v", after, before)
	}
	d.pass(2 * time.Minute)
	d.wants("raised", "sign_in_expired c1", "provider_down c2")
	d.raise(alert.SignInExpired, "c1")
	if got := d.open()[0].Count; got != 2 {
		t.Errorf("count %d, want the stored alert to go on counting", got)
	}
}

func TestOpen_worstThenOldest(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.ListingWithdrawn, "c1")
	d.raise(alert.PermissionMissing, "c2")
	d.pass(time.Second)
	d.raise(alert.AccessRevoked, "c3")
	d.raise(alert.PermissionMissing, "c4")
	d.wants("raised raised raised raised",
		"access_revoked c3", "permission_missing c2", "permission_missing c4", "listing_withdrawn c1")
}

func TestNextWake(t *testing.T) {
	d := newDesk(t)
	at := func(want time.Time) {
		t.Helper()
		if got := d.NextWake(); !got.Equal(want) {
			t.Errorf("NextWake = %s, want %s", got, want)
		}
	}
	at(time.Time{})
	d.raise(alert.ProviderDown, "c1")
	at(d.now.Add(2 * time.Minute))
	d.pass(2 * time.Minute)
	at(time.Time{})
	d.must(d.Snooze(t.Context(), d.open()[0].ID, d.now.Add(time.Hour)))
	at(d.now.Add(time.Hour))
	d.saw("c1", alert.Answered)
	at(d.now.Add(2 * time.Minute))
	d.pass(2 * time.Minute)
	at(time.Time{})
}

func TestStore_aFailureIsReportedAndChangesNothing(t *testing.T) {
	d := newDesk(t)
	d.raise(alert.SignInExpired, "c1")
	d.heard = nil
	broken := fault.Errorf(fault.StorageFailed, "disk full")
	d.store.Fail(broken)
	for name, err := range map[string]error{
		"raise":  d.Raise(t.Context(), alert.SignInExpired, subject("c2"), nil),
		"again":  d.Raise(t.Context(), alert.SignInExpired, subject("c1"), nil),
		"clear":  d.Clear(t.Context(), alert.SignInExpired, "c1"),
		"saw":    d.Saw(t.Context(), "c1", alert.Answered),
		"all":    d.ClearAll(t.Context(), "c1", alert.Uninstalled),
		"ignore": d.Ignore(t.Context(), d.open()[0].ID),
	} {
		if !errors.Is(err, broken) {
			t.Errorf("%s on a broken store: %v", name, err)
		}
	}
	d.store.Fail(nil)
	d.wants("", "sign_in_expired c1")
	if a := d.open()[0]; a.Count != 1 || a.Ignored {
		t.Errorf("%+v, want nothing to have changed", a)
	}
}

func TestRaise_undeclaredKindIsOurMistake(t *testing.T) {
	d := newDesk(t)
	if err := d.Raise(t.Context(), "no_such_kind", subject("c1"), nil); fault.CodeOf(err) != fault.Internal {
		t.Errorf("Raise = %v, want %s", err, fault.Internal)
	}
}

func TestRaise_manyAtOnce(t *testing.T) {
	d := newDesk(t)
	done := make(chan error)
	for n := range 40 {
		go func() {
			done <- d.Raise(context.Background(), alert.SignInExpired, subject(fmt.Sprint("c", n%4)), nil)
		}()
	}
	for range 40 {
		d.must(<-done)
	}
	open := d.open()
	total := 0
	for _, a := range open {
		total += a.Count
	}
	if len(open) != 4 || total != 40 {
		t.Errorf("%d alerts seen %d times, want 4 seen 40 times", len(open), total)
	}
}

func TestChanged_listenersMayUseTheRegistry(t *testing.T) {
	d := newDesk(t)
	var found []alert.Alert
	d.Changed.Subscribe(func(c alert.Changed) {
		a, err := d.Find(t.Context(), c.ID)
		d.must(err)
		found = append(found, a)
	})
	d.raise(alert.SignInExpired, "c1")
	d.saw("c1", alert.Reconnected)
	if len(found) != 2 || !found[0].Standing() || found[1].Standing() {
		t.Errorf("listener found %+v, want it standing and then ended", found)
	}
}

// A16: what a provider sends is cleaned before it is kept.
func TestA16_detailsAndNamesAreCleaned(t *testing.T) {
	d := newDesk(t)
	s := subject("c1")
	s.AppName, s.Account = "Acme\u202e\x00 Inc\r\n", strings.Repeat("ż", 500)
	many := map[string]string{"code": "a\x1b[31m\u2066b\nc", "blank": " \t"}
	for n := range 50 {
		many[fmt.Sprint("k", n)] = strings.Repeat("x", 1000)
	}
	d.must(d.Raise(t.Context(), alert.SignInExpired, s, map[string]string{"code": many["code"], "blank": " \t"}))
	a := d.open()[0]
	if a.Subject.AppName != "Acme Inc" || len([]rune(a.Subject.Account)) != 120 {
		t.Errorf("names are %v", a.Subject)
	}
	if len(a.Detail) != 1 || a.Detail["code"] != "a[31mb c" {
		t.Errorf("details are %q, want one line without control characters", a.Detail)
	}
	d.must(d.Raise(t.Context(), alert.SignInExpired, s, many))
	a = d.open()[0]
	if len(a.Detail) > 20 {
		t.Errorf("%d details were kept, want at most 20", len(a.Detail))
	}
	for k, v := range a.Detail {
		if len([]rune(v)) > 200 {
			t.Errorf("detail %s has %d runes", k, len([]rune(v)))
		}
	}
}

func TestMemory(t *testing.T) {
	alerttest.TestStore(t, func(*testing.T) alert.Store { return alerttest.NewMemory() })
}
