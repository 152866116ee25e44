package connection

import (
	"hash/fnv"
	"strings"
	"time"
	"unicode"
)

// clean makes a text that a provider sent fit to be shown: no control,
// direction or invisible characters, at most 120 characters.
func clean(text string) string { return cleanTo(text, 120) }

func cleanTo(text string, limit int) string {
	out := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, text))
	return strings.TrimSpace(string(out[:min(len(out), limit)]))
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// spread returns a number from 0 to 1 that is fixed for an id, so that things
// due at the same time do not all happen at once.
func spread(id string) float64 {
	h := fnv.New32a()
	h.Write([]byte(id))
	return float64(h.Sum32()%1000) / 1000
}

// part is a share, from 0 to 1, of a duration.
func part(of time.Duration, share float64) time.Duration { return time.Duration(share * float64(of)) }

// duration reads a listing's lifetime; what is unknown or endless is zero.
func duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0
	}
	return d
}
