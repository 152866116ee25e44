package oauth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// Request is what an attempt asks for.
type Request struct {
	Scopes []string
	// LoginHint prefills who signs in; "" is not sent.
	LoginHint string
}

// Attempt is one sign-in under way: a listener on this machine, the address to
// open, and the one answer. Its methods may be called by many goroutines. Close
// it when it is no longer wanted; nothing of it is on disk.
type Attempt struct {
	protocol *Protocol
	provider Provider
	client   Client
	request  Request
	keys     *keys
	door     *door
	redirect string
	host     string

	mu        sync.Mutex
	address   string
	goodUntil time.Time // of a pushed request; zero is without end
	launches  map[string]bool
	strays    int
	taken     bool // the one answer has come
	over      bool
	delivered bool
	grant     Grant
	err       error
	done      chan struct{}
}

// keys tie the answer to this attempt: state to the browser's way back, the
// verifier to the code (RFC 7636).
type keys struct{ state, verifier string }

// Begin starts a sign-in: it takes a port, makes fresh keys and, where the
// provider requires it, pushes the request. It opens no window. Errors:
// PortInUse, InvalidClient or Misused for the client, Untrusted for the provider
// (also when PKCE is required and its metadata does not offer S256), or what the
// pushed request brought.
func (p *Protocol) Begin(ctx context.Context, pr Provider, c Client, r Request) (*Attempt, error) {
	if err := p.mayBegin(pr, c); err != nil {
		return nil, err
	}
	rule := pr.Redirect
	if c.RedirectURI != "" {
		rule = RedirectRule{} // the listener only launches the browser
	}
	if rule.Path == "" {
		rule.Path = "/" + random(16)
	}
	// The port is taken before the address is made: one that was only looked up
	// could be another program's by the time the answer comes.
	d, err := listen(ctx, rule)
	if err != nil {
		return nil, err
	}
	a := &Attempt{
		protocol: p, provider: pr, client: c, request: r, door: d, redirect: or(c.RedirectURI, rule.uri(d.port)),
		keys:     &keys{state: random(32), verifier: oauth2.GenerateVerifier()},
		launches: map[string]bool{}, done: make(chan struct{}),
	}
	if err := a.prepare(ctx); err != nil {
		d.shut(true)
		return nil, err
	}
	a.host = hostOf(a.address)
	d.open(loopback{a, rule.Path}, p.deadline)
	go a.expire(p.after(p.life))
	return a, nil
}

func (p *Protocol) mayBegin(pr Provider, c Client) error {
	if err := p.ready(pr, c, "sign-in", pr.Authorization); err != nil {
		return err
	}
	if err := needs("token", pr.Token); err != nil {
		return err
	}
	if pr.RequirePAR {
		if err := needs("pushed request", pr.PushedAuthorization); err != nil {
			return err
		}
	}
	if err := pr.Redirect.check(); err != nil {
		return err
	}
	return pr.checkPKCE()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// random returns n random bytes as text for a URL.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// RedirectURI returns where the provider sends the answer.
func (a *Attempt) RedirectURI() string { return a.redirect }

// Host returns the host, in ASCII, that the person signs in to.
func (a *Attempt) Host() string { return a.host }

// Strays returns how many answers came that did not belong to this attempt.
func (a *Attempt) Strays() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.strays
}

// URL returns the authorization URL, to show and to copy. It holds no character
// that programs which open URLs stumble over. A pushed request in it may be good
// for a minute only; [Attempt.LaunchURL] makes a new one when needed.
func (a *Attempt) URL() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.address
}

// LaunchURL returns an address on this machine that leads to the authorization
// URL. It works once; every call returns another. A browser started with it has
// nothing secret in its argument list, which every program can read.
func (a *Attempt) LaunchURL() string {
	token := random(16)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.launches[token] = true
	return "http://" + a.door.host + "/" + token + "/start"
}

// Wait returns the grant, exchanged as soon as the code arrived. When ctx ends
// first, the error is Closed and the attempt goes on: Wait again, or Close.
// Other kinds: Denied and what else the provider answered, Untrusted for an
// answer that broke a rule, Expired, Closed, and those of a token request.
func (a *Attempt) Wait(ctx context.Context) (Grant, error) {
	select {
	case <-a.done:
	case <-ctx.Done():
		select {
		case <-a.done:
		default:
			return Grant{}, stopped(ctx, "wait for the sign-in")
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.delivered = true
	return a.grant, a.err
}

// Close ends the attempt: the port is closed when it returns. A grant that
// arrives later, or that nobody waited for, is revoked where the provider can.
func (a *Attempt) Close() {
	a.finish(Grant{}, failure(Closed, "the sign-in was closed"), true)
	a.mu.Lock()
	orphan := !a.delivered
	a.delivered = true
	g := a.grant
	a.mu.Unlock()
	if orphan {
		go a.protocol.discard(context.Background(), a.provider, a.client, g)
	}
}

// finish records how the attempt ended; the first ending counts.
func (a *Attempt) finish(g Grant, err error, quiet bool) {
	a.mu.Lock()
	if a.over {
		a.mu.Unlock()
		a.protocol.discard(context.Background(), a.provider, a.client, g)
		return
	}
	a.over, a.grant, a.err = true, g, err
	a.mu.Unlock()
	a.door.shut(quiet)
	close(a.done)
}

// expire ends an attempt that nobody answered. The timer runs on the monotonic
// clock, which stands still while the machine sleeps.
func (a *Attempt) expire(late <-chan time.Time) {
	select {
	case <-a.done:
	case <-late:
		a.mu.Lock()
		taken := a.taken
		a.mu.Unlock()
		if !taken {
			a.finish(Grant{}, failure(Expired, "nobody signed in in time"), true)
		}
	}
}

// own reports whether values belong to this attempt.
func (a *Attempt) own(values url.Values) bool {
	state := values["state"]
	return len(state) == 1 && subtle.ConstantTimeCompare([]byte(state[0]), []byte(a.keys.state)) == 1
}

// take claims the one answer.
func (a *Attempt) take() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.taken || a.over {
		return false
	}
	a.taken = true
	return true
}
