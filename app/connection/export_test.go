package connection

import (
	"context"
	"time"
)

// RunDue does at once and in order what watch would do in the background.
func (s *Service) RunDue() {
	for _, id := range s.takeDue(s.Now()) {
		s.background(s.life, id)
	}
}

// Recover is what Start does first.
func (s *Service) Recover(ctx context.Context) error { return s.agenda(ctx) }

func (s *Service) Watch(tick <-chan time.Time) { s.watch(tick) }

func (s *Service) RevokeDue(ctx context.Context) { s.revokeDue(ctx) }

func (s *Service) Due(id string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.due[id]
	return at, ok
}

func (s *Service) SetLastWord(d time.Duration) { s.lastWord = d }

// Next is the table of states.
var Next = next

// Margin, JSONSafe and AddressSafe are rules that are tested by themselves.
var (
	Margin      = margin
	JSONSafe    = jsonSafe
	AddressSafe = addressSafe
	Missing     = missing
	BackOff     = backOff
)
