package connection_test

import (
	"slices"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
)

func TestStateTable(t *testing.T) {
	final := []connection.State{connection.Uninstalling}
	for _, from := range connection.States {
		_, stored := connection.Next[from]
		if stored == (from == connection.Offline) {
			t.Errorf("%s: only offline is never stored", from)
		}
		if !stored {
			continue
		}
		if !from.May(from) {
			t.Errorf("%s may not stay", from)
		}
		if !slices.Contains(final, from) && !from.May(connection.Uninstalling) {
			t.Errorf("%s cannot be uninstalled", from)
		}
		if from != connection.Uninstalling && !from.May(connection.Connected) {
			t.Errorf("nothing mends %s", from)
		}
		if from != connection.Uninstalling && !from.May(connection.PermissionMissing) {
			t.Errorf("a new sign-in with fewer permissions is refused in %s", from)
		}
		if from.May(connection.Connecting) && from != connection.Connecting || from.May(connection.Offline) {
			t.Errorf("%s becomes what it cannot be", from)
		}
		if pausable := from.May(connection.Paused); pausable == slices.Contains([]connection.State{connection.Connecting, connection.Uninstalling}, from) {
			t.Errorf("%s: pausable %v", from, pausable)
		}
		if from.Watched() && !from.Checkable() {
			t.Errorf("%s is watched and cannot be checked", from)
		}
		for _, to := range connection.Next[from] {
			if !slices.Contains(connection.States, to) {
				t.Errorf("%s leads to %s, which is not listed", from, to)
			}
		}
	}
}

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

func TestSeen(t *testing.T) {
	for _, state := range connection.States {
		if state.Seen(false) != state {
			t.Errorf("%s is shown as %s", state, state.Seen(false))
		}
		about := slices.Contains([]connection.State{connection.Connected, connection.Renewing, connection.Retrying, connection.ProviderDown, connection.Offline}, state)
		if shown := state.Seen(true); about != (shown == connection.Offline) || !about && shown != state {
			t.Errorf("offline, %s is shown as %s", state, shown)
		}
	}
}
