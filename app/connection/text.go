package connection

import (
	"errors"
	"hash/fnv"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// clean makes a text that a provider sent fit to be shown: no control,
// direction or invisible characters, at most 120 characters.
func clean(text string) string {
	out := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, text))
	return strings.TrimSpace(string(out[:min(len(out), 120)]))
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func asURLError(err error, to **url.Error) bool { return errors.As(err, to) }

// sameScopes reports whether a and b hold the same scopes, in any order.
func sameScopes(a, b []string) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// spread returns a number from 0 to 1 that is fixed for an id, so that things
// due at the same time do not all happen at once.
func spread(id string) float64 {
	h := fnv.New32a()
	h.Write([]byte(id))
	return float64(h.Sum32()%1000) / 1000
}
