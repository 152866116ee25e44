package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"patchbay/app/alert"
	"patchbay/app/plain"
	"patchbay/app/wording"
)

var hostile = []string{
	"$(Start-Process calc)", "\"@\nStart-Process calc\n@\"", "<b>x</b><a href=\"file:///etc/passwd\">y</a>",
	"\u202eexe.gpj", "{{.Account}}", "x`u{24}(calc)", strings.Repeat("A", 5000), "]]></text><actions>", "%s%n\\u0024",
}

func TestHostileNames_neverReachTheDesk(t *testing.T) {
	for _, lang := range wording.Languages {
		for _, name := range hostile {
			for _, kind := range alert.Kinds() {
				testHostile(t, lang, name, kind)
			}
		}
	}
}

// testHostile lets one alert with bad names be told, become two, and recover.
func testHostile(t *testing.T, lang, name string, kind alert.Kind) {
	t.Helper()
	s := newScene(t)
	s.rules.Language = lang
	raise := func(connection, app string) {
		t.Helper()
		s.must(s.Raise(t.Context(), kind, alert.Subject{Connection: connection, App: app, AppName: name, Account: name},
			map[string]string{alert.DetailExpires: name, alert.DetailCode: name}))
	}
	raise("c1", "one")
	s.pass(11 * time.Minute)
	raise("c2", "two")
	raise("c3", "three")
	s.pass(11 * time.Minute)
	for _, c := range []string{"c1", "c2", "c3"} {
		s.must(s.Clear(t.Context(), kind, c))
	}
	s.pass(11 * time.Minute)
	if len(s.sent) < 3 {
		t.Fatalf("%s %s: %d notifications, want at least 3", lang, kind, len(s.sent))
	}
	for _, n := range s.sent {
		for _, text := range []string{n.Title, n.Body} {
			if plain.Line(text, 1000) != text {
				t.Errorf("%s: %q is not plain", kind, text)
			}
		}
		if n.Title == "" || n.Body == "" || utf8.RuneCountInString(n.Title) > 120 || utf8.RuneCountInString(n.Body) > 400 {
			t.Errorf("%s: title %q, body %q", kind, n.Title, n.Body)
		}
		if long := strings.Repeat("A", 61); strings.Contains(n.Title, long) || strings.Contains(n.Body, long) {
			t.Errorf("%s: a name is longer than 60 in title %q, body %q", kind, n.Title, n.Body)
		}
	}
}

// Our own sentences must come through the filter as they are.
func TestSentences_passUnchanged(t *testing.T) {
	for _, lang := range wording.Languages {
		for _, kind := range alert.Kinds() {
			s := newScene(t)
			s.rules.Language = lang
			s.raise(kind, "Acme")
			open := s.now.Add(6 * time.Minute)
			for s.now.Before(open) {
				s.now = s.now.Add(30 * time.Second)
				s.must(s.Tick(t.Context()))
			}
			alerts, err := s.Open(t.Context())
			s.must(err)
			e := s.Explain(lang, alerts[0])
			for _, text := range []string{e.Title, e.Sentence, e.Effect, e.RemedyLabel} {
				// Of all typographic signs only apostrophes survive, as plain ones.
				text = strings.ReplaceAll(text, "’", "'")
				if got := plain.Line(text, 400); got != text {
					t.Errorf("%s: the filter makes %q of %q", lang, got, text)
				}
			}
			s.must(s.notifier.Tick(t.Context()))
			s.pass(6 * time.Minute)
			if body := s.sent[0].Body; body != strings.ReplaceAll(e.Sentence+" "+e.Effect, "’", "'") {
				t.Errorf("%s: body %q, want sentence and effect", lang, body)
			}
		}
	}
}

func TestWords_nothingLeftOver(t *testing.T) {
	w := wording.New(time.UTC)
	used := map[string]bool{}
	for _, id := range []string{"title", "body", "show", "snooze", "many_title", "many_body", "many_body_more",
		"same_app_title", "same_app_body", "recovered_title", "recovered_body", "recovered_many_title", "recovered_many_body"} {
		used["notify."+id] = true
		if !w.Has("notify." + id) {
			t.Errorf("notify.%s has no sentence", id)
		}
	}
	for _, id := range w.IDs("notify.") {
		if !used[id] {
			t.Errorf("%s is used by nobody", id)
		}
	}
}

func TestMachine_isCalledPatchbay(t *testing.T) {
	s := newScene(t)
	s.must(s.Raise(t.Context(), alert.SecretsUnreadable, alert.Subject{}, nil))
	s.pass(2 * time.Second)
	if n := s.sent[0]; n.Title != "Patchbay: Keychain does not open" || strings.Contains(n.Body, "unnamed") {
		t.Errorf("told %q / %q", n.Title, n.Body)
	}
}

// Notifications are read by every program that listens on the session bus, and
// stay in the desktop's own history.
func TestS08_NotificationsCarryNoDetail(t *testing.T) {
	const canary = "canary-token-in-a-detail"
	for _, kind := range alert.Kinds() {
		s := newScene(t)
		detail := map[string]string{}
		for _, name := range []string{
			alert.DetailCode, alert.DetailStatus, alert.DetailHost, alert.DetailRequest, alert.DetailMissing, "anything else",
		} {
			detail[name] = canary
		}
		for _, connection := range []string{"c1", "c2"} {
			s.must(s.Raise(t.Context(), kind, alert.Subject{Connection: connection, App: "one", AppName: "One", Account: "ada"}, detail))
			s.pass(11 * time.Minute)
		}
		if len(s.sent) == 0 {
			t.Fatalf("%s: nothing was told", kind)
		}
		if told := fmt.Sprintf("%+v", s.sent); strings.Contains(told, "canary") {
			t.Errorf("%s: told %s", kind, told)
		}
	}
}
