package connection

import (
	"context"
	"errors"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

const (
	revokeDeadline = 10 * time.Second
	// revokeTries with doubling waits from a minute to a day last about a month.
	revokeTries = 40
)

// revocable reports whether the provider of app can be told to end a grant.
func revocable(app App) bool {
	p := app.Provider
	return p.Kind == "oauth2" && (p.Revoke != nil || p.Endpoints.Revocation != "" || p.Endpoints.Token == "" && p.Issuer != "")
}

// revocation prepares telling the provider to end the grant of c. It is nil when
// the secrets cannot be read: there is nothing to send then.
func (s *Service) revocation(ctx context.Context, c Connection, receipt string) *Revocation {
	if !revocable(c.App) {
		return nil
	}
	tokens, err := s.tokens(ctx, c.ID)
	if err != nil {
		return nil
	}
	r := &Revocation{ID: newID(), ReceiptID: receipt, App: c.App, Account: c.Label(), Variables: c.Variables, NextTry: s.Now().UTC()}
	if r.Sealed, err = s.seal(ctx, tokens, "revocation/"+r.ID); err != nil {
		return nil
	}
	return r
}

// keepRevoking tries what is due until ctx ends.
func (s *Service) keepRevoking(ctx context.Context) {
	tick := time.NewTicker(15 * time.Second)
	defer tick.Stop()
	for {
		if !s.isOffline() {
			s.revokeDue(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *Service) revokeDue(ctx context.Context) {
	due, err := s.History.Revocations(ctx)
	if err != nil {
		s.Log.Error("read revocations", "error", err)
		return
	}
	for _, r := range due {
		if !s.Now().Before(r.NextTry) {
			s.revoke(ctx, r)
		}
	}
}

// nudgeRevocations tries what is due now, in the background.
func (s *Service) nudgeRevocations() { s.running.Go(func() { s.revokeDue(s.life) }) }

// revoke tries once, and notes how it went.
func (s *Service) revoke(ctx context.Context, r Revocation) {
	try, cancel := context.WithTimeout(ctx, revokeDeadline)
	defer cancel()
	err := s.revokeOnce(try, r)
	r.Tries++
	outcome, detail := OutcomePending, ""
	switch {
	case err == nil:
		outcome, r.Over = OutcomeRevoked, true
	case !passes(err) || r.Tries >= revokeTries:
		outcome, detail, r.Over = OutcomeGaveUp, reason(err), true
	default:
		detail = reason(err)
		r.NextTry = s.Now().UTC().Add(min(time.Minute<<min(r.Tries-1, 11), 24*time.Hour))
	}
	if err := s.History.SaveRevocation(ctx, r); err != nil {
		s.Log.Error("note a revocation", "error", err)
		return
	}
	if r.ReceiptID != "" {
		s.noteOutcome(ctx, r.ReceiptID, outcome, detail)
	}
}

func (s *Service) noteOutcome(ctx context.Context, receipt string, outcome Outcome, detail string) {
	r, err := s.Receipt(ctx, receipt)
	if err == nil {
		r.Outcome, r.Detail = outcome, detail
		err = s.History.SaveReceipt(ctx, r)
	}
	if err != nil {
		s.Log.Error("note the outcome of a revocation", "error", err)
	}
	s.Changed.Publish(Changed{r.ConnectionID})
}

func (s *Service) revokeOnce(ctx context.Context, r Revocation) error {
	tokens, err := s.open(ctx, r.Sealed, "revocation/"+r.ID)
	if err != nil {
		return err
	}
	if own := r.App.Provider.Revoke; own != nil {
		return s.revokeByCall(ctx, r, tokens)
	}
	endpoint, client, err := s.endpointAndClient(ctx, r.App, r.Variables)
	if err != nil {
		return err
	}
	// RFC 7009 §2.1: ending the refresh token ends the grant; the access token is
	// sent too for servers that keep it alive.
	if tokens.Refresh.Reveal() != "" {
		if err := s.Protocol.Revoke(ctx, endpoint, client, tokens.Refresh, "refresh_token"); err != nil {
			return err
		}
	}
	return s.Protocol.Revoke(ctx, endpoint, client, tokens.Access, "access_token")
}

// revokeByCall makes the request that the listing has in place of RFC 7009.
func (s *Service) revokeByCall(ctx context.Context, r Revocation, tokens Tokens) error {
	request := *r.App.Provider.Revoke
	c := Connection{App: r.App, Variables: r.Variables}
	client := oauth.Client{}
	if request.Auth == "basic_client" || usesClient(request) {
		var err error
		if _, client, err = s.endpointAndClient(ctx, r.App, r.Variables); err != nil {
			return err
		}
	}
	_, err := s.send(ctx, c, tokens, revocationPlaces(tokens, client), request)
	var refusal *callError
	// A grant that the provider no longer knows is as good as ended.
	if errors.As(err, &refusal) && (refusal.status == 401 || refusal.status == 404 || refusal.status == 410) {
		return nil
	}
	return err
}

// passes reports whether a failed revocation is worth another try.
func passes(err error) bool {
	var refusal *callError
	if errors.As(err, &refusal) {
		return refusal.status >= 500 || refusal.status == 429 || refusal.status == 408
	}
	switch fault.CodeOf(err) {
	case fault.Unavailable, fault.Timeout, fault.RateLimited, fault.Offline, fault.Canceled,
		fault.KeychainAbsent, fault.KeychainLocked:
		return true
	}
	return false
}
