package connection

import (
	"context"

	"patchbay/app/fault"
)

// errClosing is what is returned to callers that come after Close.
var errClosing = fault.Errorf(fault.Canceled, "patchbay is closing")

// hold keeps Close waiting until release is called. It is refused once Close
// has begun.
func (s *Service) hold() (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, false
	}
	s.running.Add(1)
	return s.running.Done, true
}

// spawn runs work in the background; Close waits for it.
func (s *Service) spawn(work func()) bool {
	release, ok := s.hold()
	if !ok {
		return false
	}
	go func() {
		defer release()
		work()
	}()
	return true
}

// share runs work once for all who ask for key at the same time. Work goes on
// when a caller's ctx ends, and Close waits for it.
func share[T any](ctx context.Context, s *Service, key string, work func() (T, error)) (T, error) {
	result := s.flights.DoChan(key, func() (any, error) {
		release, ok := s.hold()
		if !ok {
			return nil, errClosing
		}
		defer release()
		return work()
	})
	select {
	case r := <-result:
		value, _ := r.Val.(T)
		return value, r.Err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// claim takes a piece of work for one goroutine; it fails while another has it.
func (s *Service) claim(key string) (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimed[key] {
		return nil, false
	}
	s.claimed[key] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.claimed, key)
	}, true
}

// turn counts how often the tokens of a connection were replaced while this
// program runs. Who saw a failure with tokens of an earlier turn saw nothing that
// still matters.
func (s *Service) turn(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.turns[id]
}

// turned notes that new tokens take the place of old ones. It is called before
// they are stored, so that no failure of the old ones counts any more, and again
// after, so that who still read the old ones does not renew once more.
func (s *Service) turned(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns[id]++
}
