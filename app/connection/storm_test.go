//go:build !race

// Storms take minutes under the race detector and tell it nothing new: they run
// without it.

package connection_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/notify"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/wording"
)

// storm is a world with many connections and a desk that is told of alerts: every
// part is the program's own, the provider a hostile one over TLS on this machine,
// and the clock the test's.
type storm struct {
	*world
	notifier *notify.Notifier
	told     []string // titles of notifications
}

// newStorm connects n apps, whose probes come as often as every says.
func newStorm(t *testing.T, n int, every string) *storm {
	s := &storm{world: newWorld(t)}
	for i := range n {
		s.add(i, every)
	}
	s.check(s.Recover(t.Context()))
	s.attachDesk()
	return s
}

func (s *storm) attachDesk() {
	s.notifier = notify.New(notify.Config{
		Desk: s, Alerts: s.alerts, Words: wording.New(time.UTC), Rules: func() notify.Rules { return notify.Rules{Language: "en"} },
		Now: s.clock.now, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	})
	s.alerts.Changed.Subscribe(s.notifier.Hear)
}

// Send implements notify.Desk.
func (s *storm) Send(_ context.Context, n notify.Notification) error {
	s.told = append(s.told, n.Title)
	return nil
}

// add stores an app's connection as a sign-in leaves it, with a key that does not
// end by itself.
func (s *storm) add(i int, every string) {
	s.Helper()
	app := s.app()
	app.Slug, app.Name = fmt.Sprintf("app-%03d", i), fmt.Sprintf("App %03d", i)
	app.Provider.Lifetimes.Access, app.Provider.Probe.Every = "", every
	now := s.clock.now().UTC()
	c := connection.Connection{
		ID: fmt.Sprintf("connection-%03d", i), App: app, State: connection.Connected, StateSince: now,
		AccountID: fmt.Sprint(i), AccountName: "ops", ConnectedAt: now, CheckedAt: now,
		Requested: []string{"read"}, Granted: []string{"read"},
	}
	key := fmt.Sprintf("key-%03d", i)
	s.api.keys[key], s.api.bound[key] = true, c.AccountID
	plain, err := json.Marshal(map[string]string{"a": key})
	s.check(err)
	sealed, err := s.vault.Seal(s.Context(), plain, "connection/"+c.ID)
	s.check(err)
	_, err = s.disk.Save(s.Context(), c, sealed)
	s.check(err)
}

// pass lets time go by in steps, doing at each what the program's clocks do.
func (s *storm) pass(span, step time.Duration) {
	s.Helper()
	for end := s.clock.now().Add(span); s.clock.now().Before(end); {
		s.clock.advance(step)
		s.tick()
	}
}

func (s *storm) tick() {
	s.Helper()
	s.RunDue()
	s.check(s.alerts.Tick(s.Context()))
	s.check(s.notifier.Tick(s.Context()))
}

// offline pulls or plugs the cable.
func (s *storm) offline(is bool) {
	s.Helper()
	s.SetOffline(is)
	s.check(s.alerts.SetOffline(s.Context(), is))
	if is {
		s.api.answerAlways(oauthtest.Cut)
	} else {
		s.api.answerAlways(nil)
	}
}

// wants checks how many alerts are open and have ended, and all that was told.
func (s *storm) wants(when string, open, ended int, told ...string) {
	s.Helper()
	now, err := s.alerts.Open(s.Context())
	s.check(err)
	past, err := s.alerts.History(s.Context(), alert.Filter{Limit: 10_000})
	s.check(err)
	if len(now) != open || len(past) != ended {
		s.Errorf("%s: %d alerts open and %d ended, want %d and %d", when, len(now), len(past), open, ended)
	}
	if !slices.Equal(s.told, told) {
		s.Errorf("%s: told %q, want %q", when, s.told, told)
	}
}

// 200 grants end at once. An hour brings every check round, and however they come
// in, waking up or one by one, the alerts are 200; found in one go they are one
// notification.
func TestStorm_200Revoked(t *testing.T) {
	s := newStorm(t, 200, "")
	s.pass(2*time.Minute, time.Second)
	s.wants("before", 0, 0)
	s.api.answerAlways(revoked)
	s.Wake()
	s.pass(2*time.Minute, time.Second)
	s.wants("after waking", 200, 0, "200 apps need attention")
	asked := s.api.asked()
	s.pass(24*time.Hour, 30*time.Second)
	s.wants("a day later", 200, 0, "200 apps need attention")
	if again := s.api.asked() - asked; again != 0 {
		t.Errorf("providers that took access away are asked %d times more", again)
	}
}

func TestStorm_200ProvidersDown(t *testing.T) {
	s := newStorm(t, 200, "")
	s.pass(2*time.Minute, time.Second)
	s.api.answerAlways(down)
	s.Wake()
	s.pass(20*time.Minute, time.Second)
	s.wants("down", 200, 0, "200 apps need attention")
	s.api.answerAlways(nil)
	s.pass(3*time.Hour, 10*time.Second)
	s.wants("up again", 0, 200, "200 apps need attention", "200 apps work again")
}

// A provider that fails every other 20 seconds for an hour.
func TestStorm_flapping(t *testing.T) {
	s := newStorm(t, 4, "3s")
	for range 90 {
		s.api.answerAlways(down)
		s.pass(20*time.Second, time.Second)
		s.api.answerAlways(nil)
		s.pass(20*time.Second, time.Second)
	}
	s.wants("after the hour", 4, 0, "4 apps need attention")
	s.pass(time.Hour, 10*time.Second)
	s.wants("an hour later", 0, 4, "4 apps need attention", "4 apps work again")
}

// The cable is pulled and plugged 50 times. Each time the providers fall silent a
// moment before the machine knows that it is offline.
func TestStorm_offline50Times(t *testing.T) {
	s := newStorm(t, 50, "")
	for range 50 {
		s.api.answerAlways(oauthtest.Cut)
		s.pass(10*time.Second, time.Second)
		s.offline(true)
		s.pass(2*time.Minute, 5*time.Second)
		s.offline(false)
		s.pass(30*time.Second, time.Second)
	}
	s.wants("in the end", 0, 0)
	for _, c := range s.list() {
		if c.State != connection.Connected {
			t.Errorf("%s is %s", c.App.Name, c.State)
		}
	}
}

// Three days are one alert for each app, two notifications, and few questions.
func TestStorm_downForThreeDays(t *testing.T) {
	s := newStorm(t, 20, "")
	s.pass(2*time.Minute, time.Second)
	s.api.answerAlways(down)
	before := s.api.asked()
	s.pass(72*time.Hour, 10*time.Second)
	s.wants("after three days", 20, 0, "20 apps need attention")
	// Back-off ends at one check an hour, a little apart.
	if each := (s.api.asked() - before) / 20; each < 60 || each > 80 {
		t.Errorf("each app was asked %d times in three days", each)
	}
	s.api.answerAlways(nil)
	s.pass(2*time.Hour, 10*time.Second)
	s.wants("up again", 0, 20, "20 apps need attention", "20 apps work again")
}

// The clock jumps while some grants are gone and others are fine.
func TestStorm_clockJumps(t *testing.T) {
	for _, jump := range []time.Duration{8 * time.Hour, -48 * time.Hour, 30 * 24 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			s := newStorm(t, 20, "")
			s.pass(2*time.Minute, time.Second)
			for i := range 10 {
				s.api.keys[fmt.Sprintf("key-%03d", i)] = false
			}
			s.Wake()
			s.pass(2*time.Minute, time.Second)
			s.wants("before", 10, 0, "10 apps need attention")
			s.clock.advance(jump)
			s.Wake()
			s.pass(2*time.Hour, 10*time.Second)
			s.wants("after", 10, 0, "10 apps need attention")
			s.clock.advance(-jump)
			s.Wake()
			s.pass(2*time.Hour, 10*time.Second)
			s.wants("after the jump back", 10, 0, "10 apps need attention")
		})
	}
}

// What a provider asks for is kept, whatever else would be a reason to look.
func TestStorm_retryAfterIsKept(t *testing.T) {
	s := newStorm(t, 5, "")
	s.pass(2*time.Minute, time.Second)
	s.api.answerAlways(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3000")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	s.Wake()
	s.pass(time.Minute, time.Second)
	asked := s.api.asked()
	for range 4 {
		s.pass(10*time.Minute, 10*time.Second)
		s.Wake()
		s.offline(true)
		s.SetOffline(false)
	}
	if again := s.api.asked() - asked; again != 0 {
		t.Errorf("providers that asked for 50 minutes were asked %d times within 40", again)
	}
	s.offline(false)
	s.pass(20*time.Minute, 10*time.Second)
	s.wants("afterwards", 0, 5, "5 apps need attention", "5 apps work again")
}
