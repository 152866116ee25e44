package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNameKey(t *testing.T) {
	tests := map[string]string{
		"Slack":             "slack",
		"  Monday.com — 2 ": "monday com 2",
		"ÅÄÖ ŁØĐÞ ßæœ":      "aao lodth ssaeoe",
		"İstanbul ISPARTA":  "istanbul isparta",
		"ΣΊΣΥΦΟΣ":           "σισυφοσ",
		"ﬁne Ⅷ ½":           "fine viii 12",
		"ＡＢＣ１":              "abc1",
		"e-mail e-Mail":     "email email",
		"two-way a-1 -b":    "two way a 1 b",
		"が ｶﾞ 한글":           "が ガ 한글",
		"LINE連携kit":         "line 連携 kit",
		"a\u200bb \u202ec":  "ab c",
		"\xffa":             "a",
		"!?":                "",
	}
	for name, want := range tests {
		if got := nameKey(&scanner{}, name); got != want {
			t.Errorf("nameKey(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	tests := map[string]string{
		"send sla":                    "send sla*",
		"send sla ":                   "send sla",
		"Send, send":                  "send",
		"連携アプ":                        "連携 携ア アプ",
		"携":                           "携*",
		"line連":                       "line 連*",
		"!?":                          "",
		"a b c d e f g h i j k l m n": "a b c d e f g h i j k l",
	}
	for text, want := range tests {
		var got []string
		for _, w := range parse(text).words {
			if w.prefix {
				w.text += "*"
			}
			got = append(got, w.text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("parse(%q) = %q, want %q", text, s, want)
		}
	}
}

// TestTypos compares with the distance by its definition, over random words of
// two letters and one that takes two bytes.
func TestTypos(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	letters := []rune("abж")
	random := func() string {
		w := make([]rune, 1+r.IntN(6))
		for i := range w {
			w[i] = letters[r.IntN(len(letters))]
		}
		return string(w)
	}
	var words []string
	for range 300 {
		words = append(words, random())
	}
	slices.Sort(words)
	words = slices.Compact(words)
	var dict table
	for _, w := range words {
		dict.add(w)
	}
	one := func(s string) string { return strings.ReplaceAll(s, "ж", "z") } // for counting bytes as letters
	for range 300 {
		typed := random()
		for _, prefix := range []bool{false, true} {
			found := map[int]bool{}
			dict.typos(typed, prefix, func(s span) {
				for i := s.lo; i < s.hi; i++ {
					found[i] = true
				}
			})
			for i, w := range words {
				want := slowDistance(one(typed), one(w)) == 1
				for j := range one(w) {
					want = want || prefix && slowDistance(one(typed), one(w)[:j]) == 1
				}
				// As typed is found without assuming an error, so either will do.
				if as := w == typed || prefix && strings.HasPrefix(w, typed); !as && found[i] != want {
					t.Fatalf("%q, prefix %v: finds %q: %v, want %v", typed, prefix, w, found[i], want)
				}
			}
		}
	}
}

// TestFold_shortWay compares the short way of folding with the long one, for
// every character that may take it.
func TestFold_shortWay(t *testing.T) {
	for r := range rune(0xa000) {
		if r >= latinEnd && !ideograph(r) {
			continue
		}
		for _, next := range []string{"", "a", "é", "語", "\u0301", "\u3099"} {
			s := scanner{src: string(r) + next}
			n, invisible := s.fold()
			long, wantInvisible := foldSegment(nil, s.src[:n])
			if string(s.tmp) != string(long) || invisible != wantInvisible {
				t.Fatalf("%q before %q folds to %q (invisible %v), want %q (%v)", r, next, s.tmp, invisible, long, wantInvisible)
			}
			if combines := next == "\u0301" || next == "\u3099"; (n > utf8.RuneLen(r)) != combines && r != utf8.RuneError && r >= 0x20 {
				t.Fatalf("%q before %q: takes %d bytes", r, next, n)
			}
		}
	}
}
