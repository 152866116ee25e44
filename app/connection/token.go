package connection

import (
	"context"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// AccessToken returns a token that works now as far as is known, renewing it
// first when it is about to end. It is for adapters that call the provider, and
// must not be kept. A connection that waits for a person is fault.SignInNeeded,
// a paused one fault.Conflict.
func (s *Service) AccessToken(ctx context.Context, id string) (oauth.Secret, error) {
	turn := s.turn(id)
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return "", err
	}
	switch {
	case !c.State.Checkable():
		return "", fault.Errorf(fault.Conflict, "connection %s is %s", c.ID, c.State)
	case !c.State.Watched():
		return "", fault.Errorf(fault.SignInNeeded, "connection %s is %s", c.ID, c.State)
	}
	t, err := s.fresh(ctx, c, turn)
	if err == nil {
		s.used(ctx, c)
	}
	return t.Access, err
}

// usedEvery is how exactly UsedAt is kept: writing it at every call would cost
// more than the call.
const usedEvery = time.Minute

// used notes that c's access token was handed out.
func (s *Service) used(ctx context.Context, c Connection) {
	if now := s.Now(); now.Sub(c.UsedAt) < usedEvery && !now.Before(c.UsedAt) {
		return
	}
	_, err := s.change(ctx, c.ID, func(c *Connection) ([]Activity, error) {
		c.UsedAt = s.Now().UTC()
		return nil, nil
	})
	if err != nil {
		s.Log.Warn("note the use of a connection", "connection", c.ID, "code", fault.CodeOf(err))
	}
}

// fresh returns the tokens of c, renewed when their end is near or when an earlier
// renewal was cut off. Turn was read before c.
func (s *Service) fresh(ctx context.Context, c Connection, turn int) (Tokens, error) {
	if r, ok := s.notStored(c.ID); ok {
		c.ExpiresAt, c.RenewalDies, c.RenewalStarted = r.grantOf(c)
	}
	tokens, err := s.tokens(ctx, c.ID)
	if err != nil || !s.isStale(c) || tokens.Refresh == "" {
		// Without a refresh token the access token is used until it is refused.
		return tokens, err
	}
	return s.renewOnce(ctx, c.ID, turn)
}

func (s *Service) isStale(c Connection) bool {
	now := s.Now()
	switch {
	case !c.RenewalStarted.IsZero():
		return true // try the old token at once: some servers forgive that for a while
	case !c.ExpiresAt.IsZero() && !now.Before(c.ExpiresAt.Add(-margin(c))):
		return true
	}
	// A token that is never renewed because it does not expire would let the
	// refresh token die of disuse.
	idle := duration(c.App.Provider.Lifetimes.RefreshIdle)
	return idle > 0 && !c.RenewalDies.IsZero() && !now.Before(c.RenewalDies.Add(-idle/2))
}

// margin is how long before its end a token is replaced: a tenth of its life, at
// least a minute, but never more than half its life, so that a short-lived token
// is not renewed in a loop. Connections are spread by their id.
func margin(c Connection) time.Duration {
	life := duration(c.App.Provider.Lifetimes.Access)
	if life <= 0 {
		life = time.Hour
	}
	m := max(life/10, time.Minute)
	m += part(m/4, spread(c.ID))
	return min(m, life/2)
}
