package report

import (
	"context"
	"errors"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/outbox"
)

// Tick makes the letters that are due. Call it every second or so.
func (s *Service) Tick(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if now.Before(s.look) && s.look.Sub(now) <= lookEvery || s.Alerts.Offline() || !s.Outbox.Ready(ctx) {
		return nil
	}
	s.look = now.Add(lookEvery)
	readers, err := s.Store.Readers(ctx)
	if err != nil || len(readers) == 0 {
		return err
	}
	open, err := s.Alerts.Open(ctx)
	if err != nil {
		return err
	}
	for _, r := range readers {
		err = errors.Join(err, s.tell(ctx, r, open))
	}
	return err
}

// tell makes the letter to one reader, if one is due and there is anything to say.
func (s *Service) tell(ctx context.Context, r Reader, open []alert.Alert) error {
	now := s.Now().UTC()
	// A time that lies further ahead than any can has seen the clock go back.
	if now.Before(r.NextAt) && r.NextAt.Sub(now) <= 25*time.Hour {
		return nil
	}
	if waits, err := s.Store.Waits(ctx, r.topic()); err != nil || waits {
		return err
	}
	known, err := s.Store.Known(ctx, r.ID)
	if err != nil {
		return err
	}
	n, err := s.newsFor(ctx, r, open, known)
	if err != nil {
		return err
	}
	if r.Pace == AtOnce && !n.ripe(now) {
		return nil
	}
	r.NextAt = s.next(r, now)
	letter, err := s.letter(r, n)
	if err != nil {
		return err
	}
	if err := s.Store.Tell(ctx, r, letter, n.fresh, n.gone); err != nil {
		return err
	}
	if letter != nil {
		s.Outbox.Nudge()
	}
	return nil
}

// news is what a reader does not know yet.
type news struct {
	fresh []alert.Alert // new or worse, worst first
	over  []alert.Alert // known, and ended
	gone  []string      // ids that need not be known any more
}

// ripe reports whether there is something to say that has waited for company.
func (n news) ripe(now time.Time) bool {
	for _, a := range n.fresh {
		if now.Sub(a.ShownAt) >= gather {
			return true
		}
	}
	for _, a := range n.over {
		if now.Sub(a.Ended) >= gather {
			return true
		}
	}
	return len(n.fresh)+len(n.over) == 0 && len(n.gone) > 0
}

func (s *Service) newsFor(ctx context.Context, r Reader, open []alert.Alert, known map[string]alert.Severity) (n news, err error) {
	for _, a := range open {
		if r.wants(a) && !a.Silenced(s.Now()) && a.Severity.Worse(known[a.ID]) {
			n.fresh = append(n.fresh, a)
		}
		delete(known, a.ID)
	}
	for id := range known {
		a, err := s.Alerts.Find(ctx, id)
		switch {
		case fault.CodeOf(err) == fault.NotFound:
			n.gone = append(n.gone, id)
		case err != nil:
			return n, err
		case !a.Standing():
			n.gone = append(n.gone, id)
			if a.How != alert.Uninstalled {
				n.over = append(n.over, a)
			}
		}
	}
	return n, nil
}

// letter puts news into words; nil if there is none.
func (s *Service) letter(r Reader, n news) (*outbox.Letter, error) {
	if len(n.fresh)+len(n.over) == 0 {
		return nil, nil
	}
	subject, body := s.compose(r, n)
	l, err := outbox.Make(r.topic(), outbox.Address{Name: r.Name, Email: r.Email}, subject, body, s.Now())
	return &l, err
}
