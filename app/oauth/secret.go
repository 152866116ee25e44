package oauth

import (
	"fmt"

	"patchbay/app/secret"
)

// Secret is a token, a client secret or another value that must not be read by
// accident.
type Secret = secret.Text

// Format prints what the attempt is for and nothing of what it holds.
func (a *Attempt) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "sign-in at %s", a.host) }

// Format prints what the attempt is for and nothing of what it holds.
func (d *DeviceAttempt) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "device sign-in at %s", d.Host()) }
