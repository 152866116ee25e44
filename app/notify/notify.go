// Package notify decides which alerts reach the desk as native notifications,
// when, and in what words. How they get there is the [Desk]'s affair.
//
// A notification interrupts, so there are few of them:
//
//   - critical alerts are told at once, gathered for two seconds; everything else
//     waits for a digest, five minutes after the first of it;
//   - at most three alerts are told one by one within five minutes; what comes on
//     top is one summary, however many there are. While such a storm still grows it
//     is waited for, a minute at most, so that it is one summary and not several;
//   - an alert is told once, and again only when it gets worse or its snooze ends;
//   - a recovery is told if the failure was, but not while it may be flapping;
//   - snoozed and ignored alerts, muted apps and quiet hours are silent, and while
//     this machine is offline nothing is told about providers.
//
// What was held back is told later if it still stands then, and forgotten if not.
//
// # Words
//
// Names in a notification come from strangers, and a desktop takes the text as
// markup (Linux) or, when things go wrong, as a script (Windows). So a text is a
// fixed template filled with names that went through plain.Line, and goes through
// plain.Line once more as a whole (security.md §0.6).
package notify

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"patchbay/app/alert"
	"patchbay/app/wording"
)

// The paces of telling.
const (
	gather     = 2 * time.Second
	digest     = 5 * time.Minute
	oneByOne   = 3
	growth     = time.Minute
	retryAfter = time.Minute
	rescan     = time.Minute
	lateness   = time.Minute
)

// SnoozeFor is how long the snooze button of a notification snoozes.
const SnoozeFor = time.Hour

// Notification is what the desk shows: plain text that has passed plain.Line.
type Notification struct {
	// ID is unique, and is what the desk gives back to [Notifier.Respond].
	ID    string
	Title string
	Body  string
	// Alert is the id of the alert it is about, or "" if it is about several.
	Alert string
	// Buttons come in the order of use; the last one is always [Show], which is
	// also what a click on the notification itself means. Equal Category means
	// equal buttons, for desks that want them registered.
	Buttons  []Button
	Category string
}

// Button is one action that a notification offers.
type Button struct {
	ID    string
	Label string
}

// Desk shows notifications. Send returns an error if this one cannot be shown;
// it is then tried again a minute later, with what is true by then.
type Desk interface {
	Send(ctx context.Context, n Notification) error
}

// Alerts is what a notifier needs of the registry; *alert.Registry has it.
type Alerts interface {
	Open(ctx context.Context) ([]alert.Alert, error)
	Find(ctx context.Context, id string) (alert.Alert, error)
	Told(ctx context.Context, id string) error
	Explain(lang string, a alert.Alert) alert.Explanation
	Offline() bool
}

var _ Alerts = (*alert.Registry)(nil)

// Rules are the person's wishes. They are asked for whenever something is due.
type Rules struct {
	// Off switches notifications off; what stands is told once they are on again.
	Off bool
	// Language is the language to tell in.
	Language string
	Quiet    Quiet
	// Muted reports whether the app with this slug is to be left out; nil mutes
	// none.
	Muted func(app string) bool
}

// Quiet is a span of each day in which nothing is told. It may reach over
// midnight; From equal to To means no quiet hours.
type Quiet struct {
	// From and To are counted from local midnight.
	From, To time.Duration
	// LetCritical lets critical alerts through.
	LetCritical bool
}

// At reports whether t, in its own zone, is within the quiet hours.
func (q Quiet) At(t time.Time) bool {
	hour, minute, second := t.Clock()
	at := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if q.From <= q.To {
		return q.From <= at && at < q.To
	}
	return at >= q.From || at < q.To
}

// Config is what a notifier works with. Every field is needed.
type Config struct {
	Desk   Desk
	Alerts Alerts
	Words  *wording.Wording
	Rules  func() Rules
	Now    func() time.Time
	// Zone is the zone of the quiet hours: time.Local, except in tests.
	Zone *time.Location
	Log  *slog.Logger
}

// Notifier tells alerts. Subscribe [Notifier.Hear] to the registry's changes and
// call [Notifier.Tick] every second or so; a tick more than a minute late counts as
// the machine having slept.
type Notifier struct {
	Config

	hearing sync.Mutex
	heard   []alert.Changed // guarded by hearing

	// ticking guards everything below.
	ticking sync.Mutex
	// waiting holds what is to be told, and when, by alert id.
	waiting map[string]time.Time
	// over holds the recoveries to be told, by cause and connection.
	over map[cause]recovery
	// told is what was told by this process, in case the registry could not
	// store it.
	told     map[string]alert.Severity
	burst    burst
	calm     time.Time // no recovery is told before this
	retryAt  time.Time
	scanned  time.Time
	ticked   time.Time
	sentEver int
}

// cause is what makes two alerts the same trouble.
type cause struct {
	kind       alert.Kind
	connection string
}

type recovery struct {
	alert.Alert
	due time.Time
}

// New returns a notifier. Its first tick looks at what stands already.
func New(config Config) *Notifier {
	return &Notifier{
		Config:  config,
		waiting: map[string]time.Time{},
		over:    map[cause]recovery{},
		told:    map[string]alert.Severity{},
	}
}

// Hear notes a change for the next tick. It returns at once.
func (n *Notifier) Hear(change alert.Changed) {
	n.hearing.Lock()
	defer n.hearing.Unlock()
	n.heard = append(n.heard, change)
}

// Tick tells what is due. An error means that the alerts could not be read; a
// desk that refuses is logged and tried again.
func (n *Notifier) Tick(ctx context.Context) error {
	n.ticking.Lock()
	defer n.ticking.Unlock()
	// Round drops the monotonic clock, which stands still while a laptop sleeps.
	now := n.Now().Round(0)
	n.afterSleep(now)
	if err := n.listen(ctx, now); err != nil {
		return err
	}
	if now.Before(n.retryAt) && n.retryAt.Sub(now) <= retryAfter {
		return nil
	}
	n.retryAt = time.Time{}
	if !n.somethingDue(now) {
		return nil
	}
	rules := n.Rules()
	if rules.Off {
		return nil
	}
	open, err := n.Alerts.Open(ctx)
	if err != nil {
		return err
	}
	if err := n.flush(ctx, open, rules, now); err != nil {
		n.Log.Warn("notification not shown", "err", err)
		n.retryAt = now.Add(retryAfter)
	}
	return nil
}
