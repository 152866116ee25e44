package oauth

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// bodyLimit is far above any honest answer.
	bodyLimit   = 1 << 20
	headerLimit = 64 << 10
)

// confine makes a client that follows no redirect (a 307 would send code and
// verifier again, to somebody else), keeps no cookies and checks certificates.
func confine(lent *http.Client) *http.Client {
	var transport http.RoundTripper = http.DefaultTransport
	if lent != nil && lent.Transport != nil {
		transport = lent.Transport
	}
	if t, ok := transport.(*http.Transport); ok {
		transport = strict(t.Clone())
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func strict(t *http.Transport) *http.Transport {
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = &tls.Config{}
	}
	t.TLSClientConfig.InsecureSkipVerify = false
	t.TLSClientConfig.MinVersion = max(t.TLSClientConfig.MinVersion, tls.VersionTLS12)
	t.MaxResponseHeaderBytes = headerLimit
	// A kept connection that the server has just closed makes it unknowable
	// whether a single-use token was spent. These requests are rare enough.
	t.DisableKeepAlives = true
	return t
}

// call is one request to a provider.
type call struct {
	purpose  string // for errors: "refresh", "code exchange"
	method   string
	endpoint string
	provider Provider
	client   Client
	values   url.Values // sent as a form, or as JSON when the provider wants that
	document any        // sent as JSON instead of values
	bearer   Secret
}

// answer is what came back, whole.
type answer struct {
	call
	host   string
	status int
	header http.Header
	body   []byte
	at     time.Time
}

// send makes the request and reads the answer. It fails when there is no whole
// answer; what the answer says is for the caller to judge.
func (p *Protocol) send(ctx context.Context, c call) (*answer, error) {
	u, err := p.gate(c.provider).open(c.purpose, c.endpoint)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, p.deadline)
	defer cancel()
	var sent atomic.Bool
	limited = httptrace.WithClientTrace(limited, &httptrace.ClientTrace{
		WroteHeaders: func() { sent.Store(true) },
	})
	req, err := c.request(limited, u)
	if err != nil {
		return nil, err
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, lost{c, u.Host, sent.Load()}.because(ctx, err)
	}
	defer resp.Body.Close()
	a := &answer{call: c, host: u.Host, status: resp.StatusCode, header: resp.Header, at: p.now()}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, bodyLimit+1))
	if err != nil {
		return nil, lost{c, u.Host, true}.because(ctx, err)
	}
	if len(a.body) > bodyLimit {
		return nil, a.unreadable("answered with more than %d bytes", bodyLimit)
	}
	return a, a.redirected()
}

func (c call) request(ctx context.Context, u *url.URL) (*http.Request, error) {
	header := http.Header{"Accept": {"application/json"}}
	body, err := c.encode(header)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, c.method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, invalid(codes[Misused], "%s: the request cannot be made", c.purpose)
	}
	req.Header = header
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer.Reveal())
	}
	return req, nil
}

func (c call) encode(header http.Header) ([]byte, error) {
	if c.values == nil && c.document == nil {
		return nil, nil
	}
	document := c.document
	if c.values != nil {
		c.client.apply(c.values, header)
		if !c.provider.JSONBody {
			header.Set("Content-Type", "application/x-www-form-urlencoded")
			return []byte(c.values.Encode()), nil
		}
		document = flat(c.values)
	}
	header.Set("Content-Type", "application/json")
	body, err := json.Marshal(document)
	if err != nil {
		return nil, invalid(codes[Misused], "%s: the request cannot be encoded", c.purpose)
	}
	return body, nil
}

func flat(values url.Values) map[string]string {
	m := make(map[string]string, len(values))
	for name := range values {
		m[name] = values.Get(name)
	}
	return m
}

// secrets lists what was sent and must not come back in an error's text.
func (c call) secrets() []string {
	list := []string{c.client.Secret.Reveal(), c.client.RegistrationToken.Reveal(), c.bearer.Reveal()}
	for name, values := range c.values {
		switch name {
		case "code", "code_verifier", "refresh_token", "token", "client_secret", "device_code", "state":
			list = append(list, values...)
		}
	}
	return list
}

// redirected refuses an answer that points elsewhere. To http it is most likely
// a network's own sign-in page; anything else has no business here.
func (a *answer) redirected() error {
	if a.status < 300 || a.status > 399 {
		return nil
	}
	if strings.HasPrefix(strings.ToLower(a.header.Get("Location")), "http://") {
		return a.fail(NoNetwork, "was redirected to an unprotected page")
	}
	return a.fail(Untrusted, "was redirected, which is not followed")
}
