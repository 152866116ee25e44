package outbox

import (
	"context"
	"slices"
	"time"

	"patchbay/app/fault"
)

// lookEvery is how often the queue is read without a reason.
const lookEvery = 30 * time.Second

// Tick sends what is due, one letter after another, and returns when that is
// done. The first one finds what a kill cut off. Call it every second or so; it
// is quick when there is nothing to do.
func (s *Service) Tick(ctx context.Context) error {
	s.sending.Lock()
	defer s.sending.Unlock()
	now := s.Now()
	if !s.wasNudged() && now.Before(s.look) && s.look.Sub(now) <= lookEvery {
		return nil
	}
	s.look = now.Add(lookEvery)
	queue, err := s.Store.Unsettled(ctx)
	if err != nil {
		return err
	}
	if queue, err = s.recover(ctx, queue); err != nil {
		return err
	}
	if err := s.prune(ctx); err != nil || len(queue) == 0 {
		return err
	}
	return s.send(ctx, queue)
}

// recover moves letters that a kill cut off in the middle to unknown, and returns
// the others.
func (s *Service) recover(ctx context.Context, queue []Letter) (waiting []Letter, err error) {
	for _, l := range queue {
		if l.State == Waiting {
			waiting = append(waiting, l)
			continue
		}
		l.settle(&Failure{Problem: Unsure}, s.Now().UTC())
		if err := s.save(ctx, l); err != nil {
			return nil, err
		}
	}
	return waiting, nil
}

func (s *Service) prune(ctx context.Context) error {
	if now := s.Now(); now.Sub(s.pruned) >= pruneEvery || now.Before(s.pruned) {
		s.pruned = now
		return s.Store.PruneLetters(ctx, now.Add(-kept))
	}
	return nil
}

// send tries every letter that is due. The first trouble with the server itself
// puts off the others too, so that a server that is away is asked once.
func (s *Service) send(ctx context.Context, queue []Letter) error {
	queue = slices.DeleteFunc(queue, func(l Letter) bool { return !l.due(s.Now()) })
	if len(queue) == 0 {
		return nil
	}
	server, err := s.ready(ctx)
	if fault.CodeOf(err) == fault.NotFound || err == nil && s.Offline() && !server.Local() {
		return nil
	}
	var trouble *Failure // with the server, which keeps the other letters too
	if err != nil {
		trouble = failure(err)
	}
	defer func() { s.met(trouble) }()
	for _, l := range queue {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f, err := s.try(ctx, server, l, trouble)
		if err != nil {
			return err
		}
		if f != nil && !f.Problem.final() && f.Problem != Unsure {
			trouble = f
		}
	}
	return nil
}

// due reports whether it is time to try. A time that lies further ahead than any
// can has seen the clock go back.
func (l Letter) due(now time.Time) bool {
	return !now.Before(l.NextTry) || l.NextTry.Sub(now) > time.Hour
}

// try sends one letter, unless there is trouble already that would keep it, and
// stores how that went. The error is the store's.
func (s *Service) try(ctx context.Context, server Server, l Letter, trouble *Failure) (*Failure, error) {
	l.Tries++
	if trouble == nil {
		l.enter(Sending, s.Now().UTC())
		if err := s.save(ctx, l); err != nil {
			return nil, err
		}
		if err := s.carry(ctx, server, l); err != nil {
			trouble = failure(err)
		}
	}
	l.settle(trouble, s.Now().UTC())
	s.Log.Info("letter", "id", l.ID, "topic", l.Topic, "state", l.State, "problem", l.Problem)
	return trouble, s.save(context.WithoutCancel(ctx), l)
}

// grace is how long a program that closes lets a letter reach its end.
const grace = 5 * time.Second

func (s *Service) carry(ctx context.Context, server Server, l Letter) error {
	own, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, cut) })()
	return s.Carrier.Carry(own, server, l)
}

func (s *Service) save(ctx context.Context, l Letter) error {
	err := s.Store.SaveLetter(ctx, l)
	s.Changed.Publish(struct{}{})
	return err
}
