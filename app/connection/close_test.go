package connection_test

import (
	"context"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
)

// Closing between the provider's yes and the account's name loses neither.
func TestCloseDuringTheLastStepIsFinishedLater(t *testing.T) {
	w := newWorld(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	w.api.answer(oauthtest.Held(arrived, release, oauthtest.Body(503, "text/plain", "")))
	_, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	<-arrived
	w.restart()
	close(release)
	if rows := w.rows(); len(rows) != 1 || rows[0].State != connection.Connecting || len(w.list()) != 0 {
		t.Fatalf("rows %+v", rows)
	}
	w.RunDue()
	all := w.list()
	if len(all) != 1 || len(w.auth.Seen(oauthtest.Revoke)) != 0 {
		t.Fatalf("%d connections", len(all))
	}
	w.checkNow(all[0].ID, connection.Connected)
}

// The provider may be down at the next start too; the sign-in waits for it, and
// is renewed when its access token has ended meanwhile.
func TestInterruptedSignInWaitsForItsProvider(t *testing.T) {
	w := newWorld(t)
	w.life.killAt, w.life.after = 1, true
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	w.await(a.ID, connection.Attempt.Over)
	w.kill()
	down := oauthtest.Body(503, "text/plain", "")
	w.api.answer(down, down)
	for range 2 {
		w.RunDue()
		w.expire()
		if len(w.rows()) != 1 {
			t.Fatal("the sign-in was given up")
		}
	}
	w.RunDue()
	all := w.list()
	if len(all) != 1 {
		t.Fatalf("%d connections", len(all))
	}
	w.checkNow(all[0].ID, connection.Connected)
}

func TestInterruptedSignInIsTakenBackInTheEnd(t *testing.T) {
	w := newWorld(t)
	w.life.killAt, w.life.after = 1, true
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	w.check(err)
	w.await(a.ID, connection.Attempt.Over)
	w.kill()
	w.api.Close()
	w.RunDue()
	w.clock.advance(25 * 3600e9)
	w.RunDue()
	w.until("the sign-in is revoked", func() bool { return len(w.revocations()) == 0 })
	if len(w.rows()) != 0 {
		t.Error("it waits for ever")
	}
}

// Two sign-ins of one app that both reach their last step are one connection.
func TestA29_TwoLastStepsAtOnce(t *testing.T) {
	w := newWorld(t)
	release := make(chan struct{})
	var attempts []connection.Attempt
	for range 2 {
		arrived := make(chan struct{})
		w.api.answer(oauthtest.Held(arrived, release, oauthtest.JSON(`{"id":"north","name":"Acme north"}`)))
		a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
		w.check(err)
		<-arrived
		attempts = append(attempts, a)
	}
	close(release)
	for _, a := range attempts {
		w.ended(a, nil, connection.Done)
	}
	if rows := w.rows(); len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	w.checkNow(w.list()[0].ID, connection.Connected)
}

func TestNothingBeginsAfterClose(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	w.Service.Close()
	for name, do := range map[string]func() error{
		"connect": func() error {
			_, err := w.Connect(context.Background(), "acme", connection.ConnectOptions{})
			return err
		},
		"check": func() error { _, err := w.CheckNow(context.Background(), c.ID); return err },
		"renew": func() error { _, err := w.Renew(context.Background(), c.ID); return err },
		"use":   func() error { _, err := w.AccessToken(context.Background(), c.ID); return err },
		"reconnect": func() error {
			_, err := w.Reconnect(context.Background(), c.ID, connection.ConnectOptions{})
			return err
		},
	} {
		if err := do(); fault.CodeOf(err) != fault.Canceled {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.refreshes() != 0 {
		t.Error("a renewal began that nobody waits for")
	}
	w.Service.Close()
}

// Close waits for an answer that is on its way: losing it could lose the connection.
func TestCloseWaitsForARenewal(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.expire()
	release := held(t, w, c)
	closed := make(chan struct{})
	go func() { defer close(closed); w.Service.Close() }()
	w.until("closing has begun", func() bool {
		_, err := w.CheckNow(context.Background(), c.ID)
		return fault.CodeOf(err) == fault.Canceled
	})
	release()
	<-closed
	w.start()
	token, err := w.AccessToken(t.Context(), c.ID)
	w.check(err)
	if token.Reveal() != "late" || w.refreshes() != 1 {
		t.Errorf("%d renewals", w.refreshes())
	}
}
