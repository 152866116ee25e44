package connection_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

func TestR01_ManyUsersOneRenewal(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	var all sync.WaitGroup
	tokens := make([]oauth.Secret, 50)
	for i := range tokens {
		all.Go(func() {
			token, err := w.AccessToken(context.Background(), c.ID)
			if err != nil {
				t.Error(err)
			}
			tokens[i] = token
		})
	}
	all.Wait()
	if n := w.refreshes(); n != 1 {
		t.Errorf("%d renewals", n)
	}
	if len(slices.Compact(tokens)) != 1 || !w.auth.Alive(tokens[0].Reveal()) {
		t.Error("the users hold different or dead tokens")
	}
}

// Who read the row before a renewal, and comes to renew after it, does not renew
// once more: at a strict provider that would end the grant.
func TestR01_LateComerRenewsNothing(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	arrived, release := make(chan struct{}), make(chan struct{})
	w.life.hold(arrived, release)
	late := make(chan oauth.Secret, 1)
	go func() { token, _ := w.AccessToken(context.Background(), c.ID); late <- token }()
	<-arrived
	first, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	close(release)
	if token := <-late; token != first || w.refreshes() != 1 {
		t.Errorf("%d renewals", w.refreshes())
	}
}

func TestR02_CheckUserAndWatchShareOneRenewal(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	var all sync.WaitGroup
	all.Go(func() { _, _ = w.CheckNow(context.Background(), c.ID) })
	all.Go(func() { _, _ = w.AccessToken(context.Background(), c.ID) })
	all.Go(func() { w.RunDue() })
	all.Wait()
	if n := w.refreshes(); n != 1 {
		t.Errorf("%d renewals", n)
	}
	w.wantState(c.ID, connection.Connected)
}

func TestR04_RenewalOutlivesTheOneWhoAsked(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	arrived, release := make(chan struct{}), make(chan struct{})
	w.auth.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.JSON(`{"access_token":"a2","refresh_token":"r2","token_type":"bearer","expires_in":3600}`)))
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan error, 1)
	go func() { _, err := w.AccessToken(ctx, c.ID); asked <- err }()
	<-arrived
	cancel()
	w.wantCode(<-asked, fault.Canceled)
	if w.get(c.ID).State != connection.Renewing {
		t.Error("the renewal does not show")
	}
	close(release)
	token, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() != "a2" || w.refreshes() != 1 {
		t.Errorf("%d renewals", w.refreshes())
	}
}

func TestR05_KilledBeforeTheRequest(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.life.killAt, w.life.after = w.life.writes.Load()+1, true // the mark is stored, nothing is sent
	if _, err := w.AccessToken(t.Context(), c.ID); err == nil {
		t.Fatal("a dead program gave a token")
	}
	w.kill()
	if c = w.get(c.ID); c.RenewalStarted.IsZero() {
		t.Fatal("there is no mark")
	}
	w.RunDue()
	if c = w.wantState(c.ID, connection.Connected); !c.RenewalStarted.IsZero() || w.refreshes() != 1 {
		t.Errorf("mark %v, %d renewals", c.RenewalStarted, w.refreshes())
	}
	w.wantAlerts(c.ID)
}

func rotated(t *testing.T) (*world, connection.Connection) {
	w := newWorld(t)
	return w, w.connectAndRotate()
}

// connectAndRotate is killed between the provider's answer to a renewal and the store.
func (w *world) connectAndRotate() connection.Connection {
	w.Helper()
	c := w.connect()
	w.expire()
	w.life.killAt = w.life.writes.Load() + 2 // after the mark, before the tokens
	_, _ = w.AccessToken(w.Context(), c.ID)
	w.kill()
	return c
}

func TestR06_KilledAfterRotation(t *testing.T) {
	w, c := rotated(t)
	w.RunDue()
	w.wantState(c.ID, connection.SignInNeeded)
	w.wantAlerts(c.ID, alert.RenewalInterrupted)
	if n := w.refreshes(); n != 2 {
		t.Errorf("%d renewals, want the lost one and one try", n)
	}
	w.clock.advance(time.Hour)
	w.RunDue()
	if n := w.refreshes(); n != 2 {
		t.Errorf("%d renewals after giving up", n)
	}
	w.reconnect(c.ID)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestR06_ProviderThatForgivesASecondUse(t *testing.T) {
	w, c := rotated(t)
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a3","refresh_token":"r3","expires_in":3600}`))
	w.api.keys["a3"] = true
	w.RunDue()
	w.wantState(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
}

func TestR07_KilledAfterStoring(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.life.killAt, w.life.after = w.life.writes.Load()+2, true
	_, _ = w.AccessToken(t.Context(), c.ID)
	w.kill()
	w.checkNow(c.ID, connection.Connected)
	if n := w.refreshes(); n != 1 {
		t.Errorf("%d renewals", n)
	}
}

// connectAndFill renews while the disk becomes full, so that the new tokens, which
// the API takes, cannot be stored.
func (w *world) connectAndFill() connection.Connection {
	w.Helper()
	c := w.connect()
	w.expire()
	arrived, release := make(chan struct{}), make(chan struct{})
	w.auth.Next(oauthtest.Token, oauthtest.Held(arrived, release, oauthtest.JSON(`{"access_token":"a2","refresh_token":"r2","expires_in":3600}`)))
	w.api.keys["a2"] = true
	got := make(chan oauth.Secret, 1)
	go func() { token, _ := w.AccessToken(context.Background(), c.ID); got <- token }()
	<-arrived
	full := fault.Errorf(fault.StorageFailed, "disk full")
	w.life.fail.Store(&full)
	close(release)
	if token := <-got; token.Reveal() != "a2" {
		w.Fatalf("got %q", token.Reveal())
	}
	return c
}

func TestR08_StoreFails(t *testing.T) {
	w := newWorld(t)
	c := w.connectAndFill()
	if w.Unsaved() != 1 {
		t.Error("quitting would not ask")
	}
	w.wantAlerts(c.ID, alert.SecretsUnreadable)
	token, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() != "a2" || w.refreshes() != 1 {
		t.Errorf("%d renewals while the token lives in memory", w.refreshes())
	}
	w.life.fail.Store(nil)
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
	if w.Unsaved() != 0 {
		t.Error("it is stored, and still counts as unsaved")
	}
	w.restart()
	token, err = w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() != "a2" {
		t.Errorf("after the restart the token is %q", token.Reveal())
	}
}

func TestR09_StoredBeforeUsed(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.api.answer(func(rw http.ResponseWriter, r *http.Request) {
		row, err := w.disk.Connection(context.Background(), c.ID)
		if err != nil || !row.RenewalStarted.IsZero() || !row.ExpiresAt.After(w.clock.now()) {
			t.Errorf("the token is used while the row says %v, %v", row.RenewalStarted, row.ExpiresAt)
		}
		w.api.serve(rw, r)
	})
	w.checkNow(c.ID, connection.Connected)
}

func TestR10_LostAnswerIsAskedForOnceMore(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Cut)
	w.checkNow(c.ID, connection.Connected)
	if n := w.refreshes(); n != 2 {
		t.Errorf("%d renewals", n)
	}
}

func TestR10_NeverAThirdTime(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.auth.Next(oauthtest.Token, oauthtest.Cut, oauthtest.Cut, oauthtest.Failure(400, "invalid_grant"))
	c = w.checkNow(c.ID, connection.Retrying)
	if n := w.refreshes(); n != 2 || c.RenewalStarted.IsZero() {
		t.Fatalf("%d renewals, mark %v", n, c.RenewalStarted)
	}
	w.clock.advance(time.Hour)
	w.RunDue()
	w.wantState(c.ID, connection.SignInNeeded)
	w.wantAlerts(c.ID, alert.RenewalInterrupted)
	if n := w.refreshes(); n != 3 {
		t.Errorf("%d renewals", n)
	}
}

// held begins a renewal whose answer does not come before release is called.
func held(t *testing.T, w *world, c connection.Connection) (release func()) {
	arrived, let := make(chan struct{}), make(chan struct{})
	w.auth.Next(oauthtest.Token, oauthtest.Held(arrived, let, oauthtest.JSON(`{"access_token":"late","refresh_token":"late-r","expires_in":3600}`)))
	done := make(chan struct{})
	go func() { defer close(done); _, _ = w.AccessToken(context.Background(), c.ID) }()
	<-arrived
	return func() { close(let); <-done }
}

func TestR11_ReconnectDuringARenewal(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	release := held(t, w, c)
	w.reconnect(c.ID)
	release()
	token, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() == "late" || !w.auth.Alive(token.Reveal()) {
		t.Error("the late answer replaced the new sign-in")
	}
	w.checkNow(c.ID, connection.Connected)
	if n := len(w.auth.Seen(oauthtest.Revoke)); n != 0 {
		t.Errorf("%d revocations: they could end the new grant too", n)
	}
}

func TestR12_UninstallDuringARenewal(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	release := held(t, w, c)
	w.uninstall(c.ID)
	release()
	if len(w.rows()) != 0 {
		t.Error("the connection is back")
	}
	w.until("the late token is revoked", func() bool {
		return slices.ContainsFunc(w.auth.Seen(oauthtest.Revoke), func(r oauthtest.Request) bool { return r.Form.Get("token") == "late-r" })
	})
	w.until("nothing is left to revoke", func() bool { return len(w.revocations()) == 0 })
}

func TestR13_FailureOfOldTokensDoesNotCount(t *testing.T) {
	for _, status := range []int{401, 403, 503} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			w := newWorld(t)
			c := w.connect()
			arrived, release := make(chan struct{}), make(chan struct{})
			w.api.answer(oauthtest.Held(arrived, release, oauthtest.Body(status, "text/plain", "")))
			checked := make(chan struct{})
			go func() { defer close(checked); _, _ = w.CheckNow(context.Background(), c.ID) }()
			<-arrived
			w.reconnect(c.ID)
			close(release)
			<-checked
			if c = w.wantState(c.ID, connection.Connected); c.Failures != 0 {
				t.Errorf("%d failures", c.Failures)
			}
			w.wantAlerts(c.ID)
		})
	}
}

// crowd copies c until there are n of it.
func (w *world) crowd(c connection.Connection, n int) {
	w.Helper()
	for len(w.rows()) < n {
		row := c
		row.ID, row.AccountID, row.Version = strings.ToLower(c.ID[:8])+time.Now().String(), "", 0
		_, err := w.disk.Save(w.Context(), row, []byte("x"))
		w.check(err)
	}
}

// wantSpread expects every connection to be due within the time, about half of
// them in its later half.
func (w *world) wantSpread(within time.Duration) {
	w.Helper()
	late, rows := 0, w.rows()
	for _, row := range rows {
		due, ok := w.Due(row.ID)
		if wait := due.Sub(w.clock.now()); !ok || wait < 0 || wait > within {
			w.Fatalf("due in %v", wait)
		} else if wait > within/2 {
			late++
		}
	}
	if late < len(rows)/5 || late > len(rows)*4/5 {
		w.Errorf("%d of %d are due in the later half of %v", late, len(rows), within)
	}
}

func TestR14_ManyExpiredAtOnceAreSpread(t *testing.T) {
	for n, within := range map[int]time.Duration{41: 10 * time.Second, 300: time.Minute} {
		w := newWorld(t)
		w.crowd(w.connect(), n)
		w.clock.advance(7 * 24 * time.Hour)
		w.restart()
		w.wantSpread(within)
	}
}

func TestR15_WakingUpChecksAtOnce(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	tick, ended := make(chan time.Time), make(chan struct{})
	go func() { defer close(ended); w.Watch(tick) }()
	for _, jump := range []time.Duration{8 * time.Hour, -48 * time.Hour} {
		before := w.api.asked()
		tick <- w.clock.now()
		w.clock.advance(jump)
		tick <- w.clock.now()
		w.until("the check after the jump", func() bool { return w.api.asked() > before })
		// Nothing waits for a time that is far away either.
		w.until("the next check is an ordinary one", func() bool {
			due, ok := w.Due(c.ID)
			wait := due.Sub(w.clock.now())
			return ok && wait > 50*time.Second && wait <= time.Minute
		})
	}
	w.Service.Close()
	<-ended
}

func TestR15_WakingUpIsNoBurst(t *testing.T) {
	w := newWorld(t)
	w.crowd(w.connect(), 41)
	w.restart()
	w.clock.advance(8 * time.Hour)
	w.Wake()
	w.wantSpread(10 * time.Second)
}

// Before the machine sleeps nothing new begins, and what is under way ends.
func TestR15_RestWaitsForChecksAndHoldsOthersBack(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	arrived, release := make(chan struct{}), make(chan struct{})
	w.api.answer(oauthtest.Held(arrived, release, oauthtest.Body(200, "application/json", `{"id":"1"}`)))
	w.clock.advance(8 * time.Hour)
	go w.RunDue()
	<-arrived
	short, done := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer done()
	w.Rest(short)
	if short.Err() == nil {
		t.Fatal("Rest did not wait for the check")
	}
	w.Wake()
	rested := make(chan struct{})
	go func() { defer close(rested); w.Rest(t.Context()) }()
	close(release)
	<-rested

	before := w.api.asked()
	w.clock.advance(8 * time.Hour)
	checked := make(chan struct{})
	go func() { defer close(checked); w.RunDue() }()
	w.until("the check is taken", func() bool {
		due, _ := w.Due(c.ID)
		return due.After(w.clock.now())
	})
	if w.api.asked() != before {
		t.Error("a check began while the machine was about to sleep")
	}
	w.Wake()
	<-checked
	if w.api.asked() == before {
		t.Error("nothing was checked after waking")
	}
}

// The monotonic clock stands still in sleep, so no time may be compared by it.
func TestR15_TimesAreThoseOfTheWall(t *testing.T) {
	w := newWorld(t)
	w.Service.Now = time.Now
	c := w.connect()
	if due, ok := w.Due(c.ID); !ok || strings.Contains(due.String(), "m=") {
		t.Errorf("due at %v", due)
	}
}

func TestR16_HangingProviderBlocksOnlyItself(t *testing.T) {
	w := newWorld(t)
	w.listings.edit("other", func(a *connection.App) { *a = w.app(); a.Slug = "other" })
	c := w.connect()
	a, err := w.Connect(t.Context(), "other", connection.ConnectOptions{})
	other := w.ended(a, err, connection.Done).Connection
	w.expire()
	release := held(t, w, c)
	defer release()
	w.checkNow(other, connection.Connected)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = w.AccessToken(ctx, c.ID)
	w.wantCode(err, fault.Canceled)
}

func TestR17_Margin(t *testing.T) {
	for access, most := range map[string]time.Duration{
		"": 8 * time.Minute, "1h": 8 * time.Minute, "10m": 76 * time.Second, "90s": 45 * time.Second, "20s": 10 * time.Second, "1s": time.Second / 2,
	} {
		c := connection.Connection{ID: "a", App: connection.App{Provider: provider.Provider{Lifetimes: provider.Lifetimes{Access: access}}}}
		least := min(time.Minute, most)
		if m := connection.Margin(c); m > most || m < least {
			t.Errorf("a life of %q has a margin of %v, want %v to %v", access, m, least, most)
		}
	}
	// A token that lives shorter than the margin is not renewed in a loop.
	w := newWorld(t, func(a *connection.App) { a.Provider.Lifetimes.Access = "20s" })
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a1","refresh_token":"r1","expires_in":20}`))
	w.api.keys["a1"] = true
	c := w.connect()
	for range 5 {
		_, err := w.AccessToken(t.Context(), c.ID)
		w.check(err)
	}
	if n := w.refreshes(); n != 0 {
		t.Errorf("%d renewals", n)
	}
	// Before its end it is renewed, not after.
	w.clock.advance(11 * time.Second)
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a2","expires_in":20}`))
	token, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() != "a2" {
		t.Error("not renewed in time")
	}
}

func TestUsedAtIsKeptToTheMinute(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	start := w.life.writes.Load()
	for range 10 {
		_, err := w.AccessToken(t.Context(), c.ID)
		w.check(err)
		w.clock.advance(time.Second)
	}
	if n := w.life.writes.Load() - start; n != 1 {
		t.Errorf("%d writes for ten uses", n)
	}
	first := w.get(c.ID).UsedAt
	w.clock.advance(time.Minute)
	_, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if used := w.get(c.ID).UsedAt; first.IsZero() || !used.After(first) {
		t.Errorf("used at %v, then %v", first, used)
	}
}

func TestIdleRefreshTokenIsKeptAlive(t *testing.T) {
	w := newWorld(t, func(a *connection.App) { a.Provider.Lifetimes = provider.Lifetimes{RefreshIdle: "720h"} })
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a1","refresh_token":"r1"}`))
	w.api.keys["a1"] = true
	c := w.connect()
	w.clock.advance(10 * 24 * time.Hour)
	w.checkNow(c.ID, connection.Connected)
	if w.refreshes() != 0 {
		t.Fatal("renewed too soon")
	}
	w.clock.advance(6 * 24 * time.Hour)
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a2","refresh_token":"r2"}`))
	w.api.keys["a2"] = true
	c = w.checkNow(c.ID, connection.Connected)
	if w.refreshes() != 1 || !c.RenewalDies.Equal(w.clock.now().Add(720*time.Hour).UTC()) {
		t.Errorf("%d renewals, dies %v", w.refreshes(), c.RenewalDies)
	}
	w.wantAlerts(c.ID)
}
