package connection

import (
	"context"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// Pause stops checks and renewals until Resume. Pausing what is paused changes
// nothing.
func (s *Service) Pause(ctx context.Context, id string) (Connection, error) {
	c, err := s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		if c.State == Paused {
			return nil, nil
		}
		if !s.enter(c, Paused, "") {
			return nil, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
		}
		return []Activity{s.did(*c, PausedByHand, "")}, nil
	})
	if err != nil {
		return c, err
	}
	s.drop(id)
	return c, s.Alerts.ClearAll(ctx, id, alert.Mended)
}

// Resume takes up a paused connection and checks it soon. Any other is
// fault.Conflict.
func (s *Service) Resume(ctx context.Context, id string) (Connection, error) {
	c, err := s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		if c.State != Paused {
			return nil, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
		}
		s.enter(c, standing(*c), "")
		return []Activity{s.did(*c, Resumed, "")}, nil
	})
	if err != nil {
		return c, err
	}
	s.later(id, 0)
	return s.seen(c), nil
}
