package notify

import (
	"context"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// listen takes in what was heard, and looks at everything once in a while, so
// that a lost event or a change of the rules costs a minute at most.
func (n *Notifier) listen(ctx context.Context, now time.Time) error {
	n.hearing.Lock()
	heard := n.heard
	n.heard = nil
	n.hearing.Unlock()

	since := now.Sub(n.scanned)
	if len(heard) == 0 && since >= 0 && since < rescan {
		return nil
	}
	for i, change := range heard {
		if change.What != alert.Cleared {
			continue
		}
		if err := n.ended(ctx, change.ID, now); err != nil {
			n.hearAgain(heard[i:])
			return err
		}
	}
	open, err := n.Alerts.Open(ctx)
	if err != nil {
		n.hearAgain(heard)
		return err
	}
	n.enqueue(ctx, open, now)
	n.scanned = now
	return nil
}

// hearAgain puts changes back that could not be followed up yet.
func (n *Notifier) hearAgain(changes []alert.Changed) {
	n.hearing.Lock()
	defer n.hearing.Unlock()
	n.heard = append(changes, n.heard...)
}

// ended notes that an alert is over: its recovery is to be told if it was.
func (n *Notifier) ended(ctx context.Context, id string, now time.Time) error {
	delete(n.waiting, id)
	a, err := n.Alerts.Find(ctx, id)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	told := n.toldAs(a)
	delete(n.told, id)
	if told == "" || a.How == alert.Uninstalled || a.Silenced(now) {
		return nil
	}
	a.ToldAs = told
	wait := digest
	if a.How == alert.Mended {
		wait = gather
	}
	n.over[causeOf(a)] = recovery{a, a.Ended.Add(wait)}
	return nil
}

// enqueue makes waiting match what is open and not yet told.
func (n *Notifier) enqueue(ctx context.Context, open []alert.Alert, now time.Time) {
	before := n.waiting
	n.waiting = map[string]time.Time{}
	for _, a := range open {
		if a.Silenced(now) || !a.Severity.Worse(n.toldAs(a)) || n.isRelapse(ctx, a) {
			continue
		}
		latest := now.Add(patience(a))
		due, known := before[a.ID]
		switch fresh := now.Sub(a.LastSeen); {
		case known && !due.After(latest):
		case !known && fresh >= 0 && fresh <= gather:
			// Its wait began when it was seen, not at the tick after that.
			due = latest.Add(-fresh)
		default:
			due = latest
		}
		n.waiting[a.ID] = due
	}
}

// isRelapse reports whether a is trouble that was told, and seemed to be over,
// but nobody was told that yet. Then nothing has changed for the reader.
func (n *Notifier) isRelapse(ctx context.Context, a alert.Alert) bool {
	earlier, ok := n.over[causeOf(a)]
	if !ok {
		return false
	}
	delete(n.over, causeOf(a))
	if earlier.How != alert.Recovered || a.Severity.Worse(earlier.ToldAs) {
		return false
	}
	n.markTold(ctx, a)
	return true
}

// afterSleep lets everything wait anew after a tick that comes so late that the
// machine must have slept: what was wrong before may be over by now.
func (n *Notifier) afterSleep(now time.Time) {
	slept := !n.ticked.IsZero() && now.Sub(n.ticked) > lateness
	n.ticked = now
	if !slept {
		return
	}
	for id, due := range n.waiting {
		if due.Before(now) {
			n.waiting[id] = now.Add(digest)
		}
	}
}

// patience is how long an alert waits for others before it is told.
func patience(a alert.Alert) time.Duration {
	if a.Severity == alert.Critical {
		return gather
	}
	return digest
}

// toldAs returns the severity that a was last told with, or "".
func (n *Notifier) toldAs(a alert.Alert) alert.Severity {
	if a.ToldAs == "" {
		return n.told[a.ID]
	}
	return a.ToldAs
}

// markTold remembers that a was told. If the registry cannot store it, the worst
// case is telling it again after a restart.
func (n *Notifier) markTold(ctx context.Context, a alert.Alert) {
	delete(n.waiting, a.ID)
	if err := n.Alerts.Told(ctx, a.ID); err != nil {
		n.told[a.ID] = a.Severity
		n.Log.Warn("remember a notification", "alert", a.ID, "code", fault.CodeOf(err))
	}
}

func causeOf(a alert.Alert) cause { return cause{a.Kind, a.Subject.Connection} }

// somethingDue reports whether the time of anything has come. What is held back
// is due all the while.
func (n *Notifier) somethingDue(now time.Time) bool {
	for _, due := range n.waiting {
		if !now.Before(due) {
			return true
		}
	}
	for _, r := range n.over {
		if r.isDue(now) {
			return true
		}
	}
	return false
}

// isDue reports whether the recovery is to be told. One that lies further ahead
// than any can has seen the clock go back.
func (r recovery) isDue(now time.Time) bool {
	return !now.Before(r.due) || r.due.Sub(now) > digest
}
