package alert

import (
	"context"
	"time"
)

// lateness is how late a tick may come before the registry concludes that the
// machine slept or its clock jumped, so that nobody was watching.
const lateness = time.Minute

// Tick lets time pass: delays run out, what has settled ends, snoozes are over.
// Call it every second or so, or at [Registry.NextWake].
//
// A tick that comes more than a minute late means that the machine slept. What
// was waiting out its delay then waits once more, because the connection has had
// no chance to recover.
func (r *Registry) Tick(ctx context.Context) error {
	if r.idle() {
		return nil
	}
	return r.change(ctx, func(time.Time, *changes) error { return nil })
}

// idle reports whether nothing can have happened since time last passed here.
func (r *Registry) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock()
	if !r.loaded || now.Before(r.last) || !r.wake.IsZero() && !now.Before(r.wake) {
		return false
	}
	r.last = now
	return true
}

// clock is now as it is stored. Truncate also drops the monotonic clock, which
// stands still while a laptop sleeps.
func (r *Registry) clock() time.Time { return r.now().UTC().Truncate(time.Microsecond) }

// NextWake returns the earliest time at which a Tick has something to do, or the
// zero time if nothing waits.
func (r *Registry) NextWake() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wake
}

// nextWake works out the earliest time at which something happens by itself.
func (r *Registry) nextWake() time.Time {
	var next time.Time
	for _, s := range r.alerts {
		for _, t := range s.waits(r.last) {
			if !t.IsZero() && (next.IsZero() || t.Before(next)) {
				next = t
			}
		}
	}
	return next
}

// waits are the times at which something happens to s by itself. A delay that is
// over and has shown nothing waits for its cause to go, not for a time.
func (s *standing) waits(last time.Time) []time.Time {
	times := []time.Time{s.SnoozedUntil}
	if s.ShownAt.IsZero() && s.QuietSince.IsZero() && s.due.After(last) {
		times = append(times, s.due)
	}
	if !s.QuietSince.IsZero() {
		d, _ := DeclarationOf(s.Kind)
		times = append(times, s.QuietSince.Add(d.Settle))
	}
	return times
}

// SetOffline says whether this machine has a network. Going offline forgets the
// temporary trouble with providers that nobody has seen yet, since it was most
// likely the first sign of this, and hides the rest of it.
func (r *Registry) SetOffline(ctx context.Context, offline bool) error {
	return r.change(ctx, func(now time.Time, c *changes) error {
		r.offline = offline
		if !offline {
			return nil
		}
		return r.each(func(k key) error {
			if !r.alerts[k].ShownAt.IsZero() || !ofNetwork(r.alerts[k].Alert) {
				return nil
			}
			return r.finish(ctx, k, Recovered, now, c)
		})
	})
}

// Offline reports what the last SetOffline said.
func (r *Registry) Offline() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.offline
}

// ofNetwork reports whether a could as well come from our own network.
func ofNetwork(a Alert) bool {
	d, _ := DeclarationOf(a.Kind)
	return d.Provider && d.Temporary && !a.Subject.Local
}

// changes collects what happened, one entry per alert, to be published after
// the lock is gone.
type changes struct {
	order []string
	byID  map[string]Changed
}

// add notes a change. A later one replaces an earlier one of the same alert,
// except that an update adds nothing to what is already known.
func (c *changes) add(a Alert, what What) {
	if c.byID == nil {
		c.byID = map[string]Changed{}
	}
	old, seen := c.byID[a.ID]
	if seen && what == Updated && old.What != Updated {
		return
	}
	if !seen {
		c.order = append(c.order, a.ID)
	}
	c.byID[a.ID] = Changed{ID: a.ID, Connection: a.Subject.Connection, What: what}
}

// change runs edit under the lock with everything brought up to date before and
// after, and then tells what changed, also if edit failed half-way.
func (r *Registry) change(ctx context.Context, edit func(now time.Time, c *changes) error) error {
	var c changes
	err := r.changeLocked(ctx, edit, &c)
	for _, id := range c.order {
		r.Changed.Publish(c.byID[id])
	}
	return err
}

func (r *Registry) changeLocked(ctx context.Context, edit func(time.Time, *changes) error, c *changes) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() { r.wake = r.nextWake() }()
	now := r.clock()
	if err := r.load(ctx, now); err != nil {
		return err
	}
	if err := r.advance(ctx, now, c); err != nil {
		return err
	}
	if err := edit(now, c); err != nil {
		return err
	}
	return r.advance(ctx, now, c)
}

// load reads what stood when the program last ran.
func (r *Registry) load(ctx context.Context, now time.Time) error {
	if r.loaded {
		return nil
	}
	stored, err := r.store.Standing(ctx)
	if err != nil {
		return err
	}
	for _, a := range stored {
		d, ok := DeclarationOf(a.Kind)
		if !ok {
			// Written by another version; nobody here could explain or clear it.
			continue
		}
		r.alerts[key{a.Kind, a.Subject.Connection}] = &standing{
			Alert: a, due: now.Add(d.Delay), visible: !a.ShownAt.IsZero(),
		}
	}
	r.loaded = true
	return nil
}

// advance applies the passing of time to every alert, then works out who is
// visible.
func (r *Registry) advance(ctx context.Context, now time.Time, c *changes) error {
	err := r.each(func(k key) error { return r.age(ctx, k, now, c) })
	if err == nil {
		err = r.each(func(k key) error { return r.show(ctx, k, now, c) })
	}
	if err == nil {
		r.last = now
	}
	return err
}

// age lets time pass for one alert.
func (r *Registry) age(ctx context.Context, k key, now time.Time, c *changes) error {
	s := r.alerts[k]
	d, _ := DeclarationOf(k.kind)
	s.followClock(d, r.last, now)
	if !s.QuietSince.IsZero() && !now.Before(s.QuietSince.Add(d.Settle)) {
		return r.finish(ctx, k, Recovered, s.QuietSince, c)
	}
	if s.SnoozedUntil.IsZero() || now.Before(s.SnoozedUntil) {
		return nil
	}
	next := *s
	// Forgetting that it was told makes the end of a snooze remind of it.
	next.SnoozedUntil, next.ToldAt, next.ToldAs = time.Time{}, time.Time{}, ""
	return r.put(ctx, next, c)
}

// followClock repairs what a jump of the clock has put out of reach.
func (s *standing) followClock(d Declaration, last, now time.Time) {
	if s.Since.After(now) {
		s.Since = now
	}
	if s.QuietSince.After(now) {
		s.QuietSince = now
	}
	if latest := now.Add(d.Delay); s.due.After(latest) {
		s.due = latest
	}
	unwatched := last.Before(s.due) && now.Sub(s.due) > lateness
	if s.ShownAt.IsZero() && d.Delay > 0 && unwatched && !s.postponed {
		// Once only: a caller that ticks rarely still gets to see its alerts.
		s.due, s.postponed = now.Add(d.Delay), true
	}
}

// show works out whether one alert is visible, and notes it if that changed.
func (r *Registry) show(ctx context.Context, k key, now time.Time, c *changes) error {
	s := r.alerts[k]
	visible := (s.lasted(now) || !s.ShownAt.IsZero()) && !r.covered(s.Alert)
	if visible && s.ShownAt.IsZero() {
		next := *s
		next.ShownAt = now
		if err := r.store.Save(ctx, next.Alert); err != nil {
			return err
		}
		*s = next
	}
	if visible != s.visible {
		s.visible = visible
		c.add(s.Alert, map[bool]What{true: Raised, false: Hidden}[visible])
	}
	return nil
}

// lasted reports whether s has stood for longer than its delay.
func (s *standing) lasted(now time.Time) bool { return !now.Before(s.due) && s.QuietSince.IsZero() }

// covered reports whether being offline, or a cause that stands, explains a.
func (r *Registry) covered(a Alert) bool {
	if r.offline && ofNetwork(a) {
		return true
	}
	d, _ := DeclarationOf(a.Kind)
	for _, cause := range d.SuppressedBy {
		if r.alerts[key{cause, a.Subject.Connection}] != nil || r.alerts[key{cause, ""}] != nil {
			return true
		}
	}
	return false
}
