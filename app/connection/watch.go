package connection

import (
	"context"
	"net/url"
	"slices"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// Start finishes what a crash cut off and begins watching. It returns at once.
func (s *Service) Start() {
	s.spawn(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		s.watch(tick.C)
	})
	s.spawn(func() {
		tick := time.NewTicker(15 * time.Second)
		defer tick.Stop()
		s.keepRevoking(tick.C)
	})
}

// watch does what is due at every tick, a few at a time.
func (s *Service) watch(tick <-chan time.Time) {
	known := s.agenda(s.life) == nil
	last := s.wall()
	for {
		select {
		case <-s.life.Done():
			return
		case <-tick:
		}
		if !known {
			known = s.agenda(s.life) == nil
		}
		now := s.wall()
		if gap := now.Sub(last); gap > time.Minute || gap < 0 {
			// The machine slept or its clock was set: what is due all at once now is
			// spread out, and nothing waits for a time that is far away.
			s.Wake()
		}
		last = now
		for _, id := range s.takeDue(now) {
			s.spawn(func() { s.background(s.life, id) })
		}
	}
}

// agenda finds what there is to watch, and what a crash has left half done.
func (s *Service) agenda(ctx context.Context) error {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		s.Log.Error("read connections", "code", fault.CodeOf(err))
		return err
	}
	for _, c := range all {
		switch {
		case c.State == Connecting, c.State == Uninstalling, c.State.Watched() && !c.RenewalStarted.IsZero():
			s.later(c.ID, 0)
		case c.State.Watched():
			s.later(c.ID, soonOnce(c.ID, len(all)))
		}
	}
	return nil
}

// wall is now by the clock on the wall: the monotonic one, which Go compares when
// it can, stands still while a laptop sleeps.
func (s *Service) wall() time.Time { return s.Now().Round(0) }

// soonOnce spreads checks of n connections that could all be made at once: four a
// second, or all within a minute.
func soonOnce(id string, n int) time.Duration {
	return part(min(time.Duration(n-1)*time.Second/4, time.Minute), spread(id))
}

// spreadOut makes everything that is watched due soon.
func (s *Service) spreadOut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.due {
		s.due[id] = s.politely(id, s.wall().Add(soonOnce(id, len(s.due))))
	}
}

// politely is at, or the later time until which the provider asked for patience. A
// time further away than any can be has seen the clock go back. The caller holds mu.
func (s *Service) politely(id string, at time.Time) time.Time {
	until := s.patience[id]
	if until.After(at) && until.Sub(s.wall()) <= longestPatience {
		return until
	}
	return at
}

// neighbourly looks soon at the other connections to the host that c's check went
// to: what c has found out, that the provider is down or up again, most likely
// holds for them. So they are one storm, and not a trickle over an hour.
func (s *Service) neighbourly(ctx context.Context, c Connection) {
	all, err := s.Store.Connections(ctx)
	host := probed(c)
	if err != nil || host == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.wall()
	if since := now.Sub(s.looked[host]); since >= 0 && since < time.Minute {
		return
	}
	s.looked[host] = now
	for _, other := range all {
		concerned := c.State == ProviderDown && other.State == Connected || c.State == Connected && temporary(other.State)
		due, watched := s.due[other.ID]
		if !watched || !concerned || probed(other) != host {
			continue
		}
		if soon := s.politely(other.ID, now.Add(soonOnce(other.ID, len(all)))); soon.Before(due) {
			s.due[other.ID] = soon
		}
	}
}

// Rest is for when the machine is about to sleep: no check begins by itself any
// more, and those under way are waited for, no longer than ctx. A renewal whose
// answer is slept through could cost the connection.
func (s *Service) Rest(ctx context.Context) {
	for range cap(s.slots) {
		select {
		case s.slots <- struct{}{}:
			s.mu.Lock()
			s.resting++
			s.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// Wake ends a rest and checks every connection soon, though not all at once.
func (s *Service) Wake() {
	s.mu.Lock()
	held := s.resting
	s.resting = 0
	s.mu.Unlock()
	for range held {
		<-s.slots
	}
	s.spreadOut()
}

// Hosts names the hosts that checks of connected apps go to, each once, without
// the practice apps.
func (s *Service) Hosts(ctx context.Context) []string {
	all, _ := s.Store.Connections(ctx) // unknown connections have no hosts
	var hosts []string
	for _, c := range all {
		host := probed(c)
		if host != "" && !c.App.Sandbox && c.State.Watched() && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// probed is the host that checks of c go to; "" for none.
func probed(c Connection) string {
	probe := c.App.Provider.Probe
	if probe == nil {
		return ""
	}
	fill := filler{values: places(c.Variables, Tokens{})}
	u, err := url.Parse(fill.url(probe.URL))
	if err != nil || fill.err != nil {
		return ""
	}
	return u.Hostname()
}

// takeDue returns what is due, and puts its next check off so that it is not
// taken twice.
func (s *Service) takeDue(now time.Time) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []string
	for id, at := range s.due {
		if !now.Before(at) {
			due = append(due, id)
			s.due[id] = now.Add(2 * renewDeadline)
		}
	}
	return due
}

// plan sets the next usual check of c.
func (s *Service) plan(c Connection) { s.later(c.ID, every(c)) }

func (s *Service) later(id string, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due[id] = s.wall().Add(wait)
}

// drop stops watching a connection.
func (s *Service) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.due, id)
	delete(s.patience, id)
}

// every is the usual time between two checks of c, shortened by up to a tenth so
// that connections do not march in step.
func every(c Connection) time.Duration {
	wait := time.Hour
	if p := c.App.Provider.Probe; p != nil && duration(p.Every) > 0 {
		wait = duration(p.Every)
	}
	return wait - part(wait/10, spread(c.ID))
}

// background does what there is to do for a connection by itself.
func (s *Service) background(ctx context.Context, id string) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return
	}
	c, err := s.Store.Connection(ctx, id)
	switch {
	case fault.CodeOf(err) == fault.NotFound:
		s.drop(id)
	case err != nil:
		s.later(id, time.Minute)
	case c.State == Uninstalling:
		s.finishUninstall(ctx, c)
	case !c.State.Watched() && c.State != Connecting:
		s.drop(id)
	case s.unreachable(c.App):
		s.later(id, time.Minute) // coming back online spreads everything anew
	case c.State == Connecting:
		s.resume(ctx, c)
	default:
		if err := s.check(ctx, id, alert.Answered); err != nil {
			s.Log.Debug("check failed", "connection", id, "code", fault.CodeOf(err))
		}
	}
}
