package connection

import (
	"context"
	"errors"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// CheckNow checks a connection because a person asked, and returns how it stands.
// A check that fails is not an error here: the state tells. Trouble with the
// keychain or the data folder is one.
func (s *Service) CheckNow(ctx context.Context, id string) (Connection, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return c, err
	}
	if !c.State.Checkable() {
		return c, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
	}
	err = s.check(ctx, id, alert.Retried)
	if errors.As(err, &noted{}) {
		return s.Connection(ctx, id)
	}
	switch fault.CodeOf(err) {
	case fault.KeychainAbsent, fault.KeychainLocked, fault.KeychainKeyLost, fault.StorageFailed, fault.Canceled:
		return s.seen(c), err
	}
	return s.Connection(ctx, id)
}

// check asks the provider whether the connection works. Those who ask at once
// share one answer.
func (s *Service) check(ctx context.Context, id string, evidence alert.Evidence) error {
	_, err := share(ctx, s, "check/"+id, func() (struct{}, error) {
		return struct{}{}, s.ask(s.life, id, evidence)
	})
	return err
}

func (s *Service) ask(ctx context.Context, id string, evidence alert.Evidence) error {
	s.restore(ctx, id)
	turn := s.turn(id)
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return err
	}
	if !c.State.Checkable() {
		return nil
	}
	if _, err := s.fresh(ctx, c, turn); err != nil {
		return s.failed(ctx, c, turn, err)
	}
	// The renewal, if there was one, has changed the row.
	turn, c, tokens, err := s.present(ctx, id)
	if err != nil {
		return s.failed(ctx, c, turn, err)
	}
	found, err := s.probe(ctx, c, tokens)
	if refused(err) && tokens.Refresh != "" {
		// A 401 always wins over the clock: renew once, ask once more.
		if _, err := s.renewOnce(ctx, id, turn); err != nil {
			return s.failed(ctx, c, turn, err)
		}
		if turn, c, tokens, err = s.present(ctx, id); err != nil {
			return s.failed(ctx, c, turn, err)
		}
		found, err = s.probe(ctx, c, tokens)
	}
	if err != nil {
		return s.failed(ctx, c, turn, err)
	}
	return s.healthy(ctx, id, found, evidence)
}

// present reads a connection with its tokens as they are now. The turn is read
// first: what is read after it may be newer, but never older.
func (s *Service) present(ctx context.Context, id string) (int, Connection, Tokens, error) {
	turn := s.turn(id)
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return turn, Connection{ID: id}, Tokens{}, err
	}
	tokens, err := s.tokens(ctx, id)
	return turn, c, tokens, err
}

// probe makes the provider's check call.
func (s *Service) probe(ctx context.Context, c Connection, tokens Tokens) (account, error) {
	probe := c.App.Provider.Probe
	if probe == nil {
		return account{c.AccountID, c.AccountName}, nil
	}
	answer, err := s.call(ctx, c, tokens, probe.Request)
	if err != nil {
		return account{}, err
	}
	return answer.identity(c.App.Provider.Identity, places(c.Variables, Tokens{})), nil
}

// checkedEvery is how exactly CheckedAt is kept while nothing else changes, so
// that an idle program does not write all the time.
const checkedEvery = time.Minute

// healthy notes a check that worked.
func (s *Service) healthy(ctx context.Context, id string, found account, evidence alert.Evidence) error {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return err
	}
	was := c.State
	if s.isNews(c, found, evidence) {
		c, err = s.change(ctx, id, func(c *Connection) ([]Activity, error) { return s.recover(c, found), nil })
		if err != nil {
			return err
		}
	}
	if !c.State.Checkable() {
		return nil
	}
	s.saw(ctx, id, evidence)
	s.limited(ctx, c)
	s.forecast(ctx, c)
	s.plan(c)
	if was == ProviderDown && c.State == Connected {
		s.neighbourly(ctx, c)
	}
	return nil
}

// isNews reports whether a check that worked changes anything worth storing.
func (s *Service) isNews(c Connection, found account, evidence alert.Evidence) bool {
	since := s.Now().Sub(c.CheckedAt)
	return evidence != alert.Answered || c.State != standing(c) || c.Failures > 0 || c.Reason != "" ||
		c.AccountName != c.nameAfter(found) || since >= checkedEvery || since < 0
}

// nameAfter is the account's name once found has answered for it.
func (c Connection) nameAfter(found account) string {
	if found.Name == "" || found.ID != c.AccountID {
		return c.AccountName
	}
	return found.Name
}

func (s *Service) recover(c *Connection, found account) []Activity {
	if !c.State.Checkable() {
		return nil
	}
	was := c.State
	c.CheckedAt, c.Failures, c.AccountName = s.Now().UTC(), 0, c.nameAfter(found)
	if !s.enter(c, standing(*c), "") || c.State == was || c.State != Connected || was == Renewing || was == Retrying {
		return nil
	}
	return []Activity{s.byItself(*c, Recovered, "")}
}

// soon is how long before a known end of a sign-in people are warned at most.
const soon = 7 * 24 * time.Hour

// warning is how long before its end a sign-in is worth a word: a week, or the
// last quarter of a shorter life.
func warning(c Connection) time.Duration {
	l := c.App.Provider.Lifetimes
	life := c.RenewalDies.Sub(c.ConnectedAt)
	for _, known := range []time.Duration{duration(l.Refresh), duration(l.RefreshIdle)} {
		if known > 0 {
			life = min(life, known)
		}
	}
	return max(min(soon, life/4), 0)
}
