package connection

import (
	"context"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

const (
	// storeDeadline bounds what must be stored before anything else.
	storeDeadline = 20 * time.Second
	// identifyDeadline bounds each call that finds out whose account a grant is for.
	identifyDeadline = 45 * time.Second
	// patience is how long an interrupted sign-in waits for its provider to tell
	// whose account it is, before it is taken back.
	patience = 24 * time.Hour
)

// storing is a context for work that must be done although the program closes.
func storing() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), storeDeadline)
}

// admit stores a new grant, asks whose account it is for, and gives it its place.
// It goes on when the person cancels: the grant exists at the provider and must
// not be forgotten. When the program closes in the middle, the provisional
// connection waits for the next start.
func (s *Service) admit(a *attempt, plan signIn, grant oauth.Grant) error {
	s.show(a, func(v *Attempt) { v.Phase = Finishing })
	c, tokens, err := s.provisional(plan, grant)
	if err != nil {
		return err
	}
	release, ok := s.claim(boundTo(c.ID))
	if !ok {
		return nil // never: the id is new
	}
	defer release()
	found, err := s.identify(s.life, &c, &tokens, func(what string, options []Option) (string, error) {
		return s.pick(a, what, options)
	})
	if err != nil {
		if s.life.Err() == nil {
			s.discard(c)
		}
		return err
	}
	c.AccountID, c.AccountName = found.ID, found.Name
	settled, err := s.settle(c, tokens, func(old Connection) Choice { return s.choose(a, old, c) })
	if err != nil {
		return err
	}
	s.show(a, func(v *Attempt) { v.Connection, v.Account, v.Other = settled.ID, settled.Label(), "" })
	return nil
}

// provisional stores grant as a Connecting row. A grant that cannot be stored is
// ended at the provider.
func (s *Service) provisional(plan signIn, grant oauth.Grant) (Connection, Tokens, error) {
	ctx, cancel := storing()
	defer cancel()
	now := s.Now().UTC()
	c := Connection{
		ID: newID(), App: plan.app, Owner: s.Person(), State: Connecting, StateSince: now, ConnectedAt: now,
		Requested: plan.scopes, Granted: plan.scopes, Variables: plan.variables, Replaces: plan.replaces,
	}
	tokens := Tokens{Variables: plan.secrets}
	take(&c, &tokens, grant)
	sealed, err := s.seal(ctx, tokens, boundTo(c.ID))
	if err == nil {
		c, err = s.Store.Save(ctx, c, sealed)
	}
	if err != nil {
		s.Log.Error("a new sign-in could not be stored", "app", c.App.Slug, "code", fault.CodeOf(err))
		s.endUnstored(plan, tokens)
	}
	return c, tokens, err
}

// endUnstored tells the provider to end a grant that could not be stored, unless
// that might end one that could.
func (s *Service) endUnstored(plan signIn, tokens Tokens) {
	if plan.replaces != "" || plan.endpoint.Revocation == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), revokeDeadline)
	defer cancel()
	if err := s.revokeTokens(ctx, plan.endpoint, plan.client, tokens); err != nil {
		s.Log.Warn("revoke a sign-in that could not be stored", "app", plan.app.Slug, "code", fault.CodeOf(err))
	}
}

// take puts a grant into a connection and its tokens: after a renewal, what the
// provider left out stays as it was (RFC 6749 §6).
func take(c *Connection, t *Tokens, grant oauth.Grant) {
	rotated := grant.RefreshToken != ""
	t.Access = grant.AccessToken
	if rotated {
		t.Refresh = grant.RefreshToken
	}
	if grant.Scopes != nil {
		c.Granted = grant.Scopes
	}
	for name, value := range grant.Kept {
		learn(c, t, name, value)
	}
	c.ExpiresAt = time.Time{}
	if grant.Lifetime > 0 {
		c.ExpiresAt = grant.ReceivedAt.Add(grant.Lifetime).UTC()
	}
	c.RenewalDies = diesAt(*c, *t, grant.ReceivedAt, rotated)
}

// diesAt is when the sign-in ends unless it is renewed before. A new refresh token
// starts both of its lives anew, an old one that was used only its idle life.
func diesAt(c Connection, t Tokens, now time.Time, rotated bool) time.Time {
	if t.Refresh == "" {
		return c.ExpiresAt
	}
	whole, idle := duration(c.App.Provider.Lifetimes.Refresh), duration(c.App.Provider.Lifetimes.RefreshIdle)
	dies := time.Time{}
	switch {
	case whole > 0 && !rotated:
		return c.RenewalDies
	case whole > 0:
		dies = now.Add(whole)
	}
	if idle > 0 && (dies.IsZero() || idle < whole) {
		dies = now.Add(idle)
	}
	return dies.UTC()
}

// resume finishes a sign-in that was interrupted after the provider had said yes:
// what was to be a new connection becomes one; what was to renew another renews
// it if it is for the same account, and is taken back if not. So is one for which
// a person would have to choose among several.
func (s *Service) resume(ctx context.Context, c Connection) {
	release, ok := s.claim(boundTo(c.ID))
	if !ok {
		return // its attempt is still at work
	}
	defer release()
	tokens, err := s.fresh(ctx, c, s.turn(c.ID))
	if err == nil {
		c, err = s.Store.Connection(ctx, c.ID) // as a renewal may have changed it
	}
	if err == nil {
		var found account
		found, err = s.identify(ctx, &c, &tokens, nobodyPicks)
		c.AccountID, c.AccountName = found.ID, found.Name
	}
	switch {
	case err == nil:
		_, err = s.settle(c, tokens, func(Connection) Choice { return Keep })
		if err == nil || fault.CodeOf(err) == fault.Canceled || fault.CodeOf(err) == fault.Conflict {
			s.drop(c.ID)
			return
		}
	case !passes(err), s.Now().Sub(c.ConnectedAt) > patience:
		s.discard(c)
		s.drop(c.ID)
		return
	}
	s.Log.Info("finish an interrupted sign-in", "app", c.App.Slug, "code", fault.CodeOf(err))
	s.later(c.ID, time.Minute)
}
