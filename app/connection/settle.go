package connection

import (
	"context"
	"slices"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// settle gives the provisional connection c its place: as a new connection, or as
// the new grant of one that exists. Another account than the one that was to be
// renewed is never put in its place unless choose says so; Keep takes c back and
// is fault.Canceled.
func (s *Service) settle(c Connection, tokens Tokens, choose func(old Connection) Choice) (Connection, error) {
	ctx, cancel := storing()
	defer cancel()
	target := c.Replaces
	if target != "" {
		old, err := s.Store.Connection(ctx, target)
		switch {
		case fault.CodeOf(err) == fault.NotFound || err == nil && old.State == Uninstalling:
			s.discard(c)
			return c, fault.Errorf(fault.Conflict, "what was to be renewed has been uninstalled")
		case err != nil:
			return c, err
		case !sameAccount(old, c):
			switch choose(old) {
			case Add:
				target = ""
			case Replace:
			default:
				s.discard(c)
				return old, fault.Errorf(fault.Canceled, "the old account is kept")
			}
		}
	}
	return s.place(c, tokens, target)
}

// sameAccount reports whether c is for old's account, as far as can be known.
func sameAccount(old, c Connection) bool { return old.AccountID == "" || old.AccountID == c.AccountID }

// choose asks the person what to do about another account. No answer in time is
// none of the choices, which keeps the old one.
func (s *Service) choose(a *attempt, old, c Connection) Choice {
	return Choice(s.askPerson(a, func(v *Attempt) {
		v.Phase, v.Connection, v.Account, v.Other = Choosing, old.ID, old.Label(), c.Label()
	}))
}

// place finds the row for c and writes it. One at a time does this, so that two
// sign-ins to one account cannot become two connections.
func (s *Service) place(c Connection, tokens Tokens, target string) (Connection, error) {
	s.placing.Lock()
	defer s.placing.Unlock()
	ctx, cancel := storing()
	defer cancel()
	for try := 0; ; try++ {
		into, found, err := s.rowFor(ctx, c, target)
		if err == nil && found {
			into, err = s.merge(ctx, into, c, tokens)
		} else if err == nil {
			into, err = s.establish(ctx, c, tokens)
		}
		if fault.CodeOf(err) != fault.Conflict || try >= 5 {
			return into, err
		}
	}
}

// rowFor finds the connection that c is a new grant of: the one that has the same
// account at the same app, else the target, else none.
func (s *Service) rowFor(ctx context.Context, c Connection, target string) (Connection, bool, error) {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		return Connection{}, false, err
	}
	mine := func(other Connection) bool {
		return other.ID != c.ID && other.State != Connecting && other.State != Uninstalling
	}
	find := func(fits func(Connection) bool) (Connection, bool) {
		i := slices.IndexFunc(all, func(other Connection) bool { return mine(other) && fits(other) })
		if i < 0 {
			return Connection{}, false
		}
		return all[i], true
	}
	isTarget := func(other Connection) bool { return other.ID == target }
	if into, ok := find(isTarget); ok && sameAccount(into, c) {
		return into, true, nil
	}
	if into, ok := find(func(other Connection) bool { return twins(other, c) }); ok {
		return into, true, nil
	}
	into, ok := find(isTarget)
	return into, ok, nil
}

// twins reports whether a and b are known to be for one account at one app.
func twins(a, b Connection) bool {
	return a.ID != b.ID && a.App.Slug == b.App.Slug && a.AccountID != "" && a.AccountID == b.AccountID
}

// establish turns the provisional connection c into one of its own.
func (s *Service) establish(ctx context.Context, c Connection, tokens Tokens) (Connection, error) {
	c.Replaces = ""
	c.CheckedAt = s.Now().UTC()
	s.enter(&c, standing(c), "")
	// Sealed again, because a look-up may have found a secret.
	sealed, err := s.seal(ctx, tokens, boundTo(c.ID))
	if err != nil {
		return c, err
	}
	c, err = s.Store.Save(ctx, c, sealed, s.did(c, Installed, ""))
	if err != nil {
		return c, err
	}
	s.turned(c.ID)
	s.Changed.Publish(Changed{c.ID})
	s.limited(ctx, c)
	s.plan(c)
	return c, nil
}

// merge gives the tokens of the provisional connection c to old. The grant that
// old had is told to end only if it was for another account: ending a token of
// the same one ends the new grant too at many providers.
func (s *Service) merge(ctx context.Context, old, c Connection, tokens Tokens) (Connection, error) {
	sealed, err := s.seal(ctx, tokens, boundTo(old.ID))
	if err != nil {
		return old, err
	}
	var revoke *Revocation
	if !sameAccount(old, c) {
		// Secrets that cannot be read cannot be revoked; renewing is the mending.
		revoke, _, _ = s.revocation(ctx, old, "")
	}
	into := old
	into.App, into.AccountID, into.AccountName, into.Owner = c.App, c.AccountID, c.AccountName, c.Owner
	into.Requested, into.Granted, into.Variables = c.Requested, c.Granted, c.Variables
	into.ExpiresAt, into.RenewalDies, into.RenewalStarted = c.ExpiresAt, c.RenewalDies, time.Time{}
	into.CheckedAt, into.Failures = s.Now().UTC(), 0
	s.enter(&into, standing(c), "")
	s.turned(old.ID)
	did := []Activity{s.did(into, Reconnected, "")}
	if note := difference(old.Granted, c.Granted); note != "" {
		did = append(did, s.did(into, ScopesChanged, note))
	}
	into, err = s.Store.Merge(ctx, into, c, sealed, revoke, did...)
	if err != nil {
		return old, err
	}
	s.turned(into.ID)
	s.stored(into.ID)
	s.saw(ctx, into.ID, alert.Reconnected)
	s.Changed.Publish(Changed{into.ID})
	s.limited(ctx, into)
	s.plan(into)
	s.nudgeRevocations()
	return into, nil
}

// discard takes back a provisional connection: nothing stays here, and the
// provider is told to end the grant, unless that could end the grant of a
// connection that stays.
func (s *Service) discard(c Connection) {
	ctx, cancel := storing()
	defer cancel()
	var revoke *Revocation
	if s.standsAlone(ctx, c) {
		revoke, _, _ = s.revocation(ctx, c, "")
	}
	if err := s.Store.Remove(ctx, c, nil, revoke); err != nil {
		s.Log.Error("discard provisional connection", "connection", c.ID, "error", err)
		return
	}
	s.nudgeRevocations()
}

// standsAlone reports whether no other connection of the app is, or could be, for
// c's account.
func (s *Service) standsAlone(ctx context.Context, c Connection) bool {
	all, err := s.Store.Connections(ctx)
	return err == nil && !slices.ContainsFunc(all, func(other Connection) bool {
		return twins(other, c) || other.ID != c.ID && other.App.Slug == c.App.Slug && (other.AccountID == "" || c.AccountID == "")
	})
}
