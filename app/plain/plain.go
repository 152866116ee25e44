// Package plain makes text from strangers safe to hand on.
//
// Names come from providers and listings, and whoever shows them outside the
// window may take them for more than text: a desktop for markup, a shell for
// commands, a mail program for a header or a link. What is left after [Line]
// means nothing to any of them.
package plain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// punctuation is all that may stand between letters and digits. None of it means
// anything in Pango markup, XML, a PowerShell string or a shell.
const punctuation = ".,:'-()@_+"

// maxMarks is how many combining marks may follow one letter: enough for living
// languages, not for towers that run out of their line.
const maxMarks = 2

// Line returns text as one line that is safe to hand to any desktop: letters and
// digits of every script, single spaces, and a little punctuation. Control,
// direction, markup and quoting characters become spaces, typographic dashes
// become "-", typographic apostrophes "'". It is cut to limit runes, "..." included.
func Line(text string, limit int) string {
	var b strings.Builder
	marks := 0 // that may still follow
	runes := []rune(norm.NFC.String(text))
	for i, c := range runes {
		if unicode.Is(unicode.M, c) {
			if marks > 0 {
				b.WriteRune(c)
				marks--
			}
			continue
		}
		marks = 0
		switch {
		case letter(c):
			b.WriteRune(c)
			marks = maxMarks
		case unicode.Is(unicode.Nd, c) || strings.ContainsRune(punctuation, c):
			b.WriteRune(c)
		case unicode.Is(unicode.Pd, c):
			b.WriteByte('-')
		case c == '’' && within(runes, i):
			b.WriteByte('\'')
		default:
			b.WriteByte(' ')
		}
	}
	return cut(strings.Join(strings.Fields(b.String()), " "), limit)
}

// within reports whether letters stand on both sides of the i-th rune, as they do
// of an apostrophe.
func within(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && letter(runes[i-1]) && letter(runes[i+1])
}

// letter reports whether c is a letter that looks like one.
func letter(c rune) bool { return unicode.IsLetter(c) && !unicode.Is(deceptive, c) }

// deceptive are letters that are drawn as nothing (Hangul fillers), and letters
// that a conversion to an old Windows code page turns into quotes, back-ticks,
// bars or exclamation marks (click letters, modifier letters).
var deceptive = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x01c0, Hi: 0x01c3, Stride: 1},
	{Lo: 0x02b0, Hi: 0x02ff, Stride: 1},
	{Lo: 0x115f, Hi: 0x1160, Stride: 1},
	{Lo: 0x3164, Hi: 0x3164, Stride: 1},
	{Lo: 0xffa0, Hi: 0xffa0, Stride: 1},
}}

func cut(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return strings.TrimSpace(string(runes[:limit-3])) + "..."
}
