package oauth

import (
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/sync/singleflight"
)

// Options are what the protocol needs from its surroundings. All are optional.
type Options struct {
	// HTTP lends its Transport only; timeouts, redirects and cookies are ruled
	// here. A *http.Transport is copied, with certificate checks and TLS 1.2 on.
	HTTP *http.Client
	// Now is the clock that answers are stamped with; nil is time.Now.
	Now func() time.Time
	// After starts the timers of attempts and polls; nil is time.After.
	After func(time.Duration) <-chan time.Time
	// AllowHTTP says for which hosts, written as in a URL (with the port), plain
	// http and IP addresses are let through: a sandbox on this machine. nil is none.
	AllowHTTP func(host string) bool
	// Page gives the loopback page its texts; nil is [DefaultPage].
	Page func(PageOutcome) Page
	// Log gets one line, without values, for an answer that belongs to no
	// attempt; nil is silence.
	Log *slog.Logger
	// AttemptLife is how long an attempt waits for the person; 0 is 30 minutes,
	// less than 15 minutes is 15 minutes. Time asleep does not count.
	AttemptLife time.Duration
	// Deadline is the longest that one request may take; 0 is 30 seconds.
	Deadline time.Duration
}

// Protocol speaks OAuth 2 with any provider. It holds no tokens and may be used
// by many goroutines at once.
type Protocol struct {
	http      *http.Client
	now       func() time.Time
	after     func(time.Duration) <-chan time.Time
	allowHTTP func(string) bool
	page      func(PageOutcome) Page
	log       *slog.Logger
	life      time.Duration
	deadline  time.Duration
	flights   singleflight.Group
}

const (
	defaultLife     = 30 * time.Minute
	shortestLife    = 15 * time.Minute
	defaultDeadline = 30 * time.Second
)

// New returns a protocol that works with o.
func New(o Options) *Protocol {
	p := &Protocol{
		http: confine(o.HTTP), now: o.Now, after: o.After, allowHTTP: o.AllowHTTP,
		page: o.Page, log: o.Log, life: o.AttemptLife, deadline: o.Deadline,
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.after == nil {
		p.after = time.After
	}
	if p.allowHTTP == nil {
		p.allowHTTP = func(string) bool { return false }
	}
	if p.page == nil {
		p.page = DefaultPage
	}
	if p.log == nil {
		p.log = slog.New(slog.DiscardHandler)
	}
	if p.life == 0 {
		p.life = defaultLife
	}
	p.life = max(p.life, shortestLife)
	if p.deadline == 0 {
		p.deadline = defaultDeadline
	}
	return p
}
