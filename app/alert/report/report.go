// Package report decides which alerts reach whom by e-mail, when, and in what
// words. How they get there is the outbox's affair.
//
// A [Reader] is told at once, every hour or every day, about all apps or some.
// What is told follows from what stands, not from what was heard: each time a
// reader is due, the alerts that stand are held against those that the reader
// knows of, and what is new, worse or over becomes one letter. The letter and the
// knowledge of it are stored in one transaction, so a kill neither repeats nor
// loses anything.
//
// There are few letters. At once means half a minute after the first alert, so
// that a storm is one letter, and five minutes between two. While a letter to a
// reader still waits to be sent, no other is made. Snoozed and ignored alerts are
// left out, and nothing is made while this machine is offline.
//
// A letter is plain text without a link: whoever can make people click in mails
// from Patchbay could send such mails too. Every name in it went through
// plain.Line, and technical details stay out.
package report

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"patchbay/app/alert"
	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/outbox"
	"patchbay/app/wording"
)

// Pace is how often a reader is told.
type Pace string

const (
	AtOnce Pace = "immediate"
	Hourly Pace = "hourly"
	Daily  Pace = "daily"
)

// The paces of telling.
const (
	gather    = 30 * time.Second // from the first alert to the letter
	pause     = 5 * time.Minute  // between two letters at once
	dailyAt   = 8                // o'clock
	lookEvery = 5 * time.Second
)

// Reader is somebody who gets alerts by e-mail.
type Reader struct {
	ID    string
	Name  string // may be empty
	Email string
	Pace  Pace
	// Apps are the slugs of the apps to be told about; empty for all. What concerns
	// the whole machine is told to everybody.
	Apps []string
	// NextAt is the earliest time for the next letter, UTC.
	NextAt time.Time
}

// wants reports whether r is to be told about a.
func (r Reader) wants(a alert.Alert) bool {
	return len(r.Apps) == 0 || a.Subject.App == "" || slices.Contains(r.Apps, a.Subject.App)
}

// topic marks the letters of r.
func (r Reader) topic() string { return "alerts/" + r.ID }

// Store keeps readers and what each knows of. Every method is one durable
// transaction.
type Store interface {
	// Readers returns all, by e-mail address.
	Readers(ctx context.Context) ([]Reader, error)
	// SaveReader adds r, or replaces the one with its id; an address that another
	// reader has is fault.Conflict.
	SaveReader(ctx context.Context, r Reader) error
	// RemoveReader forgets a reader with all letters to it that wait.
	RemoveReader(ctx context.Context, r Reader, topic string) error
	// Known returns what the reader was told, by alert id.
	Known(ctx context.Context, reader string) (map[string]alert.Severity, error)
	// Tell saves r and what it now knows, and l with it unless that is nil.
	Tell(ctx context.Context, r Reader, l *outbox.Letter, told []alert.Alert, over []string) error
	// Waits reports whether a letter of the topic is waiting or being sent.
	Waits(ctx context.Context, topic string) (bool, error)
}

// Alerts is what is needed of the registry; *alert.Registry has it.
type Alerts interface {
	Open(ctx context.Context) ([]alert.Alert, error)
	Find(ctx context.Context, id string) (alert.Alert, error)
	Explain(lang string, a alert.Alert) alert.Explanation
	Offline() bool
}

// Outbox is told that there is a letter.
type Outbox interface {
	Ready(ctx context.Context) bool
	Nudge()
}

var (
	_ Alerts = (*alert.Registry)(nil)
	_ Outbox = (*outbox.Service)(nil)
)

// Config is what a Service works with. All of it is needed.
type Config struct {
	Store  Store
	Alerts Alerts
	Outbox Outbox
	Words  *wording.Wording
	// Language and Account are the language to write in, and whose alerts these are.
	Language func() string
	Account  func() string
	Now      func() time.Time
	// Zone is where the day begins: time.Local, except in tests.
	Zone *time.Location
}

// Service makes the letters. It is safe for concurrent use; [Service.Tick] moves
// it.
type Service struct {
	Config
	// Changed says that the readers changed.
	Changed event.Topic[struct{}]

	mu   sync.Mutex
	look time.Time // when the readers are looked at next
}

// New returns a Service.
func New(c Config) *Service { return &Service{Config: c} }

// Readers returns all, by e-mail address.
func (s *Service) Readers(ctx context.Context) ([]Reader, error) { return s.Store.Readers(ctx) }

// Keep adds a reader, one without an ID as a new one, or changes it.
func (s *Service) Keep(ctx context.Context, r Reader) error {
	email, err := outbox.ParseAddress(r.Email)
	if err != nil {
		return err
	}
	r.Email, r.Name = email, strings.TrimSpace(r.Name)
	hidden := func(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }
	if strings.ContainsFunc(r.Name, hidden) || utf8.RuneCountInString(r.Name) > 80 {
		return fault.Field("name", "a name is one line of 80 characters at most")
	}
	if r.Pace != AtOnce && r.Pace != Hourly && r.Pace != Daily {
		return fault.Field("pace", "%q is not a pace", r.Pace)
	}
	if r.ID == "" {
		r.ID = uuid.Must(uuid.NewV7()).String()
	}
	r.NextAt = s.next(r, time.Time{})
	return s.told(s.Store.SaveReader(ctx, r))
}

// Forget removes a reader; one that is gone is no error.
func (s *Service) Forget(ctx context.Context, id string) error {
	r := Reader{ID: id}
	return s.told(s.Store.RemoveReader(ctx, r, r.topic()))
}

func (s *Service) told(err error) error {
	if err == nil {
		s.Changed.Publish(struct{}{})
	}
	return err
}

// next is the earliest time for r's next letter after one at last, or zero.
func (s *Service) next(r Reader, last time.Time) time.Time {
	now := s.Now().In(s.Zone)
	switch r.Pace {
	case Hourly:
		return now.Truncate(time.Hour).Add(time.Hour).UTC()
	case Daily:
		at := time.Date(now.Year(), now.Month(), now.Day(), dailyAt, 0, 0, 0, s.Zone)
		if !at.After(now) {
			at = time.Date(now.Year(), now.Month(), now.Day()+1, dailyAt, 0, 0, 0, s.Zone)
		}
		return at.UTC()
	}
	if last.IsZero() {
		return time.Time{}
	}
	return last.Add(pause).UTC()
}
