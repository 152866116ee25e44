package connection

import (
	"context"
	"slices"
	"time"

	"patchbay/app/alert"
)

// Ending says what of a connection is known to end.
type Ending string

const (
	// SignInEnds: the refresh token stops working.
	SignInEnds Ending = "sign_in"
	// AccessEnds: the access token stops working, and there is no way to renew it.
	AccessEnds Ending = "access"
	// ClientSecretEnds: the secret of the client that an admin entered stops
	// working, as far as the admin said when. It concerns every connection of the
	// app to the same hosts.
	ClientSecretEnds Ending = "client_secret"
	// RegistrationEnds: the secret of the client that was registered automatically
	// stops working (RFC 7591, client_secret_expires_at). The next sign-in after it
	// registers anew.
	RegistrationEnds Ending = "registration"
)

// Expiry is something that is known to end, and when.
type Expiry struct {
	Connection Connection
	What       Ending
	At         time.Time
	// ByItself says that Patchbay will have renewed it before, as long as it runs.
	ByItself bool
}

// Expiries lists what is known to end, soonest first. Connections whose sign-in is
// over already are left out: they have alerts.
func (s *Service) Expiries(ctx context.Context) ([]Expiry, error) {
	all, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var out []Expiry
	secrets := map[string]bool{}
	for _, c := range all {
		if c.State == Uninstalling {
			continue
		}
		if key := appKey(c.App, c.Variables); !secrets[key] {
			secrets[key] = true
			if at := s.secretExpires(ctx, c); !at.IsZero() {
				out = append(out, Expiry{Connection: c, What: ClientSecretEnds, At: at})
			}
			if at := s.registrationExpires(ctx, c); !at.IsZero() {
				out = append(out, Expiry{Connection: c, What: RegistrationEnds, At: at})
			}
		}
		if !c.RenewalDies.IsZero() && c.State != SignInNeeded && c.State != Revoked {
			out = append(out, Expiry{Connection: c, What: c.ending(), At: c.RenewalDies, ByItself: c.prolongs()})
		}
	}
	slices.SortStableFunc(out, func(a, b Expiry) int { return a.At.Compare(b.At) })
	return out, nil
}

func (c Connection) ending() Ending {
	if c.RenewalDies.Equal(c.ExpiresAt) {
		return AccessEnds
	}
	return SignInEnds
}

// prolongs reports whether renewing the access puts the end of the sign-in off.
func (c Connection) prolongs() bool {
	l := c.App.Provider.Lifetimes
	return c.ending() == SignInEnds && (c.State.Watched() || c.State == Offline) && (l.RefreshRotate || l.Refresh == "")
}

// secretExpires is when the client secret that an admin entered for c ends; zero
// is never, not known, or not readable now.
func (s *Service) secretExpires(ctx context.Context, c Connection) time.Time {
	if c.App.Provider.Client.Kind != "own" {
		return time.Time{}
	}
	client, err := s.storedClient(ctx, appKey(c.App, c.Variables))
	if err != nil {
		return time.Time{}
	}
	return client.SecretExpires
}

// registrationExpires is when the client that was registered at c's provider ends,
// by what the listing says of the provider, without asking it; zero is never, not
// known, not readable now, or over.
func (s *Service) registrationExpires(ctx context.Context, c Connection) time.Time {
	if c.App.Provider.Client.Kind != "registered" {
		return time.Time{}
	}
	fill := filler{values: places(c.Variables, Tokens{})}
	client, err := s.storedClient(ctx, issuerKey(described(c.App.Provider, &fill)))
	if err != nil || client.Expired(s.Now()) {
		return time.Time{}
	}
	return client.SecretExpires
}

// secretWarning is how long before its end a client secret is worth a word. A new
// one takes somebody who may make it at the provider.
const secretWarning = 14 * 24 * time.Hour

// forecast warns of what is known to end, more urgently in the last quarter of
// the time.
func (s *Service) forecast(ctx context.Context, c Connection) {
	s.warn(ctx, c, alert.ExpiresSoon, c.RenewalDies, warning(c))
	s.warn(ctx, c, alert.ClientSecretExpires, s.secretExpires(ctx, c), secretWarning)
}

// warn raises or clears the warning that something ends at a time; zero is never.
func (s *Service) warn(ctx context.Context, c Connection, kind alert.Kind, at time.Time, before time.Duration) {
	left := at.Sub(s.Now())
	if at.IsZero() || left > before {
		s.over(ctx, c.ID, kind)
		return
	}
	severity := alert.Warning
	if left <= before/4 {
		severity = alert.Error
	}
	detail := map[string]string{alert.DetailExpires: at.Format(time.RFC3339)}
	if err := s.Alerts.RaiseAs(ctx, severity, kind, s.subject(c), detail); err != nil {
		s.Log.Error("warn of an end", "connection", c.ID, "kind", kind, "error", err)
	}
}
