package connection

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Diagnostics describes a connection for a support request: what is known of it
// except its secrets.
func (s *Service) Diagnostics(ctx context.Context, id string) (string, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return "", err
	}
	did, err := s.History.Activity(ctx, ActivityFilter{ConnectionID: id, Limit: 20})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, line := range [][2]string{
		{"app", c.App.Slug}, {"connection", c.ID}, {"state", string(c.State)}, {"since", at(c.StateSince)},
		{"reason", c.Reason}, {"failures", fmt.Sprint(c.Failures)}, {"connected", at(c.ConnectedAt)},
		{"checked", at(c.CheckedAt)}, {"access ends", at(c.ExpiresAt)}, {"sign-in ends", at(c.RenewalDies)},
		{"asked for", strings.Join(c.Requested, " ")}, {"granted", strings.Join(c.Granted, " ")},
		{"hosts", strings.Join(c.App.Provider.Hosts, " ")},
	} {
		fmt.Fprintf(&b, "%-13s %s\n", line[0]+":", line[1])
	}
	for _, a := range did {
		fmt.Fprintf(&b, "%s %s %s\n", at(a.At), a.What, a.Note)
	}
	return b.String(), nil
}

func at(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}
