package connection

import (
	"context"
	"slices"
	"strings"
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

// takenOver begins the ids of revocations that hold the sealed text of a
// connection as it was.
const takenOver = "connection/"

// revocation prepares telling the provider to end the grant of c, and says how
// that stands, and why. Secrets that cannot be opened now are taken over as they are, and
// opened when the keychain is back; secrets that can never be opened are nothing
// to send.
func (s *Service) revocation(ctx context.Context, c Connection, receipt string) (_ *Revocation, _ Outcome, why string) {
	if !revocable(c.App) {
		return nil, OutcomeNotOffered, ""
	}
	r := &Revocation{ReceiptID: receipt, App: c.App, Account: c.Label(), Variables: c.Variables, NextTry: s.Now().UTC()}
	tokens, err := s.tokens(ctx, c.ID)
	if err == nil {
		r.ID = newID()
		r.Sealed, err = s.seal(ctx, tokens, "revocation/"+r.ID)
	}
	if unopened(err) {
		why = reason(err)
		r.ID = takenOver + c.ID
		r.Sealed, err = s.Store.Sealed(ctx, c.ID)
	}
	if err != nil {
		return nil, OutcomeGaveUp, reason(err)
	}
	return r, OutcomePending, why
}

// unopened reports whether it is the keychain that is in the way, and may not be
// for long.
func unopened(err error) bool { return keptShut(fault.CodeOf(err)) }

func keptShut(code fault.Code) bool {
	return code == fault.KeychainAbsent || code == fault.KeychainLocked
}

// secrets opens what a revocation sends.
func (s *Service) secrets(ctx context.Context, r Revocation) (Tokens, error) {
	if strings.HasPrefix(r.ID, takenOver) {
		return s.open(ctx, r.Sealed, r.ID)
	}
	return s.open(ctx, r.Sealed, "revocation/"+r.ID)
}

// keepRevoking tries what is due, now and at every tick.
func (s *Service) keepRevoking(tick <-chan time.Time) {
	for {
		s.revokeDue(s.life)
		select {
		case <-s.life.Done():
			return
		case <-tick:
		}
	}
}

func (s *Service) revokeDue(ctx context.Context) {
	due, err := s.History.Revocations(ctx)
	if err != nil {
		s.Log.Error("read revocations", "code", fault.CodeOf(err))
		return
	}
	for _, r := range due {
		if !s.Now().Before(r.NextTry) && !s.unreachable(r.App) {
			s.revoke(ctx, r.ID)
		}
	}
}

// nudgeRevocations tries what is due now, in the background.
func (s *Service) nudgeRevocations() { s.spawn(func() { s.revokeDue(s.life) }) }

// revoke tries once, and notes how it went.
func (s *Service) revoke(ctx context.Context, id string) {
	release, ok := s.hold()
	if !ok {
		return // it is tried after the next start
	}
	defer release()
	done, ok := s.claim("revoke/" + id)
	if !ok {
		return
	}
	defer done()
	r, err := s.waiting(ctx, id)
	if err != nil {
		return // done by somebody else meanwhile
	}
	try, cancel := context.WithTimeout(ctx, revokeDeadline)
	defer cancel()
	defer context.AfterFunc(s.life, cancel)()
	err = s.revokeOnce(try, &r)
	ctx, stop := storing()
	defer stop()
	s.noteRevoked(ctx, r, err)
}

// Pending is a revocation that is tried again by itself, as its receipt shows it.
type Pending struct {
	Tries   int
	NextTry time.Time
}

// Pending returns the revocations that are not over, by the ids of their receipts.
func (s *Service) Pending(ctx context.Context) (map[string]Pending, error) {
	all, err := s.History.Revocations(ctx)
	pending := make(map[string]Pending, len(all))
	for _, r := range all {
		pending[r.ReceiptID] = Pending{r.Tries, r.NextTry}
	}
	return pending, err
}

// RevokeNow tries the revocation that a receipt waits for at once, and returns the
// receipt as it is then. One that waits for none is returned as it is.
func (s *Service) RevokeNow(ctx context.Context, receipt string) (Receipt, error) {
	r, err := s.Receipt(ctx, receipt)
	if err != nil {
		return r, err
	}
	if s.unreachable(r.App) {
		return r, fault.Errorf(fault.Offline, "this machine is offline")
	}
	all, err := s.History.Revocations(ctx)
	if err != nil {
		return r, err
	}
	for _, left := range all {
		if left.ReceiptID == receipt {
			s.revoke(ctx, left.ID)
		}
	}
	return s.Receipt(ctx, receipt)
}

// Unlocked tells the providers that could not be told because the keychain did not
// open. It does so in the background.
func (s *Service) Unlocked() {
	s.spawn(func() {
		all, err := s.History.Receipts(s.life)
		if err != nil {
			s.Log.Error("read receipts", "code", fault.CodeOf(err))
		}
		for _, r := range all {
			if r.Outcome == OutcomePending && keptShut(fault.Code(r.Detail)) {
				_, _ = s.RevokeNow(s.life, r.ID) // the receipt says how it went
			}
		}
	})
}

// waiting reads a revocation that is not over.
func (s *Service) waiting(ctx context.Context, id string) (Revocation, error) {
	all, err := s.History.Revocations(ctx)
	if err != nil {
		return Revocation{}, err
	}
	if i := slices.IndexFunc(all, func(r Revocation) bool { return r.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Revocation{}, fault.Errorf(fault.NotFound, "no revocation %s", id)
}

// noteRevoked stores how a try went: first in the receipt, then by letting the
// secrets go.
func (s *Service) noteRevoked(ctx context.Context, r Revocation, err error) {
	if s.life.Err() == nil && !unopened(err) {
		r.Tries++ // one that Close cut off, or that did not reach the provider, is none
	}
	outcome, detail := OutcomePending, ""
	switch {
	case err == nil:
		outcome, r.Over = OutcomeRevoked, true
	case oauth.ErrorKind(err) == oauth.Unsupported:
		outcome, r.Over = OutcomeNotOffered, true
	case !passes(err) || r.Tries >= revokeTries:
		outcome, detail, r.Over = OutcomeGaveUp, reason(err), true
	case unopened(err):
		// A keychain that is asked too often may prompt a person too often: this waits
		// for Unlocked.
		detail, r.NextTry = reason(err), s.Now().UTC().Add(24*time.Hour)
	default:
		detail = reason(err)
		after, _ := oauth.RetryAfter(err)
		if refusal := answered(err); refusal != nil {
			after = refusal.retryAfter
		}
		r.NextTry = s.Now().UTC().Add(max(after, min(time.Minute<<min(max(r.Tries-1, 0), 11), 24*time.Hour)))
	}
	if r.ReceiptID != "" {
		s.noteOutcome(ctx, r, outcome, detail)
	}
	if err := s.History.SaveRevocation(ctx, r); err != nil {
		s.Log.Error("note a revocation", "code", fault.CodeOf(err))
	}
}

func (s *Service) noteOutcome(ctx context.Context, revoked Revocation, outcome Outcome, detail string) {
	r, err := s.editReceipt(ctx, revoked.ReceiptID, func(r *Receipt) ([]Activity, error) {
		r.Outcome, r.Detail = outcome, detail
		if !revoked.Over {
			return nil, nil
		}
		what := RevokeFailed
		if outcome == OutcomeRevoked {
			what = RevokedThere
		}
		c := Connection{ID: r.ConnectionID, App: r.App, AccountName: r.Account}
		return []Activity{s.byItself(c, what, detail)}, nil
	})
	if err != nil {
		s.Log.Error("note the outcome of a revocation", "code", fault.CodeOf(err))
	}
	s.Changed.Publish(Changed{r.ConnectionID})
}

// revokeOnce tells the provider. What it learns that a further try needs is left
// in r.
func (s *Service) revokeOnce(ctx context.Context, r *Revocation) error {
	tokens, err := s.secrets(ctx, *r)
	if err != nil {
		return err
	}
	if r.App.Provider.Revoke != nil {
		return s.revokeByCall(ctx, r, tokens)
	}
	endpoint, client, err := s.endpointAndClient(ctx, r.App, r.Variables, tokens)
	if err != nil {
		return err
	}
	return s.revokeTokens(ctx, endpoint, client, tokens)
}

// revokeTokens ends both tokens (RFC 7009). Ending the refresh token ends the
// grant (§2.1); servers that keep the access token alive are told of it too, and
// may say that they know no such thing.
func (s *Service) revokeTokens(ctx context.Context, p oauth.Provider, c oauth.Client, tokens Tokens) error {
	if tokens.Refresh == "" {
		return s.Protocol.Revoke(ctx, p, c, tokens.Access, "access_token")
	}
	if err := s.Protocol.Revoke(ctx, p, c, tokens.Refresh, "refresh_token"); err != nil {
		return err
	}
	if err := s.Protocol.Revoke(ctx, p, c, tokens.Access, "access_token"); err != nil && passes(err) {
		return err
	}
	return nil
}

// revokeByCall makes the request that the listing has in place of RFC 7009. One
// that is authorized by an access token that has expired needs a new one first.
func (s *Service) revokeByCall(ctx context.Context, r *Revocation, tokens Tokens) error {
	err := s.revokeCall(ctx, *r, tokens)
	if ownsToken := r.App.Provider.Revoke.Auth == ""; !ownsToken || !refused(err) {
		return unknownThere(err)
	}
	if tokens.Refresh == "" {
		return nil // what the provider does not take any more is ended
	}
	endpoint, client, err := s.endpointAndClient(ctx, r.App, r.Variables, tokens)
	if err != nil {
		return err
	}
	grant, err := s.Protocol.Refresh(ctx, endpoint, client, tokens.Refresh)
	if oauth.ErrorKind(err) == oauth.InvalidGrant {
		return nil
	}
	if err != nil {
		return err
	}
	c := Connection{App: r.App, Variables: r.Variables}
	take(&c, &tokens, grant)
	if err := s.reseal(ctx, r, tokens); err != nil {
		return err
	}
	if err = s.revokeCall(ctx, *r, tokens); refused(err) {
		return nil
	}
	return unknownThere(err)
}

// reseal keeps tokens that were renewed in order to revoke them.
func (s *Service) reseal(ctx context.Context, r *Revocation, tokens Tokens) (err error) {
	bound := "revocation/" + r.ID
	if strings.HasPrefix(r.ID, takenOver) {
		bound = r.ID
	}
	if r.Sealed, err = s.seal(ctx, tokens, bound); err != nil {
		return err
	}
	return s.History.SaveRevocation(ctx, *r)
}

// unknownThere takes a grant that the provider does not know for ended.
func unknownThere(err error) error {
	if refusal := answered(err); refusal != nil && (refusal.status == 404 || refusal.status == 410) {
		return nil
	}
	return err
}

func (s *Service) revokeCall(ctx context.Context, r Revocation, tokens Tokens) error {
	request := *r.App.Provider.Revoke
	client := oauth.Client{}
	if request.ShowsClient() {
		var err error
		if _, client, err = s.endpointAndClient(ctx, r.App, r.Variables, tokens); err != nil {
			return err
		}
	}
	more := map[string]string{
		"token":         firstOf(tokens.Refresh.Reveal(), tokens.Access.Reveal()),
		"access_token":  tokens.Access.Reveal(),
		"refresh_token": tokens.Refresh.Reveal(),
		"client_id":     client.ID,
		"client_secret": client.Secret.Reveal(),
	}
	_, err := s.send(ctx, Connection{App: r.App, Variables: r.Variables}, tokens, more, request)
	return err
}

// disown tells the provider, now or later, to end tokens that arrived for a
// connection that is gone or signed in for another account.
func (s *Service) disown(ctx context.Context, c Connection, late renewal) error {
	if !revocable(c.App) {
		return nil
	}
	r := Revocation{ID: newID(), App: c.App, Account: c.Label(), Variables: c.Variables, NextTry: s.Now().UTC()}
	sealed, err := s.seal(ctx, late.tokens, "revocation/"+r.ID)
	if err != nil {
		return err
	}
	r.Sealed = sealed
	if err := s.History.SaveRevocation(ctx, r); err != nil {
		return err
	}
	s.nudgeRevocations()
	return nil
}

// passes reports whether what failed may work later.
func passes(err error) bool {
	if refusal := answered(err); refusal != nil {
		return refusal.status >= 500 || refusal.status == 429 || refusal.status == 408
	}
	// A certificate that is not good is most often a network's doing.
	if oauth.Temporary(err) || oauth.ErrorKind(err) == oauth.TLS {
		return true
	}
	switch fault.CodeOf(err) {
	case fault.Unavailable, fault.Timeout, fault.RateLimited, fault.Offline, fault.Canceled,
		fault.KeychainAbsent, fault.KeychainLocked, fault.StorageFailed:
		return true
	}
	return false
}
