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
	"unix":    0, "unix_ms": 0, "rfc3339": 0, // moments: see remaining
}

// remaining reads how long a token lives from at on. Some providers say the
// moment of its end instead: "unix", "unix_ms" or "rfc3339".
func remaining(value any, unit string, at time.Time) time.Duration {
	var end time.Time
	n, numberErr := strconv.ParseInt(strings.TrimSpace(text(value)), 10, 64)
	switch {
	case unit == "unix" && numberErr == nil:
		end = time.Unix(n, 0)
	case unit == "unix_ms" && numberErr == nil:
		end = time.UnixMilli(n)
	case unit == "rfc3339":
		end, _ = time.Parse(time.RFC3339, text(value))
	default:
		return lifetime(value, unit)
	}
	return min(max(end.Sub(at), 0), longestLife)
}

// lifetime reads expires_in. What cannot be read is unknown (0): by then the
// code is spent, and losing the tokens over a number would lose the grant.
func lifetime(value any, unit string) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(text(value)), 64)
	if err != nil || math.IsNaN(n) || n <= 0 {
		return 0
	}
	step, ok := units[unit]
	if !ok || step == 0 {
		return 0
	}
	if n >= float64(longestLife/step) {
		return longestLife
	}
	return time.Duration(math.Floor(n)) * step
}
