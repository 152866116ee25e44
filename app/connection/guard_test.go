package connection_test

import (
	"slices"
	"testing"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
)

// otherAccount reconnects c and lands on account south, until the person has to choose.
func otherAccount(w *world, c connection.Connection) connection.Attempt {
	w.Helper()
	w.api.signedInTo("south")
	a, err := w.Reconnect(w.Context(), c.ID, connection.ConnectOptions{})
	w.check(err)
	a = w.await(a.ID, in(connection.Choosing))
	if a.Connection != c.ID || a.Account != "Acme north" || a.Other != "Acme south" {
		w.Fatalf("choosing %+v", a)
	}
	return a
}

func TestSameAccountReconnectKeepsBothGrantsAlive(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.revokeAll()
	w.api.answer(oauthtest.Body(401, "text/plain", ""))
	w.checkNow(c.ID, connection.Revoked)
	a := w.reconnect(c.ID)
	if a.Connection != c.ID || len(w.rows()) != 1 {
		t.Errorf("renewed %s, %d rows", a.Connection, len(w.rows()))
	}
	w.checkNow(c.ID, connection.Connected)
	w.wantAlerts(c.ID)
	want := []string{connection.Installed, connection.Failed, connection.Reconnected}
	if got := w.activity(c.ID); !slices.Equal(got, want) {
		t.Errorf("activity %v", got)
	}
	if len(w.revocations()) != 0 {
		t.Error("the old grant is to be revoked, which could end the new one")
	}
}

func TestConnectingTheSameAccountAgainRenewsIt(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	if again := w.connect(); again.ID != c.ID || len(w.rows()) != 1 {
		t.Errorf("%d rows", len(w.rows()))
	}
}

func TestGuardKeep(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	a := otherAccount(w, c)
	_, err := w.Resolve(a.ID, "both")
	w.wantCode(err, fault.Invalid)
	_, err = w.Resolve(a.ID, connection.Keep)
	w.check(err)
	w.ended(a, nil, connection.Canceled)
	if got := w.checkNow(c.ID, connection.Connected); got.AccountID != "north" || len(w.rows()) != 1 {
		t.Errorf("account %s, %d rows", got.AccountID, len(w.rows()))
	}
	w.until("the other sign-in is taken back", func() bool { return len(w.revocations()) == 0 })
	if w.alive() != 1 {
		t.Errorf("%d tokens are alive", w.alive())
	}
}

func TestGuardReplace(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	a := otherAccount(w, c)
	_, err := w.Resolve(a.ID, connection.Replace)
	w.check(err)
	w.ended(a, nil, connection.Done)
	if got := w.checkNow(c.ID, connection.Connected); got.AccountID != "south" || len(w.rows()) != 1 {
		t.Errorf("account %s, %d rows", got.AccountID, len(w.rows()))
	}
	w.until("the old account's grant is revoked", func() bool { return w.alive() == 1 && len(w.revocations()) == 0 })
}

func TestGuardAdd(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	a := otherAccount(w, c)
	_, err := w.Resolve(a.ID, connection.Add)
	w.check(err)
	a = w.ended(a, nil, connection.Done)
	if a.Connection == c.ID || len(w.list()) != 2 || w.alive() != 2 {
		t.Errorf("%d connections, %d alive", len(w.list()), w.alive())
	}
	for _, one := range w.list() {
		w.checkNow(one.ID, connection.Connected)
	}
	_, err = w.Resolve(a.ID, connection.Add)
	w.wantCode(err, fault.Conflict)
}

// Whatever the choice, one account never has two connections.
func TestGuardWithAnAccountThatIsConnectedAlready(t *testing.T) {
	for choice, alive := range map[connection.Choice]int{connection.Keep: 3, connection.Replace: 3, connection.Add: 3} {
		t.Run(string(choice), func(t *testing.T) {
			w := newWorld(t)
			north := w.connect()
			w.api.signedInTo("south")
			south := w.connect()
			a := otherAccount(w, north)
			_, err := w.Resolve(a.ID, choice)
			w.check(err)
			w.await(a.ID, connection.Attempt.Over)
			if len(w.rows()) != 2 || w.get(north.ID).AccountID != "north" || w.get(south.ID).AccountID != "south" {
				t.Errorf("%d rows", len(w.rows()))
			}
			// No token of an account that stays is revoked: that could end its grant.
			if w.alive() != alive || len(w.revocations()) != 0 {
				t.Errorf("%d alive, %d revocations", w.alive(), len(w.revocations()))
			}
			w.checkNow(south.ID, connection.Connected)
		})
	}
}

func TestGuardWithoutAnAnswerKeeps(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	a := otherAccount(w, c)
	w.check(w.Cancel(a.ID))
	w.ended(a, nil, connection.Canceled)
	if w.get(c.ID).AccountID != "north" || len(w.rows()) != 1 {
		t.Error("the old account was not kept")
	}
}

func TestGuardEndsWithTheProgram(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	otherAccount(w, c)
	w.kill()
	w.RunDue()
	if w.get(c.ID).AccountID != "north" || len(w.rows()) != 1 {
		t.Error("the old account was not kept")
	}
	w.until("the other sign-in is taken back", func() bool { return len(w.revocations()) == 0 })
	w.checkNow(c.ID, connection.Connected)
}

func TestPause(t *testing.T) {
	w := newWorld(t)
	c := w.connect()
	w.api.answer(oauthtest.Body(503, "text/html", ""))
	w.checkNow(c.ID, connection.Retrying)
	w.wantAlerts(c.ID, alert.ProviderDown)
	for range 2 {
		c, err := w.Pause(t.Context(), c.ID)
		w.check(err)
		if c.State != connection.Paused {
			t.Fatalf("state %s", c.State)
		}
	}
	w.wantAlerts(c.ID)
	_, err := w.AccessToken(t.Context(), c.ID)
	w.wantCode(err, fault.Conflict)
	_, err = w.CheckNow(t.Context(), c.ID)
	w.wantCode(err, fault.Conflict)
	_, err = w.Renew(t.Context(), c.ID)
	w.wantCode(err, fault.Conflict)
	before := w.api.asked()
	w.expire()
	w.RunDue()
	w.restart()
	w.clock.advance(2 * 3600e9)
	w.RunDue()
	if w.api.asked() != before || w.refreshes() != 0 {
		t.Error("a paused connection was checked")
	}
	_, err = w.Resume(t.Context(), c.ID)
	w.check(err)
	w.RunDue()
	w.wantState(c.ID, connection.Connected)
	if w.api.asked() != before+1 {
		t.Error("resuming does not check")
	}
	_, err = w.Resume(t.Context(), c.ID)
	w.wantCode(err, fault.Conflict)
}

// A check that is under way when a person pauses does not take that back.
func TestPauseDuringACheck(t *testing.T) {
	for name, answer := range map[string]int{"works": 200, "refused": 403} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c := w.connect()
			arrived, release := make(chan struct{}), make(chan struct{})
			w.api.answer(oauthtest.Held(arrived, release, oauthtest.Body(answer, "application/json", `{"id":"north"}`)))
			checked := make(chan struct{})
			go func() { defer close(checked); _, _ = w.CheckNow(t.Context(), c.ID) }()
			<-arrived
			_, err := w.Pause(t.Context(), c.ID)
			w.check(err)
			close(release)
			<-checked
			w.wantState(c.ID, connection.Paused)
			w.wantAlerts(c.ID)
		})
	}
}
