package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"patchbay/app/event"
	"patchbay/app/fault"
)

// Carrier speaks to mail servers. Its errors are *[Failure]; every call ends in a
// minute, whatever the server does.
type Carrier interface {
	// Check signs in and says goodbye.
	Check(ctx context.Context, s Server) error
	// Carry hands over one letter. An error other than Unsure means that the
	// server has not taken it.
	Carry(ctx context.Context, s Server, l Letter) error
}

// Store keeps letters and the server. Every method is one durable transaction.
type Store interface {
	// Letters returns the newest, at most limit.
	Letters(ctx context.Context, limit int) ([]Letter, error)
	// Unsettled returns those that are waiting or being sent, oldest first.
	Unsettled(ctx context.Context) ([]Letter, error)
	// Letter is fault.NotFound for an unknown id.
	Letter(ctx context.Context, id string) (Letter, error)
	// SaveLetter adds l or replaces the one with the same id.
	SaveLetter(ctx context.Context, l Letter) error
	RemoveLetter(ctx context.Context, id string) error
	// PruneLetters forgets letters that are over since before t.
	PruneLetters(ctx context.Context, t time.Time) error

	// Preference returns a document, or fault.NotFound.
	Preference(ctx context.Context, name string) ([]byte, error)
	SavePreference(ctx context.Context, name string, document []byte) error
}

// Vault seals the password with the key that only this machine's keychain holds.
type Vault interface {
	Seal(ctx context.Context, plain []byte, bound string) ([]byte, error)
	Open(ctx context.Context, sealed []byte, bound string) ([]byte, error)
}

// Config is what a Service works with. All of it is needed.
type Config struct {
	Store   Store
	Vault   Vault
	Carrier Carrier
	// Offline reports whether this machine has no network; a server on the machine
	// itself can be reached all the same.
	Offline func() bool
	Now     func() time.Time
	Log     *slog.Logger
}

// Service keeps the server and sends letters. It is safe for concurrent use.
type Service struct {
	Config
	// Changed says that the server or a letter changed.
	Changed event.Topic[struct{}]

	// sending is held by whoever moves letters on, and guards what is below.
	sending sync.Mutex
	pruned  time.Time
	look    time.Time // when the queue is read next

	mu      sync.Mutex
	nudged  bool
	trouble *Failure // with the server, as last met
}

// New returns a Service; [Service.Tick] moves it.
func New(c Config) *Service { return &Service{Config: c} }

// Nudge says that there is a new letter in the store.
func (s *Service) Nudge() {
	s.mu.Lock()
	s.nudged = true
	s.mu.Unlock()
	s.Changed.Publish(struct{}{})
}

func (s *Service) wasNudged() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.nudged
	s.nudged = false
	return was
}

// Trouble is what is wrong with the server as last met, or nil.
func (s *Service) Trouble() *Failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

func (s *Service) met(f *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = f
}

// shown is how many letters a person can look back on.
const shown = 50

// Letters returns the newest letters, newest first.
func (s *Service) Letters(ctx context.Context) ([]Letter, error) { return s.Store.Letters(ctx, shown) }

// SendAgain lets a letter that failed, or whose fate is unknown, wait to be sent
// once more, with the patience of a new one.
func (s *Service) SendAgain(ctx context.Context, id string) error {
	return s.decide(ctx, id, func(l Letter) error {
		now := s.Now().UTC()
		l.enter(Waiting, now)
		l.MadeAt, l.NextTry, l.Tries = now, now, 0
		return s.Store.SaveLetter(ctx, l)
	})
}

// Discard forgets a letter, unless it is being sent right now.
func (s *Service) Discard(ctx context.Context, id string) error {
	return s.decide(ctx, id, func(l Letter) error { return s.Store.RemoveLetter(ctx, l.ID) })
}

// decide does what a person wants with a letter that is not on its way.
func (s *Service) decide(ctx context.Context, id string, do func(Letter) error) error {
	s.sending.Lock()
	defer s.sending.Unlock()
	l, err := s.Store.Letter(ctx, id)
	if err != nil {
		return err
	}
	if l.State == Sending || l.State == Sent {
		return fault.Errorf(fault.Conflict, "the letter is %s", l.State)
	}
	if err := do(l); err != nil {
		return err
	}
	s.Nudge()
	return nil
}
