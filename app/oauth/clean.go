package oauth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"patchbay/app/secret"
)

// shown is how many characters of a foreign text are kept.
const shown = 200

// clean makes a foreign text safe to print: one line of plain text without
// control, format and direction characters, at most 200 characters.
func clean(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == shown {
			break
		}
		if unicode.IsSpace(r) {
			r = ' '
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			continue
		}
		b.WriteRune(r)
		n++
	}
	return strings.TrimSpace(b.String())
}

// cleanCode keeps an error code only when it looks like one (RFC 6749 §5.2 in
// practice): a code is compared and shown, a sentence in its place is neither.
func cleanCode(s string) string {
	if len(s) > 64 {
		return ""
	}
	for _, r := range s {
		if !strings.ContainsRune("_-. :", r) && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return ""
		}
	}
	return s
}

// without takes everything secret out of a text: some providers repeat the
// token that they refuse.
func without(s string, secrets []string) string {
	for _, value := range secrets {
		if len(value) >= 8 {
			s = strings.ReplaceAll(s, value, secret.Redacted)
		}
	}
	return s
}
