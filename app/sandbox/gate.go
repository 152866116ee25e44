package sandbox

import (
	"net/http"
	"time"
)

const (
	// retryAfter is short enough to wait for in front of the screen.
	retryAfter = "30"
	// longestHang ends a hang that nobody mends, long after any sane client
	// has given up.
	longestHang = 5 * time.Minute
)

// gate stands before the endpoints that machines talk to and breaks them as the
// control page says.
type gate struct {
	app   *app
	store *store
	stop  <-chan struct{} // the server is closing
}

func (g gate) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		faults, _ := g.store.faults(g.app.slug)
		switch faults.Answer {
		case "503":
			writeError(w, http.StatusServiceUnavailable, "unavailable", "broken on purpose on the control page")
		case "429":
			w.Header().Set("Retry-After", retryAfter)
			writeError(w, http.StatusTooManyRequests, "rate_limited", "told to be slow on the control page")
		case "hang":
			if !g.wait(r) {
				panic(http.ErrAbortHandler) // closes the connection without an answer
			}
			g.guard(next)(w, r)
		default:
			next(w, r)
		}
	}
}

// wait returns true as soon as the app no longer hangs, and false when there is
// no point in an answer any more.
func (g gate) wait(r *http.Request) bool {
	limit := time.NewTimer(longestHang)
	defer limit.Stop()
	for {
		faults, changed := g.store.faults(g.app.slug)
		if faults.Answer != "hang" {
			return true
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return false
		case <-g.stop:
			return false
		case <-limit.C:
			return false
		}
	}
}

// writeError writes an error of the API. The shape fits OAuth's too: clients of
// the token endpoint find a string under "error".
func writeError(w http.ResponseWriter, status int, code, message string) {
	noStore(w)
	writeJSON(w, status, map[string]string{"error": code, "error_description": message})
}
