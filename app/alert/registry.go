package alert

import (
	"cmp"
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"sync"
	"time"

	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/wording"
)

// Registry holds the alerts that stand. It may be used by several goroutines.
// The caller runs its clock: see [Registry.Tick].
type Registry struct {
	// Changed hears about every change to a visible alert, after it is stored.
	// Listeners may call the registry.
	Changed event.Topic[Changed]

	store Store
	words *wording.Wording
	now   func() time.Time

	// mu guards everything below.
	mu      sync.Mutex
	loaded  bool
	offline bool
	alerts  map[key]*standing
	// last is when time last passed here, and wake when it next has to, or zero.
	last, wake time.Time
}

// key is what makes two sightings one alert.
type key struct {
	kind       Kind
	connection string
}

// standing is an alert that has not ended, with what need not outlive the process.
type standing struct {
	Alert
	// due is when the delay is over. It is not stored: after a restart the
	// delay starts anew, because nobody watched in between.
	due       time.Time
	postponed bool
	visible   bool
}

// New returns a registry over store. It reads the store at first use.
func New(store Store, words *wording.Wording, now func() time.Time) *Registry {
	return &Registry{store: store, words: words, now: now, alerts: map[key]*standing{}}
}

// Raise says that the condition was seen now. It makes an alert, or counts one
// more sighting of the one that stands. While this machine is offline it does
// nothing for kinds that are about providers. The detail is cleaned and copied;
// it must hold no secret. An undeclared kind is fault.Internal.
func (r *Registry) Raise(ctx context.Context, kind Kind, subject Subject, detail map[string]string) error {
	return r.RaiseAs(ctx, "", kind, subject, detail)
}

// RaiseAs is [Registry.Raise] with another severity than the declared one, for a
// condition that grows worse, such as an expiry that comes near.
func (r *Registry) RaiseAs(ctx context.Context, severity Severity, kind Kind, subject Subject, detail map[string]string) error {
	d, ok := DeclarationOf(kind)
	if !ok {
		return fault.Errorf(fault.Internal, "raise alert: kind %q is not declared", kind)
	}
	if severity == "" {
		severity = d.Severity
	}
	return r.change(ctx, func(now time.Time, c *changes) error {
		if r.offline && d.Provider && !subject.Local {
			return nil
		}
		next := standing{due: now.Add(d.Delay)}
		if old := r.alerts[key{kind, subject.Connection}]; old != nil {
			next = *old
		} else {
			next.Alert = Alert{ID: rand.Text(), Kind: kind, Since: now}
		}
		next.see(d, severity, cleanSubject(subject), cleanDetail(detail), now)
		if next.ShownAt.IsZero() && next.lasted(now) && !r.covered(next.Alert) {
			next.ShownAt = now // stored in one go
		}
		return r.put(ctx, next, c)
	})
}

// see records one more sighting.
func (s *standing) see(d Declaration, severity Severity, subject Subject, detail map[string]string, now time.Time) {
	worse := s.Count > 0 && severity.Worse(s.Severity)
	other := s.Count > 0 && slices.ContainsFunc(d.ChangesWith, func(k string) bool {
		return s.Detail[k] != detail[k]
	})
	if worse {
		s.SnoozedUntil = time.Time{}
	}
	if s.Ignored && (worse || other) {
		s.Ignored = false
		s.ToldAt, s.ToldAs = time.Time{}, ""
	}
	s.Severity, s.Subject, s.Detail = severity, subject, detail
	s.LastSeen, s.QuietSince = now, time.Time{}
	s.Count++
}

// put stores a standing alert and keeps it.
func (r *Registry) put(ctx context.Context, s standing, c *changes) error {
	if err := r.store.Save(ctx, s.Alert); err != nil {
		return err
	}
	r.alerts[key{s.Kind, s.Subject.Connection}] = &s
	if s.visible {
		c.add(s.Alert, Updated)
	}
	return nil
}

// Clear says that the condition is not there (any more). A temporary kind first
// settles; any other ends at once as [Recovered]. It is no error if no such
// alert stands. An empty connection means the machine.
func (r *Registry) Clear(ctx context.Context, kind Kind, connection string) error {
	return r.change(ctx, func(now time.Time, c *changes) error {
		return r.end(ctx, key{kind, connection}, Recovered, now, c)
	})
}

// Saw says that evidence was seen at connection, and clears the kinds that it
// proves over. An empty connection means the machine.
func (r *Registry) Saw(ctx context.Context, connection string, evidence Evidence) error {
	return r.change(ctx, func(now time.Time, c *changes) error {
		return r.each(func(k key) error {
			d, _ := DeclarationOf(k.kind)
			if k.connection != connection || !slices.Contains(d.ClearedBy, evidence) {
				return nil
			}
			return r.end(ctx, k, evidence.how(), now, c)
		})
	})
}

// ClearAll ends every alert of connection at once.
func (r *Registry) ClearAll(ctx context.Context, connection string, how How) error {
	return r.change(ctx, func(now time.Time, c *changes) error {
		return r.each(func(k key) error {
			if k.connection != connection {
				return nil
			}
			return r.finish(ctx, k, how, now, c)
		})
	})
}

// end finishes an alert, or lets it settle first if it recovered by itself.
func (r *Registry) end(ctx context.Context, k key, how How, now time.Time, c *changes) error {
	s := r.alerts[k]
	d, _ := DeclarationOf(k.kind)
	switch {
	case s == nil || how == Recovered && !s.QuietSince.IsZero():
		return nil
	case how != Recovered || d.Settle == 0:
		return r.finish(ctx, k, how, now, c)
	}
	next := *s
	next.QuietSince = now
	return r.put(ctx, next, c)
}

// finish ends an alert now. One that nobody ever saw is forgotten.
func (r *Registry) finish(ctx context.Context, k key, how How, at time.Time, c *changes) error {
	s := r.alerts[k]
	if s.ShownAt.IsZero() {
		if err := r.store.Remove(ctx, s.ID); err != nil {
			return err
		}
		delete(r.alerts, k)
		return nil
	}
	ended := s.Alert
	ended.Ended, ended.How, ended.QuietSince = at, how, time.Time{}
	if err := r.store.Save(ctx, ended); err != nil {
		return err
	}
	delete(r.alerts, k)
	c.add(ended, Cleared)
	return nil
}

// each does something to every standing alert, in a fixed order so that the same
// happenings publish the same events. What is done may end alerts.
func (r *Registry) each(do func(key) error) error {
	keys := slices.SortedFunc(maps.Keys(r.alerts), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.connection, b.connection), cmp.Compare(a.kind, b.kind))
	})
	for _, k := range keys {
		if r.alerts[k] == nil {
			continue
		}
		if err := do(k); err != nil {
			return err
		}
	}
	return nil
}
