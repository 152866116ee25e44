package oauth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"patchbay/app/fault"
)

// Kind says what went wrong, finer than a fault.Code.
type Kind string

const (
	// Denied: the person declined (fault.Denied).
	Denied Kind = "denied"
	// AdminApproval: the provider's admin must agree first (fault.Denied).
	AdminApproval Kind = "admin_approval"
	// InvalidGrant: the code or refresh token no longer works (fault.SignInNeeded).
	InvalidGrant Kind = "invalid_grant"
	// InvalidClient: the provider does not know or refuses the client, or its
	// redirect URI (fault.ClientMisconfigured).
	InvalidClient Kind = "invalid_client"
	// InvalidScope: the client may not ask for these scopes (fault.ClientMisconfigured).
	InvalidScope Kind = "invalid_scope"
	// Refused: the provider said no with a code that has no kind of its own (fault.Invalid).
	Refused Kind = "refused"
	// Transient: the provider is broken for now (fault.Unavailable or fault.Timeout).
	Transient Kind = "transient"
	// RateLimited: the provider asks for patience (fault.RateLimited).
	RateLimited Kind = "rate_limited"
	// NoNetwork: no way to the provider from here: no route, no name, a proxy or
	// a network's own sign-in page in between (fault.Offline).
	NoNetwork Kind = "no_network"
	// NotJSON: an answer that cannot be read (fault.Unavailable).
	NotJSON Kind = "not_json"
	// TLS: the provider's certificate or encryption is not good (fault.Untrusted).
	TLS Kind = "tls"
	// Untrusted: an answer, address or listing broke a security rule (fault.Untrusted).
	Untrusted Kind = "untrusted"
	// Closed: the attempt was closed or cancelled here (fault.Canceled).
	Closed Kind = "closed"
	// Expired: nobody answered in time (fault.Timeout).
	Expired Kind = "expired"
	// PortInUse: the port that the redirect rule fixes is taken (fault.PortInUse).
	PortInUse Kind = "port_in_use"
	// Unsupported: the provider has no endpoint for this (fault.NotFound).
	Unsupported Kind = "unsupported"
	// Misused: what was asked for cannot be asked for (fault.Invalid and others).
	Misused Kind = "misused"
)

// Error is every error of this package. Its text never holds a secret, a URL's
// query or a provider's sentence.
type Error struct {
	Kind Kind
	// Code is the provider's error code, cleaned; "" when it sent none.
	Code string
	// Description is the provider's sentence, cleaned: plain text of at most 200
	// characters without control or direction characters, and without anything
	// secret that was sent to it. Show it as a quotation.
	Description string
	// RetryAfter is how long the provider asks to wait; 0 when it does not.
	RetryAfter time.Duration
	// Ambiguous says that the request may have had its effect although no
	// readable answer came back: a single-use token may be spent.
	Ambiguous bool

	text  string
	cause error
}

func (e *Error) Error() string { return e.text }

// Unwrap returns the cause that is safe to print, or nil.
func (e *Error) Unwrap() error { return e.cause }

// ErrorKind returns the kind of the first [Error] in err's chain, or "".
func ErrorKind(err error) Kind {
	if e := find(err); e != nil {
		return e.Kind
	}
	return ""
}

// RetryAfter returns how long the provider asked to wait, and whether it did.
func RetryAfter(err error) (time.Duration, bool) {
	e := find(err)
	if e == nil || e.RetryAfter <= 0 {
		return 0, false
	}
	return e.RetryAfter, true
}

// ProviderSaid returns the provider's error code and sentence, cleaned.
func ProviderSaid(err error) (code, description string) {
	if e := find(err); e != nil {
		return e.Code, e.Description
	}
	return "", ""
}

// Temporary reports whether the same request may work later: tokens are kept
// and the connection is not marked as ended.
func Temporary(err error) bool {
	switch ErrorKind(err) {
	case Transient, RateLimited, NoNetwork, NotJSON:
		return true
	}
	return false
}

// Ambiguous reports whether the provider may have acted on a request whose
// answer was lost; see [Error].
func Ambiguous(err error) bool {
	e := find(err)
	return e != nil && e.Ambiguous
}

func find(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// codes gives each kind its fault code.
var codes = map[Kind]fault.Code{
	Denied: fault.Denied, AdminApproval: fault.Denied, InvalidGrant: fault.SignInNeeded,
	InvalidClient: fault.ClientMisconfigured, InvalidScope: fault.ClientMisconfigured,
	Refused: fault.Invalid, Transient: fault.Unavailable, RateLimited: fault.RateLimited,
	NoNetwork: fault.Offline, NotJSON: fault.Unavailable, TLS: fault.Untrusted,
	Untrusted: fault.Untrusted, Closed: fault.Canceled, Expired: fault.Timeout,
	PortInUse: fault.PortInUse, Unsupported: fault.NotFound, Misused: fault.Invalid,
}

// wrap gives e its fault code, so that fault.CodeOf and ErrorKind both find it.
func wrap(e *Error) error { return wrapAs(codes[e.Kind], e) }

func wrapAs(code fault.Code, e *Error) error { return fault.Errorf(code, "%w", e) }

func failure(kind Kind, format string, args ...any) error {
	return wrap(&Error{Kind: kind, text: fmt.Sprintf(format, args...)})
}

func untrusted(format string, args ...any) error { return failure(Untrusted, format, args...) }

// stopped is the error for a caller that no longer waits.
func stopped(ctx context.Context, doing string) error {
	return wrapAs(fault.CodeOf(ctx.Err()), &Error{Kind: Closed, text: doing + ": stopped here", cause: ctx.Err()})
}

func invalid(code fault.Code, format string, args ...any) error {
	return wrapAs(code, &Error{Kind: Misused, text: fmt.Sprintf(format, args...)})
}
