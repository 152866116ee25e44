package connection

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"patchbay/app/alert"
)

// Diagnostics describes a connection for a support request, in plain English
// text: what is known of it except its secrets, and except whose it is.
func (s *Service) Diagnostics(ctx context.Context, id string) (string, error) {
	c, err := s.Connection(ctx, id)
	if err != nil {
		return "", err
	}
	did, err := s.History.Activity(ctx, ActivityFilter{ConnectionID: id, Limit: 20})
	if err != nil {
		return "", err
	}
	open, err := s.Alerts.Open(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, line := range facts(c) {
		fmt.Fprintf(&b, "%-15s %s\n", line[0]+":", line[1])
	}
	for _, a := range open {
		if a.Subject.Connection == id {
			fmt.Fprintf(&b, "%-15s %s %s since %s, %d times\n", "alert:", a.Kind, a.Detail[alert.DetailCode], at(a.Since), a.Count)
		}
	}
	for _, a := range did {
		// The note of a renaming is what a person wrote.
		if a.What == Renamed {
			a.Note = ""
		}
		fmt.Fprintf(&b, "%s %s %s\n", at(a.At), a.What, a.Note)
	}
	return b.String(), nil
}

func facts(c Connection) [][2]string {
	p := c.App.Provider
	return [][2]string{
		{"app", c.App.Slug}, {"connection", c.ID}, {"kind", p.Kind + " " + p.Grant}, {"client", p.Client.Kind},
		{"state", string(c.State)}, {"since", at(c.StateSince)}, {"reason", c.Reason},
		{"failures", strconv.Itoa(c.Failures)}, {"connected", at(c.ConnectedAt)}, {"checked", at(c.CheckedAt)},
		{"used", at(c.UsedAt)}, {"access ends", at(c.ExpiresAt)}, {"sign-in ends", at(c.RenewalDies)},
		{"renewal cut off", at(c.RenewalStarted)}, {"asked for", strings.Join(c.Requested, " ")},
		{"granted", strings.Join(c.Granted, " ")}, {"hosts", strings.Join(p.Hosts, " ")},
	}
}

func at(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}
