package alert

import (
	"cmp"
	"context"
	"slices"
	"time"

	"patchbay/app/fault"
)

// Open returns the alerts that a person should see, snoozed and ignored ones
// included: worst first, then oldest, then by id. The slice is the caller's.
func (r *Registry) Open(ctx context.Context) ([]Alert, error) {
	if err := r.Tick(ctx); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	open := make([]Alert, 0, len(r.alerts))
	for _, s := range r.alerts {
		if s.visible {
			open = append(open, s.Alert)
		}
	}
	slices.SortFunc(open, WorstFirst)
	return open, nil
}

// WorstFirst orders alerts by severity, then age, then id.
func WorstFirst(a, b Alert) int {
	return cmp.Or(
		-cmp.Compare(rank[a.Severity], rank[b.Severity]),
		a.Since.Compare(b.Since),
		cmp.Compare(a.ID, b.ID),
	)
}

// Find returns the alert with this id, standing or ended, or fault.NotFound.
func (r *Registry) Find(ctx context.Context, id string) (Alert, error) {
	return r.store.Find(ctx, id)
}

// History returns ended alerts, latest first.
func (r *Registry) History(ctx context.Context, filter Filter) ([]Alert, error) {
	return r.store.History(ctx, filter)
}

// Snooze keeps the alert out of notifications until then; it is told again if it
// still stands at that time. An until that is not in the future is
// fault.Invalid, an alert that does not stand fault.NotFound.
func (r *Registry) Snooze(ctx context.Context, id string, until time.Time) error {
	return r.attend(ctx, id, func(a *Alert, now time.Time) error {
		if !until.After(now) {
			return fault.Field("until", "snooze alert: %s is not in the future", until.Format(time.RFC3339))
		}
		a.SnoozedUntil = until.UTC()
		return nil
	})
}

// Ignore keeps the alert out of notifications until it gets worse or becomes
// about something else. A new alert of the same cause is not ignored.
func (r *Registry) Ignore(ctx context.Context, id string) error {
	return r.attend(ctx, id, func(a *Alert, _ time.Time) error {
		a.Ignored = true
		return nil
	})
}

// Unsnooze takes back Snooze and Ignore.
func (r *Registry) Unsnooze(ctx context.Context, id string) error {
	return r.attend(ctx, id, func(a *Alert, _ time.Time) error {
		a.SnoozedUntil, a.Ignored = time.Time{}, false
		return nil
	})
}

// attend edits what a person wants of an alert, and tells that it changed.
func (r *Registry) attend(ctx context.Context, id string, edit func(*Alert, time.Time) error) error {
	return r.edit(ctx, id, Snoozed, edit)
}

// Told records that a notification named the alert at its present severity. It
// publishes nothing.
func (r *Registry) Told(ctx context.Context, id string) error {
	return r.edit(ctx, id, "", func(a *Alert, now time.Time) error {
		a.ToldAt, a.ToldAs = now, a.Severity
		return nil
	})
}

// edit changes and stores the standing alert with this id, and publishes what
// unless that is empty.
func (r *Registry) edit(ctx context.Context, id string, what What, edit func(*Alert, time.Time) error) error {
	return r.change(ctx, func(now time.Time, c *changes) error {
		for _, s := range r.alerts {
			if s.ID != id {
				continue
			}
			next := s.Alert
			if err := edit(&next, now); err != nil {
				return err
			}
			if err := r.store.Save(ctx, next); err != nil {
				return err
			}
			s.Alert = next
			if what != "" {
				c.add(next, what)
			}
			return nil
		}
		return fault.Errorf(fault.NotFound, "alert %s does not stand", id)
	})
}
