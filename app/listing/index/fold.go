package index

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// asciiFold maps ASCII letters and digits to what they are compared as, and the
// rest of ASCII to 0.
var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

// spelled are the letters that Unicode does not decompose into a base letter
// and marks although readers take them for one.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th",
	'ħ': "h", 'ı': "i", 'ĸ': "k", 'ŋ': "n", 'ŧ': "t", 'ƀ': "b", 'ɨ': "i", 'ƶ': "z", 'ς': "σ",
}

// foldSegment appends to dst the letters and digits of seg, which begins at a
// normalization boundary, as they are compared. It appends nothing if seg holds
// none, and reports whether seg was only invisible characters.
func foldSegment(dst []byte, seg string) (folded []byte, invisible bool) {
	invisible = true
	var buf [64]byte
	for _, r := range string(norm.NFKC.AppendString(buf[:0], seg)) {
		if composed(r) {
			dst, invisible = utf8.AppendRune(dst, r), false
			continue
		}
		var one [64]byte
		for _, d := range string(norm.NFKD.AppendString(one[:0], string(r))) {
			if unicode.In(d, unicode.Mn, unicode.Me, unicode.Cf) {
				continue
			}
			invisible = false
			dst = appendFolded(dst, unicode.ToLower(d))
		}
	}
	return dst, invisible
}

func appendFolded(dst []byte, r rune) []byte {
	if s, ok := spelled[r]; ok {
		return append(dst, s...)
	}
	if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mc, r) {
		return utf8.AppendRune(dst, r)
	}
	return dst
}

// Latin letters, folded one by one.
const (
	latinEnd   = 0x250
	softHyphen = 0xad
)

var latinFold = func() (t [latinEnd]string) {
	for r := range rune(latinEnd) {
		folded, _ := foldSegment(nil, string(r))
		t[r] = string(folded)
	}
	return t
}()

// ideograph reports whether r is a character, or plain kana, that is compared
// as it is and never combines with the one before.
func ideograph(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa
}

// composed reports whether taking r apart would make another letter of it: が is
// not か with an accent, and 한 is one syllable.
func composed(r rune) bool {
	return r >= 0x3041 && r <= 0x30ff && r != 0x30fb || r >= 0xac00 && r <= 0xd7a3
}

// unspaced reports whether r belongs to a script that puts no spaces between
// words, or in which, like Korean, the parts of a word are sought on their own.
func unspaced(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r >= 0x3041 && r <= 0x30ff, r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
