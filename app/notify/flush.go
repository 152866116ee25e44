package notify

import (
	"context"
	"maps"
	"slices"
	"time"

	"patchbay/app/alert"
)

// burst limits how many alerts are told one by one: it opens with the first one
// told, and lasts as long as a digest takes.
type burst struct {
	began      time.Time
	sent       int
	summarised bool
}

// at returns the burst that is on at now.
func (b burst) at(now time.Time) burst {
	if age := now.Sub(b.began); age < 0 || age >= digest {
		return burst{began: now}
	}
	return b
}

// flush sends what is due of what may be told now. Open must be in the order of
// alert.WorstFirst.
func (n *Notifier) flush(ctx context.Context, open []alert.Alert, rules Rules, now time.Time) error {
	var urgent, calm []alert.Alert
	urgentDue, calmDue := false, false
	for _, a := range open {
		due, waits := n.waiting[a.ID]
		if !waits || a.Silenced(now) || n.held(a, rules, now) {
			continue
		}
		if a.Severity == alert.Critical {
			urgent, urgentDue = append(urgent, a), urgentDue || !now.Before(due)
		} else {
			calm, calmDue = append(calm, a), calmDue || !now.Before(due)
		}
	}
	if urgentDue && !n.grows(urgent, now) {
		if err := n.tellUrgent(ctx, urgent, rules, now); err != nil {
			return err
		}
	}
	if calmDue {
		if err := n.tell(ctx, calm, rules); err != nil {
			return err
		}
	}
	return n.tellRecoveries(ctx, open, rules, now)
}

// grows reports whether alerts are a storm that is still coming in: too many to be
// told one by one, the latest of them only just seen.
func (n *Notifier) grows(alerts []alert.Alert, now time.Time) bool {
	if len(alerts) <= oneByOne-n.burst.at(now).sent {
		return false
	}
	first, last := n.waiting[alerts[0].ID], n.waiting[alerts[0].ID]
	for _, a := range alerts {
		due := n.waiting[a.ID]
		if due.Before(first) {
			first = due
		}
		if due.After(last) {
			last = due
		}
	}
	return now.Before(last) && now.Sub(first) < growth
}

// held reports whether a must not be told now. What is about a provider while
// this machine is offline starts its wait anew, so that the connection can be
// looked at first once the network is back.
func (n *Notifier) held(a alert.Alert, rules Rules, now time.Time) bool {
	if rules.Muted != nil && rules.Muted(a.Subject.App) {
		return true
	}
	d, _ := alert.DeclarationOf(a.Kind)
	if d.Provider && !a.Subject.Local && n.Alerts.Offline() {
		n.waiting[a.ID] = now.Add(patience(a))
		return true
	}
	quiet := rules.Quiet.At(now.In(n.Zone))
	return quiet && (a.Severity != alert.Critical || !rules.Quiet.LetCritical)
}

// tellUrgent tells critical alerts one by one while there are few, as one summary
// when there are many, and keeps the rest until the burst is over.
func (n *Notifier) tellUrgent(ctx context.Context, alerts []alert.Alert, rules Rules, now time.Time) error {
	b := n.burst.at(now)
	switch {
	case len(alerts) <= oneByOne-b.sent:
		for _, a := range alerts {
			if err := n.tell(ctx, []alert.Alert{a}, rules); err != nil {
				return err
			}
			b.sent++
			n.burst = b
		}
	case len(alerts) > 1 && !b.summarised:
		if err := n.tell(ctx, alerts, rules); err != nil {
			return err
		}
		b.sent, b.summarised = oneByOne, true
		n.burst = b
	}
	return nil
}

// tell sends one notification about alerts and marks them as told.
func (n *Notifier) tell(ctx context.Context, alerts []alert.Alert, rules Rules) error {
	note := n.compose(rules.Language, alerts)
	if err := n.Desk.Send(ctx, note); err != nil {
		return err
	}
	for _, a := range alerts {
		n.markTold(ctx, a)
	}
	return nil
}

// tellRecoveries sends one notification about the recoveries that are due, and
// not more than one such within the time of a digest. A connection with other
// trouble has not recovered yet.
func (n *Notifier) tellRecoveries(ctx context.Context, open []alert.Alert, rules Rules, now time.Time) error {
	if now.Before(n.calm) && n.calm.Sub(now) <= digest || n.Alerts.Offline() || rules.Quiet.At(now.In(n.Zone)) {
		return nil
	}
	broken := map[string]bool{}
	for _, a := range open {
		broken[a.Subject.Connection] = broken[a.Subject.Connection] || a.Severity != alert.Warning
	}
	var told []alert.Alert
	due := false
	for c, r := range n.over {
		if rules.Muted != nil && rules.Muted(r.Subject.App) {
			delete(n.over, c)
			continue
		}
		if broken[c.connection] {
			continue
		}
		due = due || r.isDue(now)
		told = append(told, r.Alert)
	}
	if !due {
		return nil
	}
	slices.SortFunc(told, alert.WorstFirst)
	if err := n.Desk.Send(ctx, n.composeRecovery(rules.Language, told)); err != nil {
		return err
	}
	for _, a := range told {
		delete(n.over, causeOf(a))
	}
	n.calm = now.Add(digest)
	return nil
}

// NextWake returns when something waits to be told, or the zero time. What is
// held back for other reasons than time may be told later than that.
func (n *Notifier) NextWake() time.Time {
	n.ticking.Lock()
	defer n.ticking.Unlock()
	times := slices.Collect(maps.Values(n.waiting))
	for _, r := range n.over {
		times = append(times, r.due)
	}
	if len(times) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(times, time.Time.Compare)
}
