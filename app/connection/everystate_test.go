//go:build !race

// A table of all states is long and has one goroutine: it runs without the race
// detector.

package connection_test

import (
	"testing"

	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
)

// What waits for a person is left alone, and what is watched mends itself.
func TestWatchInEveryState(t *testing.T) {
	for _, state := range connection.States {
		if state == connection.Offline || state == connection.Connecting || state == connection.Uninstalling {
			continue // not stored, or finished by TestKilledAtAnyWrite
		}
		t.Run(string(state), func(t *testing.T) {
			w := newWorld(t)
			c := w.connect()
			c.State = state
			_, err := w.disk.Save(t.Context(), c, nil)
			w.check(err)
			w.restart()
			before := w.api.asked()
			w.clock.advance(60e9)
			w.RunDue()
			want, asked := connection.Connected, 1
			if !state.Watched() {
				want, asked = state, 0
			}
			w.wantState(c.ID, want)
			if got := w.api.asked() - before; got != asked {
				t.Errorf("asked %d times", got)
			}
		})
	}
}

// What the provider answers to a check, and the state that it leads to from each state.
func TestCheckInEveryState(t *testing.T) {
	answers := map[string]struct {
		status int
		want   connection.State
	}{
		"works": {200, connection.Connected}, "down": {503, connection.Retrying},
		"revoked": {401, connection.Revoked}, "forbidden": {403, connection.PermissionMissing},
	}
	for _, state := range connection.States {
		if !state.Checkable() || state == connection.Offline {
			continue
		}
		for name, answer := range answers {
			t.Run(string(state)+" "+name, func(t *testing.T) {
				w := newWorld(t)
				c := w.connect()
				c.State = state
				_, err := w.disk.Save(t.Context(), c, nil)
				w.check(err)
				if answer.status != 200 {
					reply := oauthtest.Body(answer.status, "text/plain", "")
					w.api.answer(reply, reply)
				}
				want := answer.want
				if !state.May(want) {
					want = state // waiting for a person wins
				}
				w.checkNow(c.ID, want)
			})
		}
	}
}
