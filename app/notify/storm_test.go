package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
)

// counts returns how many alerts are open and ended, and how many notifications
// were sent.
func (s *scene) counts() string {
	s.t.Helper()
	open, err := s.Open(s.t.Context())
	s.must(err)
	past, err := s.History(s.t.Context(), alert.Filter{})
	s.must(err)
	return fmt.Sprintf("%d open, %d ended, %d told", len(open), len(past), len(s.sent))
}

func (s *scene) wantCounts(when, want string) {
	s.t.Helper()
	if got := s.counts(); got != want {
		var titles []string
		for _, n := range s.sent {
			titles = append(titles, n.Title)
		}
		s.t.Errorf("%s: %s, want %s; told %q", when, got, want, titles)
	}
}

func app(n int) string { return fmt.Sprintf("App %03d", n) }

func TestStorm_200SignInsFailAtOnce(t *testing.T) {
	s := newScene(t)
	for n := range 200 {
		s.raise(alert.SignInExpired, app(n))
	}
	s.pass(time.Second)
	s.wantCounts("a second later", "200 open, 0 ended, 0 told")
	s.pass(time.Second)
	s.wantCounts("two seconds later", "200 open, 0 ended, 1 told")
	n := s.sent[0]
	if n.Title != "200 apps need attention" || !strings.HasSuffix(n.Body, " and 197 more.") || strings.Count(n.Body, "App ") != 3 {
		t.Errorf("told %q / %q", n.Title, n.Body)
	}
	s.pass(24 * time.Hour)
	s.wantCounts("a day later", "200 open, 0 ended, 1 told")
	for n := range 200 {
		s.saw(app(n), alert.Reconnected)
	}
	s.pass(time.Hour)
	s.wantCounts("after mending", "0 open, 200 ended, 2 told")
	if got := s.sent[1].Title; got != "200 apps work again" {
		t.Errorf("recovery told as %q", got)
	}
}

// Checks are spread, so a storm comes in over a while: four a second here.
func TestStorm_200SignInsFailWithinAMinute(t *testing.T) {
	s := newScene(t)
	for n := range 200 {
		s.raise(alert.SignInExpired, app(n))
		s.jump(250 * time.Millisecond)
	}
	s.pass(2 * time.Second)
	s.wants("200 apps need attention")
	s.pass(time.Hour)
	s.wants()
}

// One that never stops growing is told of after a minute all the same.
func TestStorm_withoutEndIsToldAfterAMinute(t *testing.T) {
	s := newScene(t)
	for n := range 140 {
		s.raise(alert.SignInExpired, app(n))
		s.jump(500 * time.Millisecond)
	}
	s.wants("124 apps need attention")
}

func TestStorm_200ProvidersGoDownAtOnce(t *testing.T) {
	s := newScene(t)
	for n := range 200 {
		s.raise(alert.ProviderDown, app(n))
	}
	s.pass(7*time.Minute - time.Second)
	s.wantCounts("before the digest", "200 open, 0 ended, 0 told")
	s.pass(time.Second)
	s.wantCounts("with the digest", "200 open, 0 ended, 1 told")
	for n := range 200 {
		s.saw(app(n), alert.Answered)
	}
	s.pass(time.Hour)
	s.wantCounts("after recovery", "0 open, 200 ended, 2 told")
}

// One failure every three seconds for ten minutes: three are told one by one and
// the next two as the summary that a burst allows; the rest waits for the ends of
// the bursts at minute 5 and 10.
func TestStorm_200FailOneAfterAnother(t *testing.T) {
	s := newScene(t)
	for n := range 200 {
		s.raise(alert.SignInExpired, app(n))
		s.pass(3 * time.Second)
	}
	s.pass(time.Hour)
	s.wantCounts("in the end", "200 open, 0 ended, 6 told")
	total := 0
	for _, n := range s.sent {
		count := 1
		fmt.Sscanf(n.Title, "%d apps", &count)
		total += count
	}
	if total != 200 {
		t.Errorf("the notifications speak of %d apps, want 200", total)
	}
}

func TestFlapping_providerEvery20SecondsForAnHour(t *testing.T) {
	s := newScene(t)
	for range 90 {
		s.raise(alert.ProviderDown, "Slack")
		s.pass(20 * time.Second)
		s.saw("Slack", alert.Answered)
		s.pass(20 * time.Second)
	}
	s.wantCounts("after the hour", "1 open, 0 ended, 1 told")
	s.pass(time.Hour)
	s.wantCounts("an hour later", "0 open, 1 ended, 2 told")
	s.wants("Slack: Not answering", "Slack works again")
}

func TestFlapping_signInEvery20SecondsForAnHour(t *testing.T) {
	s := newScene(t)
	for range 90 {
		s.raise(alert.SignInExpired, "Slack")
		s.pass(20 * time.Second)
		s.saw("Slack", alert.Answered)
		s.pass(20 * time.Second)
	}
	s.wantCounts("after the hour", "0 open, 90 ended, 1 told")
	s.pass(time.Hour)
	s.wants("Slack: Sign-in expired", "Slack works again")
}

func TestFlapping_blipsAreNotTold(t *testing.T) {
	s := newScene(t)
	for range 20 {
		s.raise(alert.ProviderDown, "Slack")
		s.pass(time.Minute)
		s.saw("Slack", alert.Answered)
		s.pass(5 * time.Minute)
	}
	s.wantCounts("in the end", "0 open, 0 ended, 0 told")
}

func TestOffline_fiftyTimes(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Old")
	s.pass(time.Minute)
	s.wants("Old: Sign-in expired")
	for range 50 {
		for n := range 20 {
			s.raise(alert.ProviderDown, app(n))
		}
		s.pass(10 * time.Second)
		s.must(s.SetOffline(t.Context(), true))
		for n := range 20 {
			s.raise(alert.ProviderDown, app(n))
		}
		s.pass(2 * time.Minute)
		s.must(s.SetOffline(t.Context(), false))
		s.pass(5 * time.Second)
	}
	s.wantCounts("in the end", "1 open, 0 ended, 0 told")
}

// The practice apps need no network, and their alerts wait for none.
func TestOffline_tellsWhatIsOnThisMachine(t *testing.T) {
	s := newScene(t)
	s.must(s.SetOffline(t.Context(), true))
	near := of("Sandbox CRM")
	near.Local = true
	s.must(s.Raise(t.Context(), alert.AccessRevoked, near, nil))
	s.pass(2 * time.Second)
	s.wants("Sandbox CRM: Access revoked")
}

func TestOffline_holdsWhatIsAboutProviders(t *testing.T) {
	s := newScene(t)
	s.raise(alert.SignInExpired, "Slack")
	s.raise(alert.PermissionMissing, "Zoom")
	s.raise(alert.ListingWithdrawn, "Jira")
	s.must(s.SetOffline(t.Context(), true))
	s.pass(time.Hour)
	s.wants("Jira: No longer offered")
	s.must(s.SetOffline(t.Context(), false))
	s.pass(2 * time.Second)
	s.wants("Slack: Sign-in expired")
	s.pass(5 * time.Minute)
	s.wants("Zoom: Permission missing")
}

func TestOutage_providerDownThreeDays(t *testing.T) {
	s := newScene(t)
	for range 3 * 24 * 4 {
		s.raise(alert.ProviderDown, "Slack")
		s.pass(15 * time.Minute)
	}
	s.wantCounts("after three days", "1 open, 0 ended, 1 told")
	s.saw("Slack", alert.Answered)
	s.pass(time.Hour)
	s.wantCounts("after recovery", "0 open, 1 ended, 2 told")
	past, err := s.History(t.Context(), alert.Filter{})
	s.must(err)
	if a := past[0]; a.Count != 288 || a.Ended.Sub(a.Since) != 72*time.Hour {
		t.Errorf("seen %d times over %s, want 288 times over 72 h", a.Count, a.Ended.Sub(a.Since))
	}
}

func TestClock_jumps(t *testing.T) {
	for _, jump := range []time.Duration{-25 * time.Hour, -time.Minute, time.Minute, 8 * time.Hour, 400 * 24 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			s := newScene(t)
			s.raise(alert.SignInExpired, "Told")
			s.pass(time.Minute)
			s.raise(alert.SignInExpired, "Critical")
			s.raise(alert.PermissionMissing, "Calm")
			s.raise(alert.ProviderDown, "Young")
			s.jump(jump)
			s.saw("Young", alert.Answered)
			s.pass(10 * time.Minute)
			s.wantCounts("ten minutes after the jump", "3 open, 0 ended, 3 told")
			s.wants("Told: Sign-in expired", "Critical: Sign-in expired", "Calm: Permission missing")
			s.saw("Told", alert.Answered)
			s.jump(jump)
			s.pass(10 * time.Minute)
			s.wants("Told works again")
		})
	}
}

func TestClock_afterSleepWhatRecoversIsNotTold(t *testing.T) {
	s := newScene(t)
	s.raise(alert.ProviderDown, "Slack")
	s.pass(3 * time.Minute)
	s.jump(8 * time.Hour)
	s.pass(10 * time.Second)
	s.saw("Slack", alert.Answered)
	s.pass(time.Hour)
	s.wantCounts("after waking", "0 open, 1 ended, 0 told")
}
