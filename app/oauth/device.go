package oauth

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DeviceAttempt is a sign-in that happens in any browser while this machine asks
// whether it is done (RFC 8628).
type DeviceAttempt struct {
	// UserCode is what the person types at VerificationURI, plain text.
	// VerificationURIComplete holds the code already; "" if there is none. Both
	// lie on a declared host.
	UserCode                string
	VerificationURI         string
	VerificationURIComplete string
	// Expires is when the code stops working, by Options.Now.
	Expires time.Time

	protocol *Protocol
	provider Provider
	client   Client
	code     Secret
	interval time.Duration
}

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

const (
	defaultInterval = 5 * time.Second
	longestInterval = time.Minute
	defaultCodeLife = 15 * time.Minute
)

// StartDevice asks the provider for a code to type.
func (p *Protocol) StartDevice(ctx context.Context, pr Provider, c Client, scopes []string) (*DeviceAttempt, error) {
	if err := p.ready(pr, c, "device", pr.Device); err != nil {
		return nil, err
	}
	if err := needs("token", pr.Token); err != nil {
		return nil, err
	}
	values := url.Values{}
	if c.auth() == AuthBasic {
		values.Set("client_id", c.ID) // RFC 8628 §3.1 wants it in the body in any case.
	}
	if len(scopes) > 0 {
		values.Set(or(pr.ScopeParameter, "scope"), strings.Join(scopes, or(pr.ScopeSeparator, " ")))
	}
	if pr.Resource != "" {
		values.Set("resource", pr.Resource)
	}
	a, err := p.send(ctx, call{
		purpose: "device sign-in", method: http.MethodPost, endpoint: pr.Device, provider: pr, client: c, values: values,
	})
	if err != nil {
		return nil, err
	}
	if err := a.refusal(); err != nil {
		return nil, err
	}
	fields, err := a.fields()
	if err != nil {
		return nil, a.unreadable("answered with something that is %v", err)
	}
	if err := a.refusedInside(fields); err != nil {
		return nil, err
	}
	return p.deviceAttempt(a, fields)
}

func (p *Protocol) deviceAttempt(a *answer, fields map[string]any) (*DeviceAttempt, error) {
	code := Secret(text(fields["device_code"]))
	d := &DeviceAttempt{
		UserCode: clean(text(fields["user_code"])), VerificationURI: text(fields["verification_uri"]),
		VerificationURIComplete: text(fields["verification_uri_complete"]),
		protocol:                p, provider: a.provider, client: a.client, code: code,
	}
	if d.VerificationURI == "" {
		d.VerificationURI = text(fields["verification_url"]) // the name before the RFC
	}
	if code == "" || d.UserCode == "" || len(d.UserCode) > 64 || d.VerificationURI == "" {
		return nil, a.unreadable("answered without a code to type")
	}
	for _, address := range []string{d.VerificationURI, d.VerificationURIComplete} {
		if address == "" {
			continue
		}
		if _, err := p.gate(a.provider).open("verification", address); err != nil {
			return nil, err
		}
	}
	d.interval = clamp(lifetime(fields["interval"], ""), defaultInterval, longestInterval)
	d.Expires = a.at.Add(clamp(lifetime(fields["expires_in"], ""), defaultCodeLife, 2*time.Hour))
	return d, nil
}

func clamp(d, otherwise, most time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return min(d, most)
}

// Host returns the host, in ASCII, that the person signs in to.
func (d *DeviceAttempt) Host() string { return hostOf(d.VerificationURI) }

// Wait asks until the person has decided, no faster than the provider allows.
// Errors: Denied, Expired, Closed when ctx ends (at once), and what the provider
// refuses with. Call it once.
func (d *DeviceAttempt) Wait(ctx context.Context) (Grant, error) {
	for {
		select {
		case <-ctx.Done():
			return Grant{}, stopped(ctx, "wait for the device sign-in")
		case <-d.protocol.after(d.interval):
		}
		if !d.protocol.now().Before(d.Expires) {
			return Grant{}, failure(Expired, "nobody signed in in time")
		}
		g, err := d.ask(ctx)
		if !d.again(err) {
			return g, ended(err)
		}
	}
}

// ask polls once. When ctx ends meanwhile, the answer is waited for elsewhere: a
// grant that it brings belongs to nobody and is revoked.
func (d *DeviceAttempt) ask(ctx context.Context) (Grant, error) {
	type result struct {
		grant Grant
		err   error
	}
	answered := make(chan result, 1)
	go func() {
		g, err := d.poll(context.WithoutCancel(ctx))
		answered <- result{g, err}
	}()
	select {
	case r := <-answered:
		return r.grant, r.err
	case <-ctx.Done():
		go func() { d.protocol.discard(context.Background(), d.provider, d.client, (<-answered).grant) }()
		return Grant{}, stopped(ctx, "wait for the device sign-in")
	}
}

func (d *DeviceAttempt) poll(ctx context.Context) (Grant, error) {
	values := url.Values{
		"grant_type": {deviceGrant}, "device_code": {d.code.Reveal()},
	}
	if d.client.auth() == AuthBasic {
		values.Set("client_id", d.client.ID)
	}
	return d.protocol.grant(ctx, tokenCall("device sign-in", d.provider.Token, d.provider, d.client, values))
}

// again reports whether to ask again, and how much later: RFC 8628 §3.5 adds five
// seconds for good after slow_down, and wants back-off after a lost connection.
func (d *DeviceAttempt) again(err error) bool {
	code, _ := ProviderSaid(err)
	switch {
	case code == "authorization_pending":
		return true
	case code == "slow_down":
		d.interval += 5 * time.Second
		return true
	case Temporary(err):
		wait, _ := RetryAfter(err)
		d.interval = max(min(2*d.interval, longestInterval), min(wait, longestInterval))
		return true
	}
	return false
}

// ended gives a code that ran out its own kind: nothing was granted yet.
func ended(err error) error {
	if code, _ := ProviderSaid(err); code == "expired_token" {
		return failure(Expired, "nobody signed in in time")
	}
	return err
}
