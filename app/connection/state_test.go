package connection_test

import (
	"slices"
	"testing"

	"patchbay/app/connection"
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
