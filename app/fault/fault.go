// Package fault names what can go wrong in a way that a person can act on.
//
// An error that leaves a noun package carries a [Code]. Go decides the code;
// the window owns the words and the button that go with it (one table,
// frontend/src/bridge/fault.ts). The error's own text is for logs and technical
// details: lower case, no full stop, saying what was being done.
//
// The text of an error must never carry a secret. What a provider answered is
// reduced to its error code before it becomes part of an error.
package fault

import (
	"context"
	"errors"
	"fmt"
)

// Code says what kind of trouble an error is, from the point of view of the
// person who has to do something about it.
type Code string

const (
	// Invalid: what was entered or sent breaks a rule; entering something else helps.
	Invalid Code = "invalid"
	// NotFound: the thing named does not exist, or no longer does.
	NotFound Code = "not_found"
	// Conflict: the thing is not in a state that allows this now.
	Conflict Code = "conflict"
	// Forbidden: the person lacks the right; somebody else may do it.
	Forbidden Code = "forbidden"
	// Offline: this machine has no network.
	Offline Code = "offline"
	// Timeout: no answer in time; trying again may help.
	Timeout Code = "timeout"
	// RateLimited: the provider asks for patience.
	RateLimited Code = "rate_limited"
	// Unavailable: the other side is broken for now.
	Unavailable Code = "unavailable"
	// Untrusted: an answer broke a security rule and was thrown away.
	Untrusted Code = "untrusted"
	// SignInNeeded: the provider no longer takes what we hold.
	SignInNeeded Code = "sign_in_needed"
	// Denied: the person, or the provider's admin, said no.
	Denied Code = "denied"
	// Canceled: the person stopped it, or closed the window.
	Canceled Code = "canceled"
	// ClientMisconfigured: the provider does not know, or refuses, our client.
	ClientMisconfigured Code = "client_misconfigured"
	// PortInUse: another program holds the port that is needed.
	PortInUse Code = "port_in_use"
	// NoBrowser: no window could be opened for signing in.
	NoBrowser Code = "no_browser"
	// KeychainAbsent: no keychain service answers on this machine.
	KeychainAbsent Code = "keychain_absent"
	// KeychainLocked: the keychain is there but locked.
	KeychainLocked Code = "keychain_locked"
	// KeychainKeyLost: the keychain works but no longer holds our key.
	KeychainKeyLost Code = "keychain_key_lost"
	// StorageFailed: the data folder could not be read or written.
	StorageFailed Code = "storage_failed"
	// Internal: a mistake of ours. Every error without a code is this.
	Internal Code = "internal"
)

// Codes lists every code, in the order above. The window's table of words is
// tested against it.
var Codes = []Code{
	Invalid, NotFound, Conflict, Forbidden, Offline, Timeout, RateLimited, Unavailable,
	Untrusted, SignInNeeded, Denied, Canceled, ClientMisconfigured, PortInUse, NoBrowser,
	KeychainAbsent, KeychainLocked, KeychainKeyLost, StorageFailed, Internal,
}

// Error is an error with a code and, where a single input is to blame, the name
// of that input.
type Error struct {
	Code  Code
	Field string
	err   error
}

func (e *Error) Error() string { return e.err.Error() }

func (e *Error) Unwrap() error { return e.err }

// Errorf returns an error that carries code. The format is fmt.Errorf's, %w included.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, err: fmt.Errorf(format, args...)}
}

// Field returns an [Invalid] error that blames the input called name.
func Field(name, format string, args ...any) error {
	return &Error{Code: Invalid, Field: name, err: fmt.Errorf(format, args...)}
}

// CodeOf returns the code of the outermost [Error] in err's chain. A cancelled
// or expired context counts as [Canceled] or [Timeout]; nil has the empty code;
// everything else is [Internal].
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	case errors.Is(err, context.Canceled):
		return Canceled
	}
	return Internal
}

// FieldOf returns the name of the input that err blames, or "".
func FieldOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}
