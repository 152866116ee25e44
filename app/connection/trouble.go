package connection

import (
	"context"
	"errors"
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

// trouble is what a failure means: the state it leads to, the alert that tells
// of it ("" for none yet), and when to look again (0: not by itself).
type trouble struct {
	state State
	kind  alert.Kind
	wait  time.Duration
}

// diagnose tells temporary failures from permanent ones. expired says whether
// the access token had reached its end when the provider refused it: a grant
// that dies before its time was taken away.
func diagnose(c Connection, err error, expired bool) trouble {
	var refusal *callError
	if errors.As(err, &refusal) {
		return diagnoseCall(c, refusal, expired)
	}
	switch oauth.ErrorKind(err) {
	case oauth.InvalidGrant:
		if expired {
			return trouble{state: SignInNeeded, kind: alert.SignInExpired}
		}
		return trouble{state: Revoked, kind: alert.AccessRevoked}
	case oauth.InvalidClient, oauth.InvalidScope, oauth.Misused:
		return trouble{state: ClientMisconfigured, kind: alert.ClientMisconfigured}
	case oauth.AdminApproval:
		return trouble{state: WaitingForAdmin, kind: alert.WaitingForApproval, wait: 10 * time.Minute}
	case oauth.RateLimited:
		after, _ := oauth.RetryAfter(err)
		return trouble{state: Retrying, kind: alert.RateLimited, wait: max(after, backOff(c))}
	}
	switch fault.CodeOf(err) {
	case fault.SignInNeeded:
		return trouble{state: SignInNeeded, kind: alert.SignInExpired}
	case fault.KeychainAbsent, fault.KeychainLocked, fault.KeychainKeyLost:
		return trouble{state: c.State, wait: backOff(c)}
	}
	after, _ := oauth.RetryAfter(err)
	return passing(c, after)
}

func diagnoseCall(c Connection, r *callError, expired bool) trouble {
	switch {
	case r.status == 401 && expired:
		return trouble{state: SignInNeeded, kind: alert.SignInExpired}
	case r.status == 401:
		return trouble{state: Revoked, kind: alert.AccessRevoked}
	case r.status == 403:
		return trouble{state: PermissionMissing, kind: alert.PermissionMissing, wait: time.Hour}
	case r.status == 429:
		return trouble{state: Retrying, kind: alert.RateLimited, wait: max(r.retryAfter, backOff(c))}
	}
	return passing(c, r.retryAfter)
}

// passing is trouble that is expected to go away.
func passing(c Connection, after time.Duration) trouble {
	t := trouble{state: Retrying, kind: alert.ProviderDown, wait: max(after, backOff(c))}
	if c.Failures+1 >= downAfter {
		t.state = ProviderDown
	}
	return t
}

// backOff grows from one check interval to an hour with the failures in a row.
func backOff(c Connection) time.Duration {
	wait := min(every(c), 30*time.Second) << min(c.Failures, 12)
	return min(wait, time.Hour)
}

// noted is a failure whose meaning has been stored and told.
type noted struct{ error }

func (n noted) Unwrap() error { return n.error }

// failed notes a failure: the state it leads to, the alert, the next check. It
// returns cause, marked so that it is not noted twice.
func (s *Service) failed(ctx context.Context, c Connection, cause error) error {
	if c.State == Connecting || fault.CodeOf(cause) == fault.Canceled || errors.As(cause, &noted{}) {
		return cause
	}
	expired := !c.ExpiresAt.IsZero() && !s.Now().Before(c.ExpiresAt.Add(-margin(c)))
	t := diagnose(c, cause, expired)
	now, err := s.change(ctx, c.ID, func(now *Connection) []Activity {
		now.RenewalStarted = c.RenewalStarted
		now.CheckedAt = s.Now().UTC()
		now.Failures++
		was := now.State
		if s.isOffline() && temporary(t.state) || !s.enter(now, t.state, reason(cause)) {
			if was == Renewing {
				s.enter(now, Retrying, reason(cause))
			}
			return nil
		}
		if was.Watched() && was != Retrying && was != t.state && !temporary(t.state) {
			return []Activity{s.byItself(*now, Failed, string(t.state))}
		}
		return nil
	})
	if err != nil {
		s.Log.Error("note a failure", "connection", c.ID, "error", err)
		return cause
	}
	s.later(now.ID, t.wait)
	if t.kind != "" {
		s.raise(ctx, now, t.kind, cause)
	}
	return noted{cause}
}

func temporary(state State) bool { return state == Retrying || state == ProviderDown }

// raise tells the registry what was seen at c.
func (s *Service) raise(ctx context.Context, c Connection, kind alert.Kind, cause error) {
	detail := map[string]string{alert.DetailReason: cause.Error()}
	if code, _ := oauth.ProviderSaid(cause); code != "" {
		detail[alert.DetailCode] = code
	}
	var refusal *callError
	if errors.As(cause, &refusal) {
		detail[alert.DetailStatus] = strconv.Itoa(refusal.status)
	}
	if kind == alert.PermissionMissing {
		detail[alert.DetailMissing] = strings.Join(missing(c), ", ")
	}
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

// reason names a failure in one word for the row.
func reason(err error) string {
	if code, _ := oauth.ProviderSaid(err); code != "" {
		return code
	}
	var refusal *callError
	if errors.As(err, &refusal) {
		return strconv.Itoa(refusal.status)
	}
	return string(fault.CodeOf(err))
}

// missing lists the scopes that were asked for and not given.
func missing(c Connection) []string {
	var out []string
	for _, scope := range c.Requested {
		if !hasScope(c.Granted, scope) {
			out = append(out, scope)
		}
	}
	return out
}

// byItself is an activity that no person did.
func (s *Service) byItself(c Connection, what, note string) Activity {
	a := s.did(c, what, note)
	a.Person = ""
	return a
}
