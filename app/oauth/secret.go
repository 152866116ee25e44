package oauth

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
)

// redacted is what stands in place of a secret wherever one would be printed.
const redacted = "REDACTED"

// Secret is a token, a client secret or another value that must not be read by
// accident. Every usual way of printing, logging, encoding or storing it yields
// REDACTED or an error; [Secret.Reveal] is the only way to the value, so that a
// search for "Reveal" finds every place where one leaves.
//
// Two gaps are the standard library's: fmt cannot call methods on unexported
// struct fields (keep a Secret in an exported field or behind a pointer), and
// encoding/json writes map keys as they are (do not key a map by Secret).
type Secret string

// Reveal returns the value itself.
func (s Secret) Reveal() string { return string(s) }

// String returns REDACTED, or "" for an empty secret, so that a log still shows
// whether there was one.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString returns what String returns, quoted.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// Format prints what String returns, whatever the verb: %x must not show it.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue returns what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns what String returns; encoding/xml and gob use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns what String returns, as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// Value refuses: a secret is stored sealed or not at all.
func (s Secret) Value() (driver.Value, error) {
	return nil, errors.New("a secret cannot be stored in clear")
}

// Format prints what the attempt is for and nothing of what it holds.
func (a *Attempt) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "sign-in at %s", a.host) }

// Format prints what the attempt is for and nothing of what it holds.
func (d *DeviceAttempt) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "device sign-in at %s", d.Host()) }
