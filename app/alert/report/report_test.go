package report_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/alert/report"
	"patchbay/app/fault"
	"patchbay/app/outbox"
	"patchbay/app/plain"
	"patchbay/app/sqlite"
	"patchbay/app/sqlite/sqlitetest"
	"patchbay/app/wording"
)

// scene is reports over a real registry and store, with a clock of its own.
type scene struct {
	*report.Service
	t      *testing.T
	store  *sqlite.Workspace
	alerts *alert.Registry
	now    time.Time
	lang   string
	ready  bool
	sends  bool // letters leave at once
}

func newScene(t *testing.T, readers ...report.Reader) *scene {
	s := &scene{
		t: t, store: sqlitetest.Open(t), now: time.Date(2026, 11, 25, 10, 20, 0, 0, time.UTC),
		lang: "en", ready: true, sends: true,
	}
	s.restart()
	for _, r := range readers {
		if err := s.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// restart forgets all that is not stored.
func (s *scene) restart() {
	words := wording.New(time.UTC)
	s.alerts = alert.New(s.store.Alerts(), words, func() time.Time { return s.now })
	s.Service = report.New(report.Config{
		Store: s.store, Alerts: s.alerts, Outbox: s, Words: words, Language: func() string { return s.lang },
		Account: func() string { return "Acme" }, Now: func() time.Time { return s.now }, Zone: time.UTC,
	})
}

func (s *scene) Ready(context.Context) bool { return s.ready }
func (s *scene) Nudge()                     {}

// pass lets time pass in ticks, of a second if there is not much of it.
func (s *scene) pass(d time.Duration) {
	s.t.Helper()
	step, end := max(time.Second, (d/200).Round(time.Second)), s.now.Add(d)
	defer func() { s.now = end }()
	for ; s.now.Before(end); s.now = s.now.Add(step) {
		if err := s.Tick(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
		if !s.sends {
			continue
		}
		waiting, err := s.store.Unsettled(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		for _, l := range waiting {
			l.State = outbox.Sent
			if err := s.store.SaveLetter(s.t.Context(), l); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

func (s *scene) letters() []outbox.Letter {
	s.t.Helper()
	all, err := s.store.Letters(s.t.Context(), 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// last returns the newest letter, of want in all.
func (s *scene) last(want int) outbox.Letter {
	s.t.Helper()
	all := s.letters()
	if len(all) != want {
		s.t.Fatalf("%d letters, want %d", len(all), want)
	}
	if want == 0 {
		return outbox.Letter{}
	}
	return all[0]
}

func (s *scene) raise(kind alert.Kind, app, connection string) {
	s.t.Helper()
	subject := alert.Subject{Connection: connection, App: app, AppName: strings.ToUpper(app), Account: "Acme " + connection}
	if err := s.alerts.Raise(s.t.Context(), kind, subject, map[string]string{alert.DetailReason: "canary-detail"}); err != nil {
		s.t.Fatal(err)
	}
}

func reader(pace report.Pace, apps ...string) report.Reader {
	return report.Reader{Name: "Ada", Email: "ada@example.com", Pace: pace, Apps: apps}
}

func TestAtOnce_gathersAStormIntoOneLetter(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	for i := range 200 {
		s.raise(alert.AccessRevoked, "crm", fmt.Sprint("c", i))
	}
	s.pass(29 * time.Second)
	s.last(0)
	s.pass(time.Hour)
	l := s.last(1)
	if l.Subject != "200 alerts need attention" || !strings.Contains(l.Body, "And 170 more.") {
		t.Errorf("%q: %s", l.Subject, l.Body)
	}
}

func TestAtOnce_saysWhatHappenedAndWhenItIsOver(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	s.raise(alert.SignInExpired, "crm", "c1")
	s.pass(time.Minute)
	l := s.last(1)
	for _, want := range []string{
		"1 alert in Acme needs attention.", "CRM, Acme c1: Sign-in expired", "no longer accepts the sign-in",
		"Seen since 10:20.", "1. Choose Reconnect.", "Settings, E-mail",
	} {
		if !strings.Contains(l.Body, want) {
			t.Errorf("the letter lacks %q:\n%s", want, l.Body)
		}
	}
	if l.Subject != "CRM: Sign-in expired" || strings.Contains(l.Body, "canary") || strings.Contains(l.Body, "://") {
		t.Errorf("%q: %s", l.Subject, l.Body)
	}
	if err := s.alerts.Saw(t.Context(), "c1", alert.Reconnected); err != nil {
		t.Fatal(err)
	}
	s.pass(3 * time.Minute)
	s.last(1) // not within five minutes of the first
	s.pass(3 * time.Minute)
	if l := s.last(2); l.Subject != "CRM works again: Sign-in expired" || !strings.Contains(l.Body, "Mended today at 10:21") {
		t.Errorf("%q: %s", l.Subject, l.Body)
	}
	s.pass(24 * time.Hour)
	s.last(2)
}

func TestDigests_comeOnTimeAndOnlyWithNews(t *testing.T) {
	tests := []struct {
		pace   report.Pace
		before time.Duration // until just before it is due, from 10:20
	}{
		{report.Hourly, 39 * time.Minute}, {report.Daily, 21*time.Hour + 39*time.Minute},
	}
	for _, tt := range tests {
		t.Run(string(tt.pace), func(t *testing.T) {
			s := newScene(t, reader(tt.pace))
			s.raise(alert.SignInExpired, "crm", "c1")
			s.pass(tt.before)
			s.raise(alert.SignInExpired, "chat", "c2")
			s.last(0)
			s.pass(2 * time.Minute)
			if l := s.last(1); l.Subject != "2 alerts need attention" {
				t.Errorf("%q", l.Subject)
			}
			s.pass(72 * time.Hour)
			s.last(1)
		})
	}
}

func TestDigest_leavesOutWhatCameAndWent(t *testing.T) {
	s := newScene(t, reader(report.Hourly))
	s.raise(alert.SignInExpired, "crm", "c1")
	s.pass(time.Minute)
	if err := s.alerts.Saw(t.Context(), "c1", alert.Reconnected); err != nil {
		t.Fatal(err)
	}
	s.pass(3 * time.Hour)
	s.last(0)
}

func TestTell_whatIsLeftOut(t *testing.T) {
	tests := []struct {
		name  string
		apps  []string
		after func(s *scene, id string) error
		want  int
	}{
		{"all apps", nil, nil, 1},
		{"this app", []string{"crm"}, nil, 1},
		{"another app", []string{"chat"}, nil, 0},
		{"snoozed", nil, func(s *scene, id string) error { return s.alerts.Snooze(t.Context(), id, s.now.Add(time.Hour)) }, 0},
		{"ignored", nil, func(s *scene, id string) error { return s.alerts.Ignore(t.Context(), id) }, 0},
		{"offline", nil, func(s *scene, _ string) error { return s.alerts.SetOffline(t.Context(), true) }, 0},
		{"no mail server", nil, func(s *scene, _ string) error { s.ready = false; return nil }, 0},
		{"uninstalled", nil, func(s *scene, _ string) error { return s.alerts.ClearAll(t.Context(), "c1", alert.Uninstalled) }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScene(t, reader(report.AtOnce, tt.apps...))
			s.raise(alert.SignInExpired, "crm", "c1")
			open, err := s.alerts.Open(t.Context())
			if err == nil && tt.after != nil {
				err = tt.after(s, open[0].ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			s.pass(10 * time.Minute)
			s.last(tt.want)
		})
	}
}

func TestTell_aSnoozeThatEndsIsTold(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	s.raise(alert.SignInExpired, "crm", "c1")
	open, err := s.alerts.Open(t.Context())
	if err == nil {
		err = s.alerts.Snooze(t.Context(), open[0].ID, s.now.Add(time.Hour))
	}
	if err != nil {
		t.Fatal(err)
	}
	s.pass(2 * time.Hour)
	s.last(1)
}

func TestTell_theMachineConcernsEverybody(t *testing.T) {
	s := newScene(t, reader(report.AtOnce, "chat"))
	if err := s.alerts.Raise(t.Context(), alert.SecretsUnreadable, alert.Subject{}, nil); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Minute)
	if l := s.last(1); !strings.HasPrefix(l.Subject, "Patchbay: ") {
		t.Errorf("%q", l.Subject)
	}
}

func TestTell_againOnlyWhenWorse(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	for _, severity := range []alert.Severity{alert.Warning, alert.Warning, alert.Critical, alert.Error} {
		subject := alert.Subject{Connection: "c1", App: "crm", AppName: "CRM"}
		if err := s.alerts.RaiseAs(t.Context(), severity, alert.ExpiresSoon, subject, nil); err != nil {
			t.Fatal(err)
		}
		s.pass(10 * time.Minute)
	}
	s.last(2)
}

// While the server is away nothing piles up: one letter waits, and what came
// meanwhile is one more.
func TestTell_oneLetterAtATime(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	s.sends = false
	for i := range 5 {
		s.raise(alert.SignInExpired, "crm", fmt.Sprint("c", i))
		s.pass(10 * time.Minute)
	}
	s.last(1)
	s.sends = true
	s.pass(10 * time.Minute)
	if l := s.last(2); l.Subject != "4 alerts need attention" {
		t.Errorf("%q", l.Subject)
	}
}

func TestTell_aRestartRepeatsNothing(t *testing.T) {
	s := newScene(t, reader(report.AtOnce))
	s.raise(alert.SignInExpired, "crm", "c1")
	s.pass(time.Minute)
	s.restart()
	s.raise(alert.SignInExpired, "crm", "c1")
	s.pass(time.Hour)
	s.last(1)
}

func TestKeep(t *testing.T) {
	s := newScene(t, reader(report.Daily))
	tests := map[string]report.Reader{
		"email": {Email: "ada@example.com\r\nBcc: eve@example.com", Pace: report.Daily},
		"name":  {Name: "a\nb", Email: "b@example.com", Pace: report.Daily},
		"pace":  {Email: "b@example.com", Pace: "weekly"},
	}
	for field, r := range tests {
		if err := s.Keep(t.Context(), r); fault.FieldOf(err) != field {
			t.Errorf("Keep blamed %q (%v), want %q", fault.FieldOf(err), err, field)
		}
	}
	if err := s.Keep(t.Context(), reader(report.AtOnce)); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("the same address twice gave %v", err)
	}
	all, err := s.Readers(t.Context())
	if err != nil || len(all) != 1 || all[0].NextAt != time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC) {
		t.Fatalf("Readers = %+v, %v", all, err)
	}
	s.sends = false
	s.raise(alert.SignInExpired, "crm", "c1")
	s.pass(24 * time.Hour)
	s.last(1)
	if err := s.Forget(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	s.pass(24 * time.Hour)
	s.last(0)
}

// Names from strangers cannot become more than names, in any kind and language.
func TestLetters_hostileNames(t *testing.T) {
	names := []string{"<b>x</b>\r\nBcc: eve@example.com", "\u202eexe.gpj", "{{.Account}}", strings.Repeat("A", 5000), "https://evil.example/?a=b"}
	for _, lang := range wording.Languages {
		for _, name := range names {
			s := newScene(t, reader(report.AtOnce))
			s.lang = lang
			for _, kind := range alert.Kinds() {
				detail := map[string]string{alert.DetailExpires: name}
				if err := s.alerts.Raise(t.Context(), kind, alert.Subject{Connection: string(kind), App: "x", AppName: name, Account: name}, detail); err != nil {
					t.Fatal(err)
				}
			}
			s.pass(11 * time.Minute)
			if len(s.letters()) == 0 {
				t.Fatal("no letter was made")
			}
			for _, l := range s.letters() {
				for _, line := range append(strings.Split(l.Body, "\n"), l.Subject) {
					if plain.Line(line, 1000) != line {
						t.Errorf("%s: %q is not plain", lang, line)
					}
				}
			}
		}
	}
}

func TestWords_areAllThere(t *testing.T) {
	w := wording.New(time.UTC)
	for _, id := range []string{
		"subject_one", "subject_many", "subject_over_one", "subject_over_many", "fresh", "more", "over", "seen", "steps",
		"foot", "test_subject", "test_body",
	} {
		if !w.Has("mail." + id) {
			t.Errorf("mail.%s has no sentence", id)
		}
	}
	if n := len(w.IDs("mail.")); n != 12 {
		t.Errorf("%d sentences, want 12", n)
	}
}
