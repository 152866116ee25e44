package connection

import (
	"context"
	"slices"
	"strings"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// protocolScopes ask for something of the sign-in itself, not for a permission.
// Providers leave them out of what they say was granted, or rename them.
var protocolScopes = []string{"openid", "profile", "email", "offline_access", "offline", "refresh_token"}

// missing lists the scopes that were asked for and not given, as far as the
// provider said.
func missing(c Connection) []string {
	var out []string
	for _, scope := range c.Requested {
		if !slices.Contains(protocolScopes, scope) && !slices.ContainsFunc(c.Granted, func(granted string) bool {
			return sameScope(scope, granted)
		}) {
			out = append(out, scope)
		}
	}
	return out
}

// sameScope compares two scopes as providers do: without regard to case, and a
// full address (https://graph.example.com/Mail.Read) with the short name.
func sameScope(a, b string) bool {
	return strings.EqualFold(a, b) || strings.EqualFold(lastPart(a), b) || strings.EqualFold(a, lastPart(b))
}

func lastPart(scope string) string {
	if !strings.Contains(scope, "://") {
		return scope
	}
	return scope[strings.LastIndex(scope, "/")+1:]
}

// difference says which scopes now has and then had not, and the other way round:
// "+write -read", "" for none.
func difference(then, now []string) string {
	var changes []string
	for _, scope := range now {
		if !slices.Contains(then, scope) {
			changes = append(changes, "+"+scope)
		}
	}
	for _, scope := range then {
		if !slices.Contains(now, scope) {
			changes = append(changes, "-"+scope)
		}
	}
	return strings.Join(changes, " ")
}

// standing is the state of a connection that works: with fewer permissions than
// were asked for, some of what is built on it will not.
func standing(c Connection) State {
	if len(missing(c)) > 0 {
		return PermissionMissing
	}
	return Connected
}

// limited tells the registry whether permissions are missing at a connection
// that works.
func (s *Service) limited(ctx context.Context, c Connection) {
	if len(missing(c)) == 0 {
		s.over(ctx, c.ID, alert.PermissionMissing)
		return
	}
	s.raise(ctx, c, alert.PermissionMissing, fault.Errorf(fault.Forbidden, "fewer permissions were granted than asked for"))
}
