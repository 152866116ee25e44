package index

import (
	"strings"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
)

// Alike reports whether somebody who knows one name may take the other for it:
// both read the same without case, diacritics, spaces and punctuation, are drawn
// the same (the skeletons of UTS #39: a Cyrillic о, a zero, "rn" for "m"), or are
// one typing error apart and no shorter than words that may hold one.
func Alike(a, b string) bool {
	x, y := looks(a), looks(b)
	for i := range x {
		if x[i] != "" && x[i] == y[i] || mistyped(x[i], y[i]) {
			return true
		}
	}
	return false
}

// looks returns what name is read as, and what it is drawn as without and with
// its capitals: an I looks like an l, an i does not.
func looks(name string) [3]string {
	read := solid(name)
	return [3]string{read, solid(confusable.Skeleton(read)), solid(confusable.Skeleton(name))}
}

// solid is name as names are compared, without the spaces.
func solid(name string) string {
	return strings.ReplaceAll(nameKey(&scanner{}, name), " ", "")
}

func mistyped(a, b string) bool {
	return min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) >= leastTypo && nearly(a, b, false)
}
