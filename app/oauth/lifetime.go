package oauth

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// longestLife bounds a token's stated life: beyond a year it is a mistake, or a
// way to make a refresh never happen.
const longestLife = 365 * 24 * time.Hour

var units = map[string]time.Duration{
	"": time.Second, "seconds": time.Second, "s": time.Second,
	"milliseconds": time.Millisecond, "ms": time.Millisecond,
	"minutes": time.Minute,
}

// lifetime reads expires_in. What cannot be read is unknown (0): by then the
// code is spent, and losing the tokens over a number would lose the grant.
func lifetime(value any, unit string) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(text(value)), 64)
	if err != nil || math.IsNaN(n) || n <= 0 {
		return 0
	}
	step, ok := units[unit]
	if !ok {
		return 0
	}
	if n >= float64(longestLife/step) {
		return longestLife
	}
	return time.Duration(math.Floor(n)) * step
}
