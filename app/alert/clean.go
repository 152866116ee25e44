package alert

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits in runes. What a provider answers is data from a stranger: enough of it
// is kept to recognise, not enough to flood a screen.
const (
	maxName   = 120
	maxDetail = 200
	maxKeys   = 20
)

// cleanSubject cleans the names, and leaves the ids, which are ours.
func cleanSubject(s Subject) Subject {
	s.AppName = clean(s.AppName, maxName)
	s.Account = clean(s.Account, maxName)
	return s
}

// cleanDetail returns a cleaned copy, or nil if nothing is left.
func cleanDetail(detail map[string]string) map[string]string {
	var kept map[string]string
	for k, v := range detail {
		k, v = clean(k, maxName), clean(v, maxDetail)
		if k == "" || v == "" || len(kept) == maxKeys {
			continue
		}
		if kept == nil {
			kept = map[string]string{}
		}
		kept[k] = v
	}
	return kept
}

// clean makes one line of plain text: control, direction and other invisible
// characters go (security case A16), white space shrinks, and the end is cut.
func clean(text string, limit int) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case c == utf8.RuneError || unicode.In(c, unicode.C, unicode.Zl, unicode.Zp):
			return -1
		}
		return c
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > limit {
		return strings.TrimSpace(string(runes[:limit-1])) + "…"
	}
	return text
}
