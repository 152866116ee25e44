package outbox

import (
	"crypto/rand"
	"strings"
	"time"

	"patchbay/app/fault"
)

// State says how far a letter has come; see the package's own words.
type State string

const (
	Waiting State = "waiting"
	Sending State = "sending"
	Sent    State = "sent"
	Failed  State = "failed"
	Unknown State = "unknown"
)

// Letter is one e-mail to one person: plain text, no links, no secrets. Times are
// UTC, zero for never.
type Letter struct {
	// ID is unique for ever, and the first part of the Message-ID.
	ID string
	// Topic says what it belongs to, such as "alerts/" and a reader's id; whoever
	// makes letters may ask whether one of a topic is still waiting.
	Topic   string
	To      Address
	Subject string
	Body    string // lines end with \n
	MadeAt  time.Time

	State   State
	Since   time.Time // of State
	Tries   int
	NextTry time.Time // while Waiting
	// Problem is why it is not sent, and Said the server's own words.
	Problem Problem
	Said    string
}

// Make returns a letter that waits to be sent, or fault.Invalid for one that
// must not be: an address or a header that could become another one.
func Make(topic string, to Address, subject, body string, now time.Time) (Letter, error) {
	email, err := ParseAddress(to.Email)
	if err != nil {
		return Letter{}, err
	}
	if unseen(to.Name) || unseen(subject) || strings.TrimSpace(subject) == "" {
		return Letter{}, fault.Field("subject", "a name and a subject are one line each")
	}
	now = now.UTC()
	return Letter{
		ID: strings.ToLower(rand.Text()), Topic: topic, To: Address{to.Name, email}, Subject: subject, Body: body,
		MadeAt: now, State: Waiting, Since: now, NextTry: now,
	}, nil
}

const (
	// patience is how long a letter is tried.
	patience = 24 * time.Hour
	// kept is how long a letter that is over can be looked at.
	kept = 30 * 24 * time.Hour
)

// enter moves the letter to a state.
func (l *Letter) enter(s State, now time.Time) { l.State, l.Since = s, now }

// settle moves a letter that was tried to where the outcome leads: nil for sent.
func (l *Letter) settle(f *Failure, now time.Time) {
	l.Problem, l.Said = "", ""
	if f == nil {
		l.enter(Sent, now)
		return
	}
	l.Problem, l.Said = f.Problem, f.Said
	switch {
	case f.Problem == Unsure:
		l.enter(Unknown, now)
	case f.Problem.final():
		l.enter(Failed, now)
	case now.Sub(l.MadeAt) >= patience:
		l.enter(Failed, now)
		l.Problem = Expired
	default:
		l.enter(Waiting, now)
		l.NextTry = now.Add(min(time.Minute<<min(l.Tries-1, 10), time.Hour))
	}
}
