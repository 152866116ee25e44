//go:build !race

// A table of all states is long and has one goroutine: it runs without the race
// detector.

package connection_test

import (
	"testing"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
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
			c := w.connectIn(state)
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
				c := w.connectIn(state)
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

// Uninstalling waits for the keychain once at most, in whatever state the connection
// is. The receipt says why the provider could not be told; it is told when the
// keychain opens, and not before.
func TestUninstallInEveryStateWithTheKeychainGone(t *testing.T) {
	locked, absent := fault.Errorf(fault.KeychainLocked, "locked"), fault.Errorf(fault.KeychainAbsent, "absent")
	ways := map[string]struct {
		lose   func(*keys) (back func())
		first  connection.Outcome
		detail fault.Code
		later  connection.Outcome
	}{
		"hangs":  {(*keys).hang, connection.OutcomePending, fault.KeychainLocked, connection.OutcomeRevoked},
		"locked": {failing(locked), connection.OutcomePending, fault.KeychainLocked, connection.OutcomeRevoked},
		"absent": {failing(absent), connection.OutcomePending, fault.KeychainAbsent, connection.OutcomeRevoked},
		"wiped":  {wiped, connection.OutcomeGaveUp, fault.KeychainKeyLost, connection.OutcomeGaveUp},
	}
	for _, state := range connection.States {
		for name, way := range ways {
			if state == connection.Offline {
				continue // never stored
			}
			t.Run(string(state)+" "+name, func(t *testing.T) {
				w := newWorld(t)
				c := w.connectIn(state)
				w.patience = 100 * time.Millisecond
				w.Service.Close()
				w.start() // with the key no longer in memory
				back := way.lose(w.keys)
				defer back()

				r := w.uninstall(c.ID)
				if r.Outcome != way.first || r.Detail != string(way.detail) || len(w.rows()) != 0 {
					t.Fatalf("outcome %s (%s), %d rows", r.Outcome, r.Detail, len(w.rows()))
				}
				if calls := w.keys.calls(); name == "hangs" && calls != 1 {
					t.Errorf("waited for %d calls", calls)
				}
				w.clock.advance(time.Hour)
				w.RevokeDue(t.Context())
				if asked := len(w.auth.Seen(oauthtest.Revoke)); asked != 0 {
					t.Errorf("the provider was told %d times", asked)
				}
				back()
				if way.later == connection.OutcomeRevoked {
					w.until("the keychain answers", func() bool { return w.vault.Ready(t.Context()) == nil })
				}
				w.Unlocked()
				w.until("nothing is left to do", func() bool { return len(w.revocations()) == 0 })
				if r, err := w.Receipt(t.Context(), r.ID); err != nil || r.Outcome != way.later {
					t.Errorf("later the outcome is %s, %v", r.Outcome, err)
				}
			})
		}
	}
}

func failing(err error) func(*keys) func() {
	return func(k *keys) func() {
		k.set(err)
		return func() { k.set(nil) }
	}
}

func wiped(k *keys) func() {
	k.wipe()
	return func() {}
}
