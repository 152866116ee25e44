// Package mail speaks SMTP for the outbox.
//
// A mail server is a stranger: it may hang, talk without end, offer no
// encryption or somebody else's certificate, and repeat the password in its
// answers. So every conversation has an end and a size, TLS is insisted on
// except for a server on this machine, and of what the server says one plain
// line is kept. Headers are built by the library from values that were checked
// before; domains of any script are sent in their ASCII form (RFC 5890).
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"golang.org/x/net/idna"

	"patchbay/app/outbox"
)

var _ outbox.Carrier = Carrier{}

// Carrier implements outbox.Carrier. Its zero value is ready for use.
type Carrier struct {
	// Roots are the certificate authorities to trust; nil is the system's.
	Roots *x509.CertPool
	// Limit is the longest conversation; 0 is a minute.
	Limit time.Duration
}

const limit = time.Minute

// Check implements outbox.Carrier.
func (c Carrier) Check(ctx context.Context, s outbox.Server) error {
	ctx, done := context.WithCancel(ctx)
	defer done()
	client, err := c.client(ctx, s)
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return met(err, s.Password)
	}
	_ = client.Close() // it has said all that we wanted to know
	return nil
}

// Carry implements outbox.Carrier.
func (c Carrier) Carry(ctx context.Context, s outbox.Server, l outbox.Letter) error {
	ctx, done := context.WithCancel(ctx)
	defer done()
	client, err := c.client(ctx, s)
	if err != nil {
		return err
	}
	message, err := compose(s, l)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, message)
	if err == nil || message.IsDelivered() {
		return nil // that the goodbye failed changes nothing
	}
	return met(err, s.Password)
}

// client prepares a conversation with s that ends with ctx.
func (c Carrier) client(ctx context.Context, s outbox.Server) (*gomail.Client, error) {
	host, err := asciiHost(s.Host)
	if err != nil {
		return nil, &outbox.Failure{Problem: outbox.HostUnknown}
	}
	line := line{
		life: ctx, limit: c.Limit, direct: s.Security == outbox.TLS,
		config: &tls.Config{ServerName: host, RootCAs: c.Roots, MinVersion: tls.VersionTLS12},
	}
	if line.limit == 0 {
		line.limit = limit
	}
	options := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(line.limit), gomail.WithTLSConfig(line.config),
		gomail.WithDialContextFunc(line.dial), gomail.WithoutNoop(), gomail.WithHELO("[127.0.0.1]"),
		gomail.WithTLSPolicy(gomail.NoTLS),
	}
	if s.Security == outbox.StartTLS {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithUsername(s.User), gomail.WithPassword(s.Password.Reveal()),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	client, err := gomail.NewClient(host, options...)
	if err != nil {
		return nil, &outbox.Failure{Problem: outbox.HostUnknown}
	}
	return client, nil
}

// compose turns a letter into a message. The same letter has the same Message-ID
// each time.
func compose(s outbox.Server, l outbox.Letter) (*gomail.Msg, error) {
	from, err := asciiAddress(s.From.Email)
	if err != nil {
		return nil, &outbox.Failure{Problem: outbox.SenderRefused}
	}
	to, err := asciiAddress(l.To.Email)
	if err != nil {
		return nil, &outbox.Failure{Problem: outbox.RecipientRefused}
	}
	m := gomail.NewMsg()
	m.FromMailAddress(&mail.Address{Name: s.From.Name, Address: from})
	m.AddToMailAddress(&mail.Address{Name: l.To.Name, Address: to})
	_, domain, _ := strings.Cut(from, "@")
	m.SetMessageIDWithValue(l.ID + "@" + domain)
	m.SetDateWithValue(l.MadeAt)
	m.SetUserAgent("Patchbay")
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no automatic answers, please
	m.Subject(l.Subject)
	m.SetBodyString(gomail.TypeTextPlain, l.Body)
	return m, nil
}

// asciiHost returns a host as DNS and certificates know it.
func asciiHost(host string) (string, error) {
	host = strings.Trim(host, "[]")
	if strings.Contains(host, ":") {
		return host, nil // an IPv6 address
	}
	return idna.Lookup.ToASCII(host)
}

func asciiAddress(email string) (string, error) {
	at := strings.LastIndexByte(email, '@')
	domain, err := idna.Lookup.ToASCII(email[at+1:])
	return email[:at+1] + domain, err
}
