package connection

import (
	"context"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// renewDeadline bounds one renewal, its second try included.
const renewDeadline = 75 * time.Second

// Renew replaces the tokens of a connection now. Whoever asks while a renewal is
// running gets its result. The renewal itself does not end with ctx: the
// provider may already have spent the refresh token.
func (s *Service) Renew(ctx context.Context, id string) (Tokens, error) {
	return s.renewOnce(ctx, id, s.turn(id))
}

// renewOnce renews unless that has happened since turn was read.
func (s *Service) renewOnce(ctx context.Context, id string, turn int) (Tokens, error) {
	return share(ctx, s, "renew/"+id, func() (Tokens, error) {
		leave, err := s.queue(id)
		if err != nil {
			return Tokens{}, err
		}
		defer leave()
		ctx, cancel := context.WithTimeout(context.Background(), renewDeadline)
		defer cancel()
		if s.turn(id) != turn {
			return s.tokens(ctx, id)
		}
		return s.renew(ctx, id)
	})
}

// queue waits until few enough connections of the app are being renewed: a
// thousand that expire together must not fall upon their provider at once, nor
// may a provider that hangs hold up the others.
func (s *Service) queue(id string) (leave func(), err error) {
	c, err := s.Store.Connection(s.life, id)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	room, ok := s.rooms[c.App.Slug]
	if !ok {
		room = make(chan struct{}, parallel)
		s.rooms[c.App.Slug] = room
	}
	s.mu.Unlock()
	select {
	case room <- struct{}{}:
		return func() { <-room }, nil
	case <-s.life.Done():
		return nil, errClosing
	}
}

func (s *Service) renew(ctx context.Context, id string) (Tokens, error) {
	turn := s.turn(id)
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	if !renewable(c.State) {
		return Tokens{}, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
	}
	old, err := s.tokens(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	if old.Refresh == "" {
		return Tokens{}, fault.Errorf(fault.SignInNeeded, "renew %s: the provider gave no refresh token", c.App.Slug)
	}
	endpoint, client, err := s.endpointAndClient(ctx, c.App, c.Variables, old)
	if err != nil {
		return Tokens{}, s.failed(ctx, c, turn, err)
	}
	interrupted := !c.RenewalStarted.IsZero()
	if c, err = s.mark(ctx, id); err != nil {
		return Tokens{}, err
	}
	grant, lost, err := s.refresh(ctx, endpoint, client, old.Refresh, interrupted)
	if err != nil {
		if c.App.Provider.Client.Kind == "registered" && oauth.ErrorKind(err) == oauth.InvalidClient {
			s.outdate(ctx, endpoint)
		}
		return Tokens{}, s.notRenewed(ctx, c, turn, lost, err)
	}
	return s.renewed(ctx, c, renewal{old, grant}), nil
}

// renewable reports whether a connection in state s may be renewed. A sign-in that
// was interrupted before its place was known may need it too.
func renewable(s State) bool { return s.Checkable() || s == Connecting }

// refresh asks the provider. An answer that got lost is asked for once more, at
// once, because servers that forgive a second use do so for a moment only; a
// third time never, nor a second after an interrupted renewal, which was the
// first. Lost reports whether the refresh token may be spent.
func (s *Service) refresh(ctx context.Context, p oauth.Provider, c oauth.Client, token oauth.Secret, interrupted bool) (g oauth.Grant, lost bool, err error) {
	g, err = s.Protocol.Refresh(ctx, p, c, token)
	lost = interrupted || oauth.Ambiguous(err)
	if !interrupted && oauth.Ambiguous(err) && s.life.Err() == nil {
		g, err = s.Protocol.Refresh(ctx, p, c, token)
	}
	return g, lost, err
}

// mark notes durably that a renewal begins, so that one that is cut off is known.
func (s *Service) mark(ctx context.Context, id string) (Connection, error) {
	return s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		if !renewable(c.State) {
			return nil, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
		}
		// The store keeps milliseconds.
		c.RenewalStarted = s.Now().UTC().Truncate(time.Millisecond)
		// What else is known to be wrong is not mended by new tokens.
		if c.State == Connected {
			s.enter(c, Renewing, "")
		}
		return nil, nil
	})
}

// renewal is an answered renewal with the tokens that it replaces.
type renewal struct {
	tokens Tokens
	grant  oauth.Grant
}

// grantOf says how long the renewal's tokens are good for.
func (r renewal) grantOf(c Connection) (expires, dies, started time.Time) {
	tokens := r.tokens
	take(&c, &tokens, r.grant)
	return c.ExpiresAt, c.RenewalDies, time.Time{}
}

// renewed stores the new tokens before anybody gets to use them. Tokens that
// cannot be stored are used from memory: losing them would lose the connection.
func (s *Service) renewed(ctx context.Context, c Connection, r renewal) Tokens {
	take(&c, &r.tokens, r.grant)
	s.turned(c.ID)
	kept, err := s.keep(ctx, c, r)
	switch {
	case err != nil:
		s.mu.Lock()
		s.unsaved[c.ID] = r
		s.mu.Unlock()
		s.Log.Error("renewed tokens could not be stored", "connection", c.ID, "code", fault.CodeOf(err))
		s.raise(ctx, c, alert.SecretsUnreadable, err)
	case kept:
		s.stored(c.ID)
		s.saw(ctx, c.ID, alert.Unlocked)
	}
	s.turned(c.ID)
	s.Changed.Publish(Changed{c.ID})
	return r.tokens
}

// keep commits renewed tokens and what came with them to the row as it is now:
// what else was changed since then stays. When the row is gone or holds a newer
// grant, which shows by the missing mark, the tokens are disowned instead, and
// keep returns false.
func (s *Service) keep(ctx context.Context, then Connection, r renewal) (bool, error) {
	sealed, err := s.seal(ctx, r.tokens, boundTo(then.ID))
	if err != nil {
		return false, err
	}
	for {
		c, err := s.Store.Connection(ctx, then.ID)
		gone := fault.CodeOf(err) == fault.NotFound
		if err != nil && !gone {
			return false, err
		}
		if gone || c.State == Uninstalling {
			return false, s.disown(ctx, then, r)
		}
		if c.RenewalStarted.IsZero() {
			// Signed in anew. Ending a token of the same account could end the
			// new grant too, so it is only forgotten.
			if sameAccount(then, c) {
				return false, nil
			}
			return false, s.disown(ctx, then, r)
		}
		did := s.apply(&c, r)
		if _, err = s.Store.Save(ctx, c, sealed, did...); fault.CodeOf(err) != fault.Conflict {
			if err == nil {
				s.limited(ctx, c)
			}
			return err == nil, err
		}
	}
}

// apply puts a renewal into the row.
func (s *Service) apply(c *Connection, r renewal) []Activity {
	before := c.Granted
	take(c, &r.tokens, r.grant)
	c.RenewalStarted = time.Time{}
	if c.State == Renewing || c.State == Connected {
		s.enter(c, standing(*c), "")
	}
	did := []Activity{s.byItself(*c, Refreshed, "")}
	if note := difference(before, c.Granted); note != "" {
		did = append(did, s.byItself(*c, ScopesChanged, note))
	}
	return did
}

// notStored returns a renewal that so far lives only in memory.
func (s *Service) notStored(id string) (renewal, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.unsaved[id]
	return r, ok
}

func (s *Service) stored(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.unsaved, id)
}

// restore tries once more to store a renewal that so far lives only in memory.
func (s *Service) restore(ctx context.Context, id string) {
	r, ok := s.notStored(id)
	if !ok {
		return
	}
	c, err := s.Store.Connection(ctx, id)
	if err == nil {
		_, err = s.keep(ctx, c, r)
	}
	if err != nil {
		return
	}
	s.stored(id)
	s.saw(ctx, id, alert.Unlocked)
	s.Changed.Publish(Changed{id})
}

// Unsaved reports how many connections have tokens that exist only in memory.
// Quitting now would lose them.
func (s *Service) Unsaved() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unsaved)
}

// notRenewed sorts out what a failed renewal means. The mark stays while the
// provider may have acted unseen.
func (s *Service) notRenewed(ctx context.Context, c Connection, turn int, lost bool, cause error) error {
	final := oauth.ErrorKind(cause) == oauth.InvalidGrant
	if !lost || final {
		_, err := s.change(ctx, c.ID, func(now *Connection) ([]Activity, error) {
			now.RenewalStarted = time.Time{}
			return nil, nil
		})
		if err != nil {
			s.Log.Error("take a renewal's mark away", "connection", c.ID, "code", fault.CodeOf(err))
		}
	}
	if lost && final {
		cause = interrupted{cause}
	}
	return s.failed(ctx, c, turn, cause)
}

// interrupted is a refusal of a refresh token that was probably spent by a renewal
// whose answer never arrived here.
type interrupted struct{ error }

func (i interrupted) Unwrap() error { return i.error }
