package connection

import (
	"context"
	"errors"
	"slices"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// Start finishes what a crash cut off and begins watching. It returns at once.
func (s *Service) Start() {
	s.running.Go(func() {
		s.resume(s.life)
		s.watch(s.life, time.NewTicker(time.Second).C)
	})
	s.running.Go(func() { s.keepRevoking(s.life) })
}

// resume deals with sign-ins that were interrupted after the provider had said
// yes: what was to be a new connection becomes one, what was to renew another
// keeps its old grant unless the account is the same.
func (s *Service) resume(ctx context.Context) {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		s.Log.Error("read connections", "error", err)
		return
	}
	for _, c := range all {
		if c.State == Uninstalling {
			s.finishUninstall(ctx, c)
		}
		if c.State != Connecting {
			continue
		}
		tokens, err := s.tokens(ctx, c.ID)
		if err != nil {
			continue // the keychain may be locked; the row waits
		}
		found, err := s.identify(ctx, &c, tokens)
		if err != nil {
			s.discard(ctx, c)
			continue
		}
		c.AccountID, c.AccountName = found.ID, found.Name
		old, err := s.Store.Connection(ctx, c.Replaces)
		if c.Replaces != "" && err == nil && old.AccountID != "" && old.AccountID != c.AccountID {
			s.discard(ctx, c)
			continue
		}
		if _, err := s.settle(ctx, s.start(c.App, c.Replaces, ""), c); err != nil {
			s.Log.Error("finish an interrupted sign-in", "connection", c.ID, "error", err)
		}
	}
}

// watch checks what is due at every tick, a few at a time.
func (s *Service) watch(ctx context.Context, tick <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		if s.isOffline() {
			continue
		}
		all, err := s.Store.Connections(ctx)
		if err != nil {
			s.Log.Error("read connections", "error", err)
			continue
		}
		for _, c := range all {
			if c.State.Watched() && s.take(c) {
				s.running.Go(func() { s.background(ctx, c.ID) })
			}
		}
	}
}

// take reports whether c is due, and if so puts its next check off.
func (s *Service) take(c Connection) bool {
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	due, known := s.due[c.ID]
	if !known {
		// After a start or a time offline, spread over a minute, but never later
		// than usual.
		due = now.Add(time.Duration(spread(c.ID) * float64(min(every(c), time.Minute))))
		s.due[c.ID] = due
	}
	if now.Before(due) {
		return false
	}
	s.due[c.ID] = now.Add(every(c) + callDeadline)
	return true
}

// every is the usual time between two checks of c, spread by a tenth.
func every(c Connection) time.Duration {
	wait := time.Hour
	if p := c.App.Provider.Probe; p != nil && duration(p.Every) > 0 {
		wait = duration(p.Every)
	}
	return wait - time.Duration(spread(c.ID)*float64(wait)/10)
}

// plan sets the next usual check of c.
func (s *Service) plan(c Connection) { s.later(c.ID, every(c)) }

func (s *Service) later(id string, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due[id] = s.Now().Add(wait)
}

func (s *Service) background(ctx context.Context, id string) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return
	}
	if err := s.check(ctx, id, alert.Answered); err != nil {
		s.Log.Debug("check failed", "connection", id, "code", fault.CodeOf(err))
	}
}

// CheckNow checks a connection because a person asked, and returns how it stands.
// A check that fails is not an error here: the state tells.
func (s *Service) CheckNow(ctx context.Context, id string) (Connection, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return c, err
	}
	if !c.State.Watched() && c.State != ClientMisconfigured {
		return c, fault.Errorf(fault.Conflict, "connection %s is %s", id, c.State)
	}
	err = s.check(ctx, id, alert.Retried)
	switch fault.CodeOf(err) {
	case fault.KeychainAbsent, fault.KeychainLocked, fault.KeychainKeyLost, fault.StorageFailed:
		return c, err
	}
	return s.Connection(ctx, id)
}

// check asks the provider whether the connection works.
func (s *Service) check(ctx context.Context, id string, evidence alert.Evidence) error {
	s.restore(ctx, id)
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return err
	}
	if c.State == Renewing && s.Now().Sub(c.RenewalStarted) < renewDeadline && !c.RenewalStarted.IsZero() && s.renewingHere(id) {
		return nil
	}
	tokens, err := s.fresh(ctx, c)
	if err != nil {
		return s.failed(ctx, c, err)
	}
	found, err := s.probe(ctx, c, tokens)
	if err != nil {
		return s.failed(ctx, c, err)
	}
	return s.healthy(ctx, id, found, evidence)
}

// renewingHere is a last look at whether this process is renewing id; a mark
// left by another, crashed one does not count.
func (s *Service) renewingHere(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.renewing[id]
}

// probe makes the provider's check call. A refused token is renewed once; a 401
// always wins over the clock.
func (s *Service) probe(ctx context.Context, c Connection, tokens Tokens) (account, error) {
	probe := c.App.Provider.Probe
	if probe == nil {
		return account{c.AccountID, c.AccountName}, nil
	}
	answer, err := s.call(ctx, c, tokens, probe.Request)
	if refused(err) && tokens.Refresh.Reveal() != "" {
		if tokens, err = s.Renew(ctx, c.ID); err != nil {
			return account{}, err
		}
		answer, err = s.call(ctx, c, tokens, probe.Request)
	}
	if err != nil {
		return account{}, err
	}
	return answer.identity(c.App.Provider.Identity, c.Variables), nil
}

func refused(err error) bool {
	var refusal *callError
	return errors.As(err, &refusal) && refusal.status == 401
}

// healthy notes a check that worked.
func (s *Service) healthy(ctx context.Context, id string, found account, evidence alert.Evidence) error {
	c, err := s.change(ctx, id, func(c *Connection) []Activity {
		was := c.State
		c.CheckedAt, c.Failures = s.Now().UTC(), 0
		if found.Name != "" && found.ID == c.AccountID {
			c.AccountName = found.Name
		}
		if c.State == PermissionMissing && len(missing(*c)) > 0 {
			return nil
		}
		if s.enter(c, Connected, "") && was != Connected && was != Renewing && was != Retrying {
			return []Activity{s.byItself(*c, Recovered, "")}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.saw(ctx, id, evidence)
	s.forecast(ctx, c)
	if lacking := missing(c); len(lacking) > 0 {
		s.raise(ctx, c, alert.PermissionMissing, fault.Errorf(fault.Denied, "fewer permissions were granted than asked for"))
	}
	s.plan(c)
	return nil
}

// soon is how long before a known end of a sign-in people are warned.
const soon = 7 * 24 * time.Hour

// forecast warns of a refresh token that is known to die.
func (s *Service) forecast(ctx context.Context, c Connection) {
	if c.RenewalDies.IsZero() || s.Now().Add(soon).Before(c.RenewalDies) {
		return
	}
	detail := map[string]string{alert.DetailExpires: c.RenewalDies.Format(time.RFC3339)}
	if err := s.Alerts.Raise(ctx, alert.ExpiresSoon, s.subject(c), detail); err != nil {
		s.Log.Error("raise alert", "connection", c.ID, "error", err)
	}
}

// Pause stops checks and renewals until Resume.
func (s *Service) Pause(ctx context.Context, id string) (Connection, error) {
	return s.switchTo(ctx, id, Paused, PausedByHand)
}

// Resume takes up a paused connection and checks it soon.
func (s *Service) Resume(ctx context.Context, id string) (Connection, error) {
	c, err := s.switchTo(ctx, id, Connected, Resumed)
	s.later(id, 0)
	return c, err
}

func (s *Service) switchTo(ctx context.Context, id string, to State, what string) (Connection, error) {
	refusedBy := State("")
	c, err := s.change(ctx, id, func(c *Connection) []Activity {
		if refusedBy = ""; c.State == to || to == Connected && c.State != Paused || !s.enter(c, to, "") {
			refusedBy = c.State
			return nil
		}
		return []Activity{s.did(*c, what, "")}
	})
	if err == nil && refusedBy != "" && refusedBy != to {
		err = fault.Errorf(fault.Conflict, "connection %s is %s", id, refusedBy)
	}
	if err == nil && to == Paused {
		err = s.Alerts.ClearAll(ctx, id, alert.Mended)
	}
	return c, err
}

func hasScope(granted []string, scope string) bool { return slices.Contains(granted, scope) }
