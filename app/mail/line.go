package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"

	"patchbay/app/outbox"
)

// mostHeard is how much a server may say in one conversation.
const mostHeard = 1 << 20

var errTooMuch = errors.New("the server talks without end")

// line opens connections that end: after limit, or when too much came in.
type line struct {
	life   context.Context // of the conversation, not only of dialling
	limit  time.Duration
	direct bool // TLS from the first byte
	config *tls.Config
}

// dial is a gomail.DialContextFunc.
func (l line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	raw, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, unreached(err)
	}
	context.AfterFunc(l.life, func() { _ = raw.Close() })
	conn := &bounded{Conn: raw, end: time.Now().Add(l.limit), left: mostHeard}
	if !l.direct {
		return conn, nil
	}
	secured := tls.Client(conn, l.config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = raw.Close() // the handshake's error says more
		return nil, unsecured(err)
	}
	return secured, nil
}

func unreached(err error) error {
	var unknown *net.DNSError
	switch {
	case isTimeout(err):
		return &outbox.Failure{Problem: outbox.TooSlow}
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return &outbox.Failure{Problem: outbox.HostUnknown}
	}
	return &outbox.Failure{Problem: outbox.Unreachable}
}

func unsecured(err error) error {
	switch {
	case isCertificate(err):
		return &outbox.Failure{Problem: outbox.BadCertificate}
	case isTimeout(err):
		return &outbox.Failure{Problem: outbox.TooSlow}
	}
	return &outbox.Failure{Problem: outbox.NoTLS}
}

// bounded is a connection with an end that nobody can put off.
type bounded struct {
	net.Conn
	end  time.Time
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuch
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func (b *bounded) SetDeadline(t time.Time) error {
	if t.IsZero() || t.After(b.end) {
		t = b.end
	}
	return b.Conn.SetDeadline(t)
}
