package notify

import (
	"context"
	"strings"

	"patchbay/app/alert"
)

// Intent is what a person wants who answered a notification.
type Intent struct {
	// Alert is the alert meant, which stands; or "" to show all alerts.
	Alert string
	// Do is [Show], [Snooze] (for [SnoozeFor]) or the alert's own remedy.
	Do string
}

// Respond turns the desk's answer into an intent. Any program of the session may
// send one, so it is not trusted: what is not a button of a standing alert only
// shows something, and carrying out an intent still asks for the person's rights.
func (n *Notifier) Respond(ctx context.Context, notificationID, buttonID string) Intent {
	id, ok := strings.CutPrefix(notificationID, aboutAlert)
	if !ok {
		return Intent{Do: Show}
	}
	a, err := n.Alerts.Find(ctx, id)
	if err != nil || !a.Standing() {
		return Intent{Do: Show}
	}
	d, _ := alert.DeclarationOf(a.Kind)
	if buttonID == Snooze || buttonID == string(d.Remedy) && runsFromDesk(d.Remedy) {
		return Intent{Alert: id, Do: buttonID}
	}
	return Intent{Alert: id, Do: Show}
}
