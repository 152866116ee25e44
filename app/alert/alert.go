// Package alert is the registry of standing conditions: things that are wrong
// now, stay wrong until something changes, and can be mended.
//
// An alert is not a message. One cause at one connection is one alert, however
// often it is seen; raising it again counts, and clearing what is not there is
// no error. So the code that knows says what it sees each time it looks, and
// never asks what it said before:
//
//	if err := probe(ctx, c); fault.CodeOf(err) == fault.SignInNeeded {
//		registry.Raise(ctx, alert.SignInExpired, subject, detail)
//	} else if err == nil {
//		registry.Saw(ctx, c.ID, alert.Answered)
//	}
//
// What a kind of alert means stands in its [Declaration]: how bad it is, how
// long it must last before anybody sees it, which other alert explains it, what
// mends it, and what proves it over.
//
// # Life of an alert
//
// Raised, it is stored and waits out its delay. A shorter blip leaves no trace.
// Then it is open: visible, unless a cause it depends on is open for the same
// connection or for the whole machine. A temporary kind that recovers by itself
// stays open for a settling time first, so that a flapping provider is one alert
// and not a hundred. Ended, it stays in the history with how it ended.
//
// # Offline
//
// "This machine is offline" is a state, not an alert. While it lasts nothing is
// raised about providers, and what is temporary about them is hidden. What has its
// other side on this machine is spared.
package alert

import "time"

// Kind names a cause. It is stored and shown to scripts, so it never changes its
// meaning.
type Kind string

// Severity says how bad an alert is.
type Severity string

const (
	// Critical: a connection is dead, and only a person can mend it.
	Critical Severity = "critical"
	// Error: something does not work now; the rest does, or it may mend itself.
	Error Severity = "error"
	// Warning: it works, but will break, or somebody should look.
	Warning Severity = "warning"
)

// Worse reports whether s is worse than other. Any severity is worse than "".
func (s Severity) Worse(other Severity) bool { return rank[s] > rank[other] }

var rank = map[Severity]int{Warning: 1, Error: 2, Critical: 3}

// Subject is what an alert is about, with the names a person knows it by. The
// names may come from a provider: they are cleaned of control and direction
// characters and cut, but are otherwise untrusted text.
type Subject struct {
	// Connection is the id of the connection, or "" if the alert is about the
	// whole machine.
	Connection string
	// App is the listing's slug, AppName its name. Both are "" for the machine.
	App     string
	AppName string
	// Account is the name of the account at the provider, or "" if not known.
	Account string
	// Local says that the other side is on this machine, so that being offline
	// explains nothing.
	Local bool
}

// Detail keys with a meaning. Any other key may be used too; its own name then
// serves as its label.
const (
	// DetailCode is the provider's error code, such as "invalid_grant".
	DetailCode = "code"
	// DetailStatus is the HTTP status of the provider's answer.
	DetailStatus = "status"
	// DetailHost is the host that was asked.
	DetailHost = "host"
	// DetailRequest is the provider's id of the request, for its support.
	DetailRequest = "request_id"
	// DetailMissing names the scopes that are missing.
	DetailMissing = "missing"
	// DetailAsks names what a listing newly asks for.
	DetailAsks = "asks"
	// DetailExpires is when something expires, as RFC 3339; Explain tells it in words.
	DetailExpires = "expires_at"
	// DetailRetry is when the next try is planned, as RFC 3339.
	DetailRetry = "retry_at"
	// DetailReason is our own error text, for experts.
	DetailReason = "reason"
)

// How says how an alert ended.
type How string

const (
	// Recovered: it stopped by itself.
	Recovered How = "recovered"
	// Mended: a person did something about it, usually through the remedy.
	Mended How = "mended"
	// Uninstalled: the connection it was about is gone.
	Uninstalled How = "uninstalled"
)

// Alert is one condition at one connection, from when it was first seen until
// it ended. All times are UTC; a zero time means "not" or "not yet".
type Alert struct {
	// ID is unique over all alerts ever, also of the same cause.
	ID       string
	Kind     Kind
	Severity Severity
	Subject  Subject
	// Since is when the condition was first seen, LastSeen when last, and Count
	// how many times.
	Since    time.Time
	LastSeen time.Time
	Count    int
	// Detail holds technical details by key: short, cleaned, never a secret.
	// It may be nil.
	Detail map[string]string
	// ShownAt is when the alert first became visible.
	ShownAt time.Time
	// QuietSince is set while a temporary condition is no longer seen but has
	// not yet been gone long enough to end the alert.
	QuietSince time.Time
	// SnoozedUntil hides an alert from notifications until then; Ignored does so
	// until the alert gets worse or becomes about something else.
	SnoozedUntil time.Time
	Ignored      bool
	// ToldAt is when a notification last named this alert, and ToldAs the
	// severity it had then.
	ToldAt time.Time
	ToldAs Severity
	// Ended is when the condition was gone, and How in what way. Both are zero
	// while the alert stands.
	Ended time.Time
	How   How
}

// Standing reports whether the alert has not ended.
func (a Alert) Standing() bool { return a.Ended.IsZero() }

// Silenced reports whether somebody has snoozed or ignored the alert at now.
func (a Alert) Silenced(now time.Time) bool {
	return a.Ignored || now.Before(a.SnoozedUntil)
}

// What says what happened to a visible alert.
type What string

const (
	// Raised: it has become visible.
	Raised What = "raised"
	// Updated: it was seen again, its details or severity changed, or its snooze
	// is over.
	Updated What = "updated"
	// Hidden: it still stands, but a cause or being offline now covers it.
	Hidden What = "hidden"
	// Snoozed: somebody snoozed or ignored it, or took that back.
	Snoozed What = "snoozed"
	// Cleared: it has ended.
	Cleared What = "cleared"
)

// Changed is the hint that a visible alert is not what it was.
type Changed struct {
	ID         string
	Connection string
	What       What
}
