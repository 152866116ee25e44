package connection

import (
	"context"
	"maps"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// admitDeadline bounds the calls that find out whose account a new grant is for.
const admitDeadline = 45 * time.Second

// admit stores a new grant, asks whose account it is for, and gives it its place.
// From the first line on it runs to its end even when the person cancels: the
// grant exists at the provider and must not be forgotten.
func (s *Service) admit(ctx context.Context, a *attempt, plan signIn, grant oauth.Grant) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), admitDeadline)
	defer cancel()
	s.show(a, func(v *Attempt) { v.Phase = Finishing })

	c, tokens, err := s.provisional(ctx, plan, grant)
	if err != nil {
		return err
	}
	found, err := s.identify(ctx, &c, tokens)
	if err != nil {
		s.discard(ctx, c)
		return err
	}
	c.AccountID, c.AccountName = found.ID, found.Name
	s.show(a, func(v *Attempt) { v.Host = "" })

	settled, err := s.settle(ctx, a, c)
	if err != nil {
		return err
	}
	s.show(a, func(v *Attempt) { v.Connection, v.Account = settled.ID, settled.Label() })
	return nil
}

// provisional stores grant as a Connecting row.
func (s *Service) provisional(ctx context.Context, plan signIn, grant oauth.Grant) (Connection, Tokens, error) {
	now := s.Now().UTC()
	c := Connection{
		ID: newID(), App: plan.app, Owner: s.Person(), State: Connecting, StateSince: now, ConnectedAt: now,
		Requested: plan.scopes, Variables: plan.variables, Replaces: plan.replaces,
	}
	applyGrant(&c, grant)
	if c.Granted == nil {
		c.Granted = plan.scopes
	}
	tokens := Tokens{Access: grant.AccessToken, Refresh: grant.RefreshToken}
	sealed, err := s.seal(ctx, tokens, "connection/"+c.ID)
	if err != nil {
		return c, tokens, err
	}
	c, err = s.Store.Save(ctx, c, sealed)
	return c, tokens, err
}

// applyGrant takes over what grant says beside the tokens.
func applyGrant(c *Connection, grant oauth.Grant) {
	c.ExpiresAt = time.Time{}
	if grant.Lifetime > 0 {
		c.ExpiresAt = grant.ReceivedAt.Add(grant.Lifetime).UTC()
	}
	if grant.Scopes != nil {
		c.Granted = grant.Scopes
	}
	if len(grant.Kept) > 0 {
		merged := maps.Clone(c.Variables)
		if merged == nil {
			merged = map[string]string{}
		}
		maps.Copy(merged, grant.Kept)
		c.Variables = merged
	}
	l := c.App.Provider.Lifetimes
	c.RenewalDies = time.Time{}
	for _, life := range []time.Duration{duration(l.RefreshIdle), duration(l.Refresh)} {
		dies := grant.ReceivedAt.Add(life).UTC()
		if life > 0 && (c.RenewalDies.IsZero() || dies.Before(c.RenewalDies)) {
			c.RenewalDies = dies
		}
	}
}

// account is who a connection is for, at the provider.
type account struct{ ID, Name string }

// identify runs the look-ups and the probe of a new connection. Variables that
// were looked up are stored in c.
func (s *Service) identify(ctx context.Context, c *Connection, tokens Tokens) (account, error) {
	for _, lookup := range c.App.Provider.Lookups {
		answer, err := s.call(ctx, *c, tokens, lookup.Request)
		if err != nil {
			return account{}, err
		}
		value, err := answer.text(lookup.Path)
		if err != nil || value == "" {
			return account{}, fault.Errorf(fault.Unavailable, "look up %s at %s: nothing found", lookup.Name, c.App.Slug)
		}
		merged := maps.Clone(c.Variables)
		if merged == nil {
			merged = map[string]string{}
		}
		merged[lookup.Name] = value
		c.Variables = merged
	}
	if c.App.Provider.Probe == nil {
		return account{Name: c.App.Name}, nil
	}
	answer, err := s.call(ctx, *c, tokens, c.App.Provider.Probe.Request)
	if err != nil {
		return account{}, err
	}
	return answer.identity(c.App.Provider.Identity, c.Variables), nil
}

// identity reads whose account answered.
func (r reply) identity(where provider.Identity, variables map[string]string) account {
	return account{ID: r.joined(where.ID, variables), Name: r.joined(where.Name, variables)}
}

// settle gives the provisional connection c its place: a new connection, or the
// new grant of one that exists.
func (s *Service) settle(ctx context.Context, a *attempt, c Connection) (Connection, error) {
	if c.Replaces == "" {
		if twin, ok := s.twin(ctx, c); ok {
			return s.merge(ctx, twin, c)
		}
		return s.establish(ctx, c)
	}
	old, err := s.Store.Connection(ctx, c.Replaces)
	if err != nil {
		// What was to be renewed is gone; the new sign-in stands on its own.
		return s.establish(ctx, c)
	}
	if old.AccountID == "" || old.AccountID == c.AccountID {
		return s.merge(ctx, old, c)
	}
	switch s.choose(a, old, c) {
	case Replace:
		return s.merge(ctx, old, c)
	case Add:
		return s.establish(ctx, c)
	}
	s.discard(ctx, c)
	return old, fault.Errorf(fault.Canceled, "the old account is kept")
}

// choose asks the person what to do about another account. No answer in time
// keeps the old one.
func (s *Service) choose(a *attempt, old, c Connection) Choice {
	s.show(a, func(v *Attempt) {
		v.Phase, v.Connection, v.Account, v.Other = Choosing, old.ID, old.Label(), c.AccountName
	})
	ctx, cancel := context.WithTimeout(s.life, 15*time.Minute)
	defer cancel()
	a.mu.Lock()
	a.cancel = cancel
	a.mu.Unlock()
	select {
	case choice := <-a.choice:
		return choice
	case <-ctx.Done():
		return Keep
	}
}

// twin finds the connection that c would double: same app, same account.
func (s *Service) twin(ctx context.Context, c Connection) (Connection, bool) {
	all, err := s.Store.Connections(ctx)
	if err != nil || c.AccountID == "" {
		return Connection{}, false
	}
	for _, other := range all {
		if other.ID != c.ID && other.State != Connecting && other.State != Uninstalling &&
			other.App.Slug == c.App.Slug && other.AccountID == c.AccountID {
			return other, true
		}
	}
	return Connection{}, false
}

// establish turns the provisional connection c into one of its own.
func (s *Service) establish(ctx context.Context, c Connection) (Connection, error) {
	c.Replaces = ""
	c.CheckedAt = s.Now().UTC()
	s.enter(&c, Connected, "")
	c, err := s.Store.Save(ctx, c, nil, s.did(c, Installed, ""))
	if err == nil {
		s.Changed.Publish(Changed{c.ID})
		s.plan(c)
	}
	return c, err
}

// merge gives the tokens of the provisional connection c to old. The grant that
// old had is told to end, unless it is the same one.
func (s *Service) merge(ctx context.Context, old, c Connection) (Connection, error) {
	tokens, err := s.tokens(ctx, c.ID)
	if err != nil {
		return old, err
	}
	sealed, err := s.seal(ctx, tokens, "connection/"+old.ID)
	if err != nil {
		return old, err
	}
	// An unreadable old grant cannot be revoked; renewing is the mending.
	var revoke *Revocation
	if old.AccountID != "" && old.AccountID != c.AccountID {
		revoke = s.revocation(ctx, old, "")
	}
	note := ""
	if !sameScopes(old.Granted, c.Granted) {
		note = "scopes"
	}
	old.App, old.AccountID, old.AccountName = c.App, c.AccountID, c.AccountName
	old.Requested, old.Granted, old.Variables = c.Requested, c.Granted, c.Variables
	old.ExpiresAt, old.RenewalDies, old.RenewalStarted = c.ExpiresAt, c.RenewalDies, time.Time{}
	old.CheckedAt, old.Failures = s.Now().UTC(), 0
	s.enter(&old, Connected, "")
	old, err = s.Store.Merge(ctx, old, c, sealed, revoke, s.did(old, Reconnected, note))
	if err != nil {
		return old, err
	}
	s.mu.Lock()
	delete(s.unsaved, old.ID)
	s.mu.Unlock()
	s.saw(ctx, old.ID, alert.Reconnected)
	s.Changed.Publish(Changed{old.ID})
	s.plan(old)
	return old, nil
}

// discard takes back a provisional connection: nothing stays here, and the
// provider is told to end the grant.
func (s *Service) discard(ctx context.Context, c Connection) {
	if err := s.Store.Remove(ctx, c, nil, s.revocation(ctx, c, "")); err != nil {
		s.Log.Error("discard provisional connection", "connection", c.ID, "error", err)
		return
	}
	s.nudgeRevocations()
}
