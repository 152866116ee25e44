//go:build !race

// Every write is a crash of its own, one after another: they run without the race
// detector.

package connection_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"patchbay/app/connection"
)

// journey is something that a person does with a connection.
type journey struct {
	name  string
	setUp func(*world) (id string)
	do    func(w *world, id string) (done bool)
	// holds is what must be true in the end.
	holds func(w *world, id string, done bool) error
}

// A crash may come before or after any write. Done says
// whether a step was acknowledged before.
var journeys = []journey{
	{"connect", func(*world) string { return "" }, func(w *world, _ string) bool {
		return tries(w, func() (connection.Attempt, error) {
			return w.Connect(w.Context(), "acme", connection.ConnectOptions{})
		})
	}, func(w *world, _ string, done bool) error {
		if n := len(w.list()); n > 1 || done && n == 0 {
			return fmt.Errorf("%d connections, done %v", n, done)
		}
		return nil
	}},
	{"renew", connected, func(w *world, id string) bool {
		w.expire()
		_, err := w.AccessToken(w.Context(), id)
		return err == nil
	}, func(w *world, id string, _ bool) error { return one(w, id, "north") }},
	{"reconnect", connected, func(w *world, id string) bool {
		return tries(w, func() (connection.Attempt, error) {
			return w.Reconnect(w.Context(), id, connection.ConnectOptions{})
		})
	}, func(w *world, id string, _ bool) error { return one(w, id, "north") }},
	{"replace", connected, func(w *world, id string) bool {
		w.api.signedInTo("south")
		a, err := w.Reconnect(w.Context(), id, connection.ConnectOptions{})
		if err != nil {
			return false
		}
		a = w.await(a.ID, func(a connection.Attempt) bool { return a.Over() || a.Phase == connection.Choosing })
		_, _ = w.Resolve(a.ID, connection.Replace)
		return w.await(a.ID, connection.Attempt.Over).Phase == connection.Done
	}, func(w *world, id string, done bool) error {
		if done {
			return one(w, id, "south")
		}
		if account := w.get(id).AccountID; account == "south" {
			return one(w, id, "south")
		}
		return one(w, id, "north")
	}},
	{"uninstall", connected, func(w *world, id string) bool {
		_, err := w.Uninstall(w.Context(), id, "x", "x")
		return err == nil
	}, func(w *world, id string, done bool) error {
		if n := len(w.rows()); n > 1 || done && n > 0 {
			return fmt.Errorf("%d rows, done %v", n, done)
		}
		if len(w.rows()) == 1 {
			return one(w, id, "north")
		}
		if w.alive() > 0 {
			return fmt.Errorf("%d tokens of an uninstalled connection work", w.alive())
		}
		all, err := w.Receipts(w.Context())
		if err == nil && (len(all) != 1 || all[0].Outcome != connection.OutcomeRevoked) {
			err = fmt.Errorf("receipts %+v", all)
		}
		return err
	}},
}

func connected(w *world) string { return w.connect().ID }

func tries(w *world, begin func() (connection.Attempt, error)) bool {
	a, err := begin()
	return err == nil && w.await(a.ID, connection.Attempt.Over).Phase == connection.Done
}

// one wants the connection to be there and to work, or to say what a person has
// to do, which a renewal that was cut off cannot avoid.
func one(w *world, id, account string) error {
	if n := len(w.rows()); n != 1 {
		return fmt.Errorf("%d rows", n)
	}
	c, err := w.CheckNow(w.Context(), id)
	if err != nil {
		return err
	}
	honest := []connection.State{connection.Connected, connection.SignInNeeded}
	if !slices.Contains(honest, c.State) || c.AccountID != account {
		return fmt.Errorf("it is %s for %s", c.State, c.AccountID)
	}
	if c.State == connection.SignInNeeded {
		w.reconnect(id)
		if c, err = w.CheckNow(w.Context(), id); err != nil || c.State != connection.Connected {
			return fmt.Errorf("after the reconnect it is %s (%v)", c.State, err)
		}
	}
	return nil
}

func TestKilledAtAnyWrite(t *testing.T) {
	for _, journey := range journeys {
		t.Run(journey.name, func(t *testing.T) {
			for write := int64(1); ; write++ {
				reached := killedAt(t, journey, write, false)
				killedAt(t, journey, write, true)
				if !reached {
					if write == 1 {
						t.Error("nothing was written")
					}
					break
				}
			}
		})
	}
}

// killedAt goes through a journey that ends at a write, starts the program again,
// lets it do what it does by itself, and looks at what is left. It returns false
// if there was no such write.
func killedAt(t *testing.T, journey journey, write int64, after bool) bool {
	t.Helper()
	w := newWorld(t)
	id := journey.setUp(w)
	w.life.killAt, w.life.after = w.life.writes.Load()+write, after
	done := journey.do(w, id)
	reached := w.life.writes.Load() >= w.life.killAt
	w.kill()
	for range 3 {
		w.RunDue()
		w.RevokeDue(t.Context())
		w.clock.advance(2 * time.Minute)
	}
	w.until("nothing is left to revoke", func() bool {
		w.RevokeDue(t.Context())
		return len(w.revocations()) == 0
	})
	for _, c := range w.rows() {
		if c.State == connection.Connecting || c.State == connection.Uninstalling {
			t.Errorf("%s, write %d, after %v: half done: %s", journey.name, write, after, c.State)
		}
	}
	if err := journey.holds(w, id, done); err != nil {
		t.Errorf("%s, write %d, after %v: %v", journey.name, write, after, err)
	}
	return reached
}
