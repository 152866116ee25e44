package oauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"patchbay/app/fault"
)

// lost is a request that brought no whole answer.
type lost struct {
	call
	host string
	sent bool
}

// because turns what the HTTP client said into an error. The client's own error
// is not passed on: it holds the URL, and may quote the server.
func (l lost) because(ctx context.Context, err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return l.fail(Closed, fault.Canceled, "stopped here", context.Canceled)
	case timedOut(ctx, err):
		return l.fail(Transient, fault.Timeout, "no answer in time", context.DeadlineExceeded)
	case brokenTLS(err):
		return l.fail(TLS, fault.Untrusted, "no trusted encryption: "+clean(err.Error()), nil)
	case unreachable(err):
		return l.fail(NoNetwork, fault.Offline, "no way there", nil)
	}
	return l.fail(Transient, fault.Unavailable, "the connection broke", nil)
}

func (l lost) fail(kind Kind, code fault.Code, what string, cause error) error {
	return wrapAs(code, &Error{
		Kind: kind, Ambiguous: l.sent, cause: cause,
		text: fmt.Sprintf("%s at %s: %s", l.purpose, clean(l.host), what),
	})
}

func timedOut(ctx context.Context, err error) bool {
	var n net.Error
	return ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

func brokenTLS(err error) bool {
	var (
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		expired   x509.CertificateInvalidError
		record    tls.RecordHeaderError
		op        *net.OpError
	)
	if errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &name) ||
		errors.As(err, &expired) || errors.As(err, &record) {
		return true
	}
	// crypto/tls has no exported type for what the other side objects to.
	return errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error") ||
		strings.HasPrefix(err.Error(), "tls: ")
}

func unreachable(err error) bool {
	var (
		dns *net.DNSError
		op  *net.OpError
	)
	if errors.As(err, &dns) || netDown(err) {
		return true
	}
	// A proxy that wants a password: net/http has no type for it.
	return errors.As(err, &op) && op.Op == "proxyconnect" ||
		strings.Contains(err.Error(), "Proxy Authentication Required")
}
