package connection

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// downAfter is how many checks in a row must fail before a provider counts as
// down rather than as having hiccuped.
const downAfter = 3

// keychainRetry is how soon a check is repeated that could not read its secrets.
const keychainRetry = 30 * time.Second

// trouble is what a failure means: the state it leads to, the alert that tells
// of it, and when to look again (0: not by itself).
type trouble struct {
	state State
	kind  alert.Kind
	wait  time.Duration
}

// diagnose tells temporary failures from permanent ones. expired says whether
// the access token had reached its end when the provider refused it: a grant
// that dies before its time was taken away.
func diagnose(c Connection, err error, expired bool) trouble {
	if errors.As(err, &interrupted{}) {
		return trouble{state: SignInNeeded, kind: alert.RenewalInterrupted}
	}
	if refusal := answered(err); refusal != nil {
		return diagnoseCall(c, refusal, expired)
	}
	after, _ := oauth.RetryAfter(err)
	switch oauth.ErrorKind(err) {
	case oauth.InvalidGrant:
		return ended(expired)
	case oauth.InvalidClient, oauth.InvalidScope, oauth.Misused:
		return trouble{state: ClientMisconfigured, kind: alert.ClientMisconfigured}
	case oauth.AdminApproval:
		return trouble{state: WaitingForAdmin, kind: alert.WaitingForApproval, wait: 10 * time.Minute}
	case oauth.RateLimited:
		return trouble{state: Retrying, kind: alert.RateLimited, wait: max(after, backOff(c))}
	}
	switch fault.CodeOf(err) {
	case fault.SignInNeeded, fault.KeychainKeyLost:
		return trouble{state: SignInNeeded, kind: alert.SignInExpired}
	case fault.ClientMisconfigured:
		return trouble{state: ClientMisconfigured, kind: alert.ClientMisconfigured}
	}
	return passing(c, after)
}

func diagnoseCall(c Connection, r *callError, expired bool) trouble {
	switch {
	case r.status == http.StatusUnauthorized:
		return ended(expired)
	case r.status == http.StatusTooManyRequests, r.status == http.StatusForbidden && r.retryAfter > 0:
		// Some providers refuse with 403 who asks too often, and say until when.
		return trouble{state: Retrying, kind: alert.RateLimited, wait: max(r.retryAfter, backOff(c))}
	case r.status == http.StatusForbidden:
		return trouble{state: PermissionMissing, kind: alert.PermissionMissing, wait: max(every(c), time.Minute)}
	}
	return passing(c, r.retryAfter)
}

// ended is a grant that the provider no longer takes.
func ended(expired bool) trouble {
	if expired {
		return trouble{state: SignInNeeded, kind: alert.SignInExpired}
	}
	return trouble{state: Revoked, kind: alert.AccessRevoked}
}

// passing is trouble that is expected to go away.
func passing(c Connection, after time.Duration) trouble {
	t := trouble{state: Retrying, kind: alert.ProviderDown, wait: max(after, backOff(c))}
	if c.Failures+1 >= downAfter {
		t.state = ProviderDown
	}
	return t
}

// backOff grows from one check interval to an hour with the failures in a row,
// and differs a little between connections.
func backOff(c Connection) time.Duration {
	wait := min(min(every(c), 30*time.Second)<<min(c.Failures, 12), time.Hour)
	return wait + part(wait/10, spread(c.ID))
}

// noted is a failure whose meaning has been stored and told.
type noted struct{ error }

func (n noted) Unwrap() error { return n.error }

// failed notes a failure that was met with the tokens of that turn: the state it
// leads to, the alert, the next check. It returns cause, marked so that it is not
// noted twice. Nothing is noted when the tokens have been replaced meanwhile, when
// a person has stopped the connection, or when the keychain is the trouble.
func (s *Service) failed(ctx context.Context, c Connection, turn int, cause error) error {
	if errors.As(cause, &noted{}) || isOurs(cause) {
		return cause
	}
	if s.isKeychains(ctx, cause) {
		s.later(c.ID, keychainRetry)
		return cause
	}
	expired := !c.ExpiresAt.IsZero() && !s.Now().Before(c.ExpiresAt.Add(-margin(c)))
	t := diagnose(c, cause, expired)
	now, err := s.change(ctx, c.ID, func(now *Connection) ([]Activity, error) {
		if s.turn(c.ID) != turn || !now.State.Checkable() {
			return nil, errOutdated
		}
		return s.suffer(now, t, reason(cause)), nil
	})
	if errors.Is(err, errOutdated) {
		return cause
	}
	if err != nil {
		s.Log.Error("note a failure", "connection", c.ID, "code", fault.CodeOf(err))
		return cause
	}
	s.planAfter(now, t, cause)
	if now.State == ProviderDown && c.State != ProviderDown {
		s.neighbourly(ctx, now)
	}
	if !temporary(t.state) {
		// A provider that says no is there, and listens.
		s.over(ctx, now.ID, alert.ProviderDown)
		s.over(ctx, now.ID, alert.RateLimited)
	}
	s.raise(ctx, now, t.kind, cause)
	return noted{cause}
}

// planAfter sets the check after a failure, and tells who listens of a provider that
// gave no answer at all.
func (s *Service) planAfter(c Connection, t trouble, cause error) {
	if t.wait == 0 {
		s.drop(c.ID)
		return
	}
	s.later(c.ID, t.wait)
	refusal := answered(cause)
	after, _ := oauth.RetryAfter(cause)
	if refusal != nil {
		after = refusal.retryAfter
	}
	if after > 0 {
		s.mu.Lock()
		s.patience[c.ID] = s.wall().Add(after)
		s.mu.Unlock()
	}
	if t.kind == alert.ProviderDown && refusal == nil && s.Silence != nil && !c.App.Sandbox {
		s.Silence()
	}
}

// isOurs reports whether err says nothing about the provider: the program closes,
// or the connection was stopped or removed while it was looked at.
func isOurs(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Canceled, fault.NotFound, fault.Conflict:
		return oauth.ErrorKind(err) != oauth.Unsupported
	}
	return false
}

var errOutdated = errors.New("the failure no longer matters")

// suffer moves c to the state of t. While this machine is offline, what is
// temporary about providers says nothing.
func (s *Service) suffer(c *Connection, t trouble, reason string) []Activity {
	was := c.State
	c.CheckedAt = s.Now().UTC()
	if s.unreachable(c.App) && temporary(t.state) {
		s.enter(c, Retrying, reason)
		return nil
	}
	c.Failures++
	if !s.enter(c, t.state, reason) {
		return nil
	}
	if was != t.state && !temporary(t.state) {
		return []Activity{s.byItself(*c, Failed, string(t.state))}
	}
	return nil
}

func temporary(state State) bool { return state == Retrying || state == ProviderDown }

// isKeychains reports whether the keychain, and not the provider, failed. Secrets
// that are lost while the keychain works must be got anew, by signing in.
func (s *Service) isKeychains(ctx context.Context, err error) bool {
	switch fault.CodeOf(err) {
	case fault.KeychainAbsent, fault.KeychainLocked, fault.StorageFailed:
		return true
	case fault.KeychainKeyLost:
		_, err := s.Vault.Seal(ctx, nil, "probe")
		return err != nil
	}
	return false
}

// raise tells the registry what was seen at c.
func (s *Service) raise(ctx context.Context, c Connection, kind alert.Kind, cause error) {
	detail := map[string]string{alert.DetailReason: cause.Error()}
	if code, _ := oauth.ProviderSaid(cause); code != "" {
		detail[alert.DetailCode] = code
	}
	if refusal := answered(cause); refusal != nil {
		detail[alert.DetailStatus] = strconv.Itoa(refusal.status)
		if refusal.code != "" {
			detail[alert.DetailCode] = refusal.code
		}
	}
	if kind == alert.PermissionMissing {
		detail[alert.DetailMissing] = strings.Join(missing(c), ", ")
	}
	s.tell(ctx, c, kind, detail)
}

func (s *Service) tell(ctx context.Context, c Connection, kind alert.Kind, detail map[string]string) {
	if err := s.Alerts.Raise(ctx, kind, s.subject(c), detail); err != nil {
		s.Log.Error("raise alert", "connection", c.ID, "kind", kind, "error", err)
	}
}

// saw tells the registry what proves alerts over.
func (s *Service) saw(ctx context.Context, id string, evidence alert.Evidence) {
	if err := s.Alerts.Saw(ctx, id, evidence); err != nil {
		s.Log.Error("clear alerts", "connection", id, "error", err)
	}
}

// over tells the registry that a condition is not there.
func (s *Service) over(ctx context.Context, id string, kind alert.Kind) {
	if err := s.Alerts.Clear(ctx, kind, id); err != nil {
		s.Log.Error("clear alert", "connection", id, "kind", kind, "error", err)
	}
}

// reason names a failure in one word for the row.
func reason(err error) string {
	if code, _ := oauth.ProviderSaid(err); code != "" {
		return code
	}
	if refusal := answered(err); refusal != nil {
		return firstOf(refusal.code, strconv.Itoa(refusal.status))
	}
	return string(fault.CodeOf(err))
}
