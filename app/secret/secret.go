// Package secret holds values that must not be read by accident.
package secret

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
)

// Redacted is what stands in place of a secret wherever one would be printed.
const Redacted = "REDACTED"

// Text is a token, a client secret or another value that must not be read by
// accident. Every usual way of printing, logging, encoding or storing it yields
// REDACTED or an error; [Text.Reveal] is the only way to the value, so that a
// search for "Reveal" finds every place where one leaves.
//
// Two gaps are the standard library's: fmt cannot call methods on unexported
// struct fields (keep a Text in an exported field or behind a pointer), and
// encoding/json writes map keys as they are (do not key a map by Text).
type Text string

// Reveal returns the value itself.
func (s Text) Reveal() string { return string(s) }

// String returns REDACTED, or "" for an empty secret, so that a log still shows
// whether there was one.
func (s Text) String() string {
	if s == "" {
		return ""
	}
	return Redacted
}

// GoString returns what String returns, quoted.
func (s Text) GoString() string { return fmt.Sprintf("%q", s.String()) }

// Format prints what String returns, whatever the verb: %x must not show it.
func (s Text) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue returns what String returns.
func (s Text) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns what String returns; encoding/xml and gob use it.
func (s Text) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns what String returns, as a JSON string.
func (s Text) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// Value refuses: a secret is stored sealed or not at all.
func (s Text) Value() (driver.Value, error) {
	return nil, errors.New("a secret cannot be stored in clear")
}
