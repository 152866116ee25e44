package plain_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"patchbay/app/plain"
)

func TestLine(t *testing.T) {
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
			got := plain.Line(tt.text, 100)
			if got != tt.want {
				t.Errorf("Line(%q) = %q, want %q", tt.text, got, tt.want)
			}
			assertSafe(t, got)
		})
	}
}

func TestLine_cuts(t *testing.T) {
	for _, c := range []string{"x", "ż", "東", "x "} {
		if got := plain.Line(strings.Repeat(c, 500), 60); utf8.RuneCountInString(got) > 60 || !strings.HasSuffix(got, "...") {
			t.Errorf("cut to %d runes: %q", utf8.RuneCountInString(got), got)
		}
	}
	if got := plain.Line(strings.Repeat("x", 60), 60); got != strings.Repeat("x", 60) {
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

func FuzzLine(f *testing.F) {
	f.Add("$(calc)<b>&\"`\\\u202e\u02ba")
	f.Fuzz(func(t *testing.T, text string) {
		got := plain.Line(text, 60)
		assertSafe(t, got)
		if utf8.RuneCountInString(got) > 60 || strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Errorf("Line(%q) = %q", text, got)
		}
		if again := plain.Line(got, 60); again != got {
			t.Errorf("Line twice makes %q of %q", again, got)
		}
	})
}
