package connection

import (
	"context"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// renewDeadline bounds one renewal, waiting for the store included.
const renewDeadline = 60 * time.Second

// AccessToken returns a token that works now as far as is known, renewing it
// first when it is about to end. It is for adapters that call the provider, and
// must not be kept.
func (s *Service) AccessToken(ctx context.Context, id string) (oauth.Secret, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return "", err
	}
	t, err := s.fresh(ctx, c)
	return t.Access, err
}

// fresh returns the tokens of c, renewed when their end is near.
func (s *Service) fresh(ctx context.Context, c Connection) (Tokens, error) {
	if !c.State.Watched() && c.State != Connecting {
		return Tokens{}, fault.Errorf(fault.SignInNeeded, "connection %s is %s", c.ID, c.State)
	}
	if c.ExpiresAt.IsZero() || s.Now().Before(c.ExpiresAt.Add(-margin(c))) {
		return s.tokens(ctx, c.ID)
	}
	return s.Renew(ctx, c.ID)
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
	m += time.Duration(spread(c.ID) * float64(m) / 4)
	return min(m, life/2)
}

// Renew replaces the tokens of a connection now. Whoever asks while a renewal is
// running gets its result. The renewal itself does not end with ctx: the
// provider may already have spent the refresh token.
func (s *Service) Renew(ctx context.Context, id string) (Tokens, error) {
	result := s.renewals.DoChan("renew/"+id, func() (any, error) {
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewDeadline)
		defer cancel()
		s.busy(id, true)
		defer s.busy(id, false)
		return s.renew(own, id)
	})
	select {
	case r := <-result:
		t, _ := r.Val.(Tokens)
		return t, r.Err
	case <-ctx.Done():
		return Tokens{}, ctx.Err()
	}
}

func (s *Service) busy(id string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewing[id] = on
}

func (s *Service) renew(ctx context.Context, id string) (Tokens, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	old, err := s.tokens(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	if old.Refresh.Reveal() == "" {
		return Tokens{}, s.failed(ctx, c, fault.Errorf(fault.SignInNeeded, "renew %s: the provider gave no refresh token", c.App.Slug))
	}
	endpoint, client, err := s.endpointAndClient(ctx, c.App, c.Variables)
	if err != nil {
		return Tokens{}, s.failed(ctx, c, err)
	}
	interrupted := !c.RenewalStarted.IsZero()
	if c, err = s.mark(ctx, c); err != nil {
		return Tokens{}, err
	}
	grant, err := s.Protocol.Refresh(ctx, endpoint, client, old.Refresh)
	if err != nil && oauth.Ambiguous(err) && !oauth.Temporary(err) {
		grant, err = s.Protocol.Refresh(ctx, endpoint, client, old.Refresh)
	}
	if err != nil {
		return s.notRenewed(ctx, c, interrupted, err)
	}
	return s.renewed(ctx, c, old, grant)
}

// mark notes durably that a renewal begins, so that one that is cut off is known.
func (s *Service) mark(ctx context.Context, c Connection) (Connection, error) {
	c.RenewalStarted = s.Now().UTC()
	if c.State != Connecting {
		s.enter(&c, Renewing, "")
	}
	return s.Store.Save(ctx, c, nil)
}

// renewed stores the new tokens before anybody gets to use them.
func (s *Service) renewed(ctx context.Context, c Connection, old Tokens, grant oauth.Grant) (Tokens, error) {
	tokens := Tokens{Access: grant.AccessToken, Refresh: grant.RefreshToken}
	if tokens.Refresh.Reveal() == "" {
		tokens.Refresh = old.Refresh
	}
	before := c.Granted
	applyGrant(&c, grant)
	c.RenewalStarted, c.Failures = time.Time{}, 0
	if c.State == Renewing {
		s.enter(&c, Connected, "")
	}
	did := []Activity{s.byItself(c, Refreshed, "")}
	if !sameScopes(before, c.Granted) {
		did = append(did, s.byItself(c, ScopesChanged, ""))
	}
	if err := s.keep(ctx, c, tokens, did); err != nil {
		return s.keepInMemory(ctx, c, tokens, err)
	}
	s.mu.Lock()
	delete(s.unsaved, c.ID)
	s.mu.Unlock()
	s.saw(ctx, c.ID, alert.Unlocked)
	s.Changed.Publish(Changed{c.ID})
	return tokens, nil
}

// keep commits new tokens and what came with them. When the row was changed in
// the meantime (renamed, say), the change stays and the tokens go with it; when
// it holds another grant by now, they are dropped there and revoked.
func (s *Service) keep(ctx context.Context, c Connection, tokens Tokens, did []Activity) error {
	sealed, err := s.seal(ctx, tokens, "connection/"+c.ID)
	if err != nil {
		return err
	}
	_, err = s.Store.Save(ctx, c, sealed, did...)
	if fault.CodeOf(err) != fault.Conflict {
		return err
	}
	now, err := s.Store.Connection(ctx, c.ID)
	if err != nil || now.RenewalStarted != c.RenewalStarted && now.RenewalStarted.IsZero() || now.State == Uninstalling {
		return s.disown(ctx, c, tokens)
	}
	now.Granted, now.ExpiresAt, now.RenewalDies = c.Granted, c.ExpiresAt, c.RenewalDies
	now.Variables, now.RenewalStarted, now.Failures = c.Variables, c.RenewalStarted, 0
	if now.State == Renewing {
		s.enter(&now, Connected, "")
	}
	_, err = s.Store.Save(ctx, now, sealed, did...)
	return err
}

// disown ends tokens that arrived for a connection that is gone or was signed in
// anew.
func (s *Service) disown(ctx context.Context, c Connection, tokens Tokens) error {
	endpoint, client, err := s.endpointAndClient(ctx, c.App, c.Variables)
	if err == nil {
		err = s.Protocol.Revoke(ctx, endpoint, client, tokens.Refresh, "refresh_token")
	}
	if err != nil {
		s.Log.Warn("revoke a late renewal", "connection", c.ID, "code", fault.CodeOf(err))
	}
	return nil
}

// keepInMemory keeps tokens in use that could not be stored: losing them would
// lose the connection. Storing is tried again by every check.
func (s *Service) keepInMemory(ctx context.Context, c Connection, tokens Tokens, cause error) (Tokens, error) {
	s.mu.Lock()
	s.unsaved[c.ID] = tokens
	s.mu.Unlock()
	s.Log.Error("renewed tokens could not be stored", "connection", c.ID, "code", fault.CodeOf(cause))
	s.raise(ctx, c, alert.SecretsUnreadable, cause)
	return tokens, nil
}

// notRenewed sorts out what a failed renewal means. The row is read again first:
// somebody else may have been faster, and then nothing is wrong.
func (s *Service) notRenewed(ctx context.Context, c Connection, interrupted bool, cause error) (Tokens, error) {
	now, err := s.Store.Connection(ctx, c.ID)
	if err != nil {
		return Tokens{}, err
	}
	if now.Version != c.Version && now.RenewalStarted.IsZero() {
		return s.tokens(ctx, c.ID)
	}
	if interrupted && oauth.ErrorKind(cause) == oauth.InvalidGrant {
		s.raise(ctx, now, alert.RenewalInterrupted, cause)
	}
	// The mark stays only while the provider may have acted unseen.
	if !oauth.Ambiguous(cause) {
		now.RenewalStarted = time.Time{}
	}
	return Tokens{}, s.failed(ctx, now, cause)
}

// restore tries once more to store tokens that so far live only in memory.
func (s *Service) restore(ctx context.Context, id string) {
	s.mu.Lock()
	tokens, ok := s.unsaved[id]
	s.mu.Unlock()
	if !ok {
		return
	}
	sealed, err := s.seal(ctx, tokens, "connection/"+id)
	if err != nil {
		return
	}
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return
	}
	c.RenewalStarted = time.Time{}
	if _, err := s.Store.Save(ctx, c, sealed); err != nil {
		return
	}
	s.mu.Lock()
	delete(s.unsaved, id)
	s.mu.Unlock()
	s.saw(ctx, id, alert.Unlocked)
}

// Unsaved reports how many connections have tokens that exist only in memory.
// Quitting now would lose them.
func (s *Service) Unsaved() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unsaved)
}
