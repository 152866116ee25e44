package notify_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"patchbay/app/alert"
	"patchbay/app/notify"
	"patchbay/app/wording"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"an ordinary name", "Acme CRM 2.0 (EU): ops_eu+1@example.com", "Acme CRM 2.0 (EU): ops_eu+1@example.com"},
		{"Polish", "Zażółć gęślą jaźń", "Zażółć gęślą jaźń"},
		{"Japanese", "カレンダー 東京", "カレンダー 東京"},
		{"Hindi", "हिन्दी", "हिन्दी"},
		{"Hebrew", "שלום", "שלום"},
		{"an apostrophe", "Patchbay's", "Patchbay's"},
		{"a typographic dash", "A \u2014 B", "A - B"},
		{"decomposed letters are composed", "Cafe\u0301", "Caf\u00e9"},
		{"PowerShell subexpression", "$(Start-Process calc)", "(Start-Process calc)"},
		{"PowerShell variable", "$env:USERNAME ${x}", "env:USERNAME x"},
		{"PowerShell here-string end", "a\n\"@\ncalc\n@\"", "a @ calc @"},
		{"PowerShell escapes", "a`nb`0", "a nb 0"},
		{"PowerShell takes curly quotes for quotes", "\u201ca\u201d \u201eb\u201f \u2018c\u2019", "a b c"},
		{"letters that old code pages turn into quotes", "a\u02bab\u02cbc\u02b9d\u02c8e", "a b c d e"},
		{"letters that look like operators", "a\u01c0b\u01c3c", "a b c"},
		{"full-width characters", "\uff04\uff08calc\uff09\uff1c", "calc"},
		{"markup", "<b>bold</b> & <img src=x onerror=alert(1)>", "b bold b img src x onerror alert(1)"},
		{"entities", "&lt;b&gt;", "lt b gt"},
		{"end of CDATA", "]]><script>", "script"},
		{"backslashes and pipes", `a\b|c;d`, "a b c d"},
		{"bidi overrides", "abc\u202egpj.exe\u2066x\u2069", "abc gpj.exe x"},
		{"zero width characters", "A\u200bc\u200dm\ufeffe", "A c m e"},
		{"Hangul fillers", "a\u3164\u115f\u1160\uffa0b", "a b"},
		{"control characters", "a\x00b\x1b[31mc\r\nd\u0085e\u2028f", "a b 31mc d e f"},
		{"a link", "https://example.com/?a=b#c", "https: example.com a b c"},
		{"emoji and symbols", "Rocket 🚀 ™ €5", "Rocket 5"},
		{"a tower of marks", "e" + strings.Repeat("\u0323\u0301", 50), "\u1eb9\u0323\u0323"},
		{"marks alone", "\u0301\u0301", ""},
		{"broken UTF-8", "a\xff\xfeb", "a b"},
		{"nothing", "", ""},
		{"nothing left", "<>&$\"\\`", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := notify.Plain(tt.text, 100)
			if got != tt.want {
				t.Errorf("Plain(%q) = %q, want %q", tt.text, got, tt.want)
			}
			assertSafe(t, got)
		})
	}
}

func TestPlain_cuts(t *testing.T) {
	for _, c := range []string{"x", "ż", "東", "x "} {
		if got := notify.Plain(strings.Repeat(c, 500), 60); utf8.RuneCountInString(got) > 60 || !strings.HasSuffix(got, "...") {
			t.Errorf("cut to %d runes: %q", utf8.RuneCountInString(got), got)
		}
	}
	if got := notify.Plain(strings.Repeat("x", 60), 60); got != strings.Repeat("x", 60) {
		t.Errorf("what fits was cut: %q", got)
	}
}

// assertSafe fails on anything that a desktop could take for more than text.
func assertSafe(t *testing.T, text string) {
	t.Helper()
	for _, c := range text {
		switch {
		case c < 0x80 && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(" .,:'-()@_+", c),
			c >= 0x80 && !unicode.In(c, unicode.L, unicode.M, unicode.Nd),
			unicode.Is(unicode.Bidi_Control, c), unicode.Is(unicode.C, c):
			t.Errorf("%q has %U", text, c)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("$(calc)<b>&\"`\\\u202e\u02ba")
	f.Fuzz(func(t *testing.T, text string) {
		got := notify.Plain(text, 60)
		assertSafe(t, got)
		if utf8.RuneCountInString(got) > 60 || strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Errorf("Plain(%q) = %q", text, got)
		}
		if again := notify.Plain(got, 60); again != got {
			t.Errorf("Plain twice makes %q of %q", again, got)
		}
	})
}

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
			map[string]string{alert.DetailWorkflow: name, alert.DetailExpires: name, alert.DetailCode: name}))
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
		assertSafe(t, n.Title)
		assertSafe(t, n.Body)
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
				if got := notify.Plain(text, 400); got != text {
					t.Errorf("%s: the filter makes %q of %q", lang, got, text)
				}
			}
			s.must(s.notifier.Tick(t.Context()))
			s.pass(6 * time.Minute)
			if body := s.sent[0].Body; body != e.Sentence+" "+e.Effect {
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
