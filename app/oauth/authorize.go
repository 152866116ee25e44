package oauth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// checkPKCE refuses before a window opens where the code would not be protected
// as promised. A provider that offers plain only is refused too: plain shows the
// verifier to whoever sees the request.
func (pr Provider) checkPKCE() error {
	s256 := slices.Contains(pr.ChallengeMethods, "S256")
	switch {
	case len(pr.ChallengeMethods) > 0 && !s256:
		return untrusted("the provider offers no S256 code challenge")
	case pr.PKCE == PKCERequired && pr.Discovered && !s256:
		return untrusted("a code challenge is required, and the provider does not offer S256")
	}
	return nil
}

// prepare makes the address to open, pushing the request first where required.
func (a *Attempt) prepare(ctx context.Context) error {
	u, err := a.protocol.gate(a.provider).open("sign-in", a.provider.Authorization)
	if err != nil {
		return err
	}
	values, until := a.parameters(), time.Time{}
	if a.provider.RequirePAR {
		if values, until, err = a.push(ctx, values); err != nil {
			return err
		}
	}
	query := u.Query()
	for name := range values {
		query.Set(name, values.Get(name))
	}
	u.RawQuery = query.Encode()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.address, a.goodUntil = plainURL(u), until
	return nil
}

func (a *Attempt) parameters() url.Values {
	pr := a.provider
	values := url.Values{}
	for name, value := range pr.AuthorizeParameters {
		values.Set(name, value)
	}
	values.Set("response_type", "code")
	values.Set("client_id", a.client.ID)
	values.Set("redirect_uri", a.redirect)
	values.Set("state", a.keys.state)
	if pr.PKCE != PKCERefused {
		values.Set("code_challenge", oauth2.S256ChallengeFromVerifier(a.keys.verifier))
		values.Set("code_challenge_method", "S256")
	}
	if len(a.request.Scopes) > 0 {
		values.Set(or(pr.ScopeParameter, "scope"), strings.Join(a.request.Scopes, or(pr.ScopeSeparator, " ")))
	}
	if a.request.LoginHint != "" {
		values.Set("login_hint", a.request.LoginHint)
	}
	if pr.Resource != "" {
		values.Set("resource", pr.Resource)
	}
	return values
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// pushMargin is how long before its end a pushed request is no longer opened.
const pushMargin = 5 * time.Second

// push sends the parameters ahead (RFC 9126) and returns the two that are left
// for the address, and until when they work.
func (a *Attempt) push(ctx context.Context, values url.Values) (url.Values, time.Time, error) {
	pr := a.provider
	pr.JSONBody = false // RFC 9126 §2.1 knows forms only.
	reply, err := a.protocol.send(ctx, call{
		purpose: "push the request", method: http.MethodPost, endpoint: pr.PushedAuthorization,
		provider: pr, client: a.client, values: values,
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	if err := reply.refusal(); err != nil {
		return nil, time.Time{}, err
	}
	fields, err := reply.fields()
	if err != nil {
		return nil, time.Time{}, reply.unreadable("answered with something that is %v", err)
	}
	uri := text(fields["request_uri"])
	if uri == "" || !sendable(uri) || len(uri) > 2048 {
		return nil, time.Time{}, reply.unreadable("answered without a usable request_uri")
	}
	life := lifetime(fields["expires_in"], "")
	if life == 0 {
		life = time.Minute
	}
	return url.Values{"client_id": {a.client.ID}, "request_uri": {uri}}, reply.at.Add(life - pushMargin), nil
}

// fresh returns the address to open now.
func (a *Attempt) fresh(ctx context.Context) (string, error) {
	a.mu.Lock()
	until, address := a.goodUntil, a.address
	a.mu.Unlock()
	if until.IsZero() || a.protocol.now().Before(until) {
		return address, nil
	}
	if err := a.prepare(ctx); err != nil {
		return "", err
	}
	return a.URL(), nil
}

// awkward are characters that are legal in a URL and refused, or taken for a
// command, by programs that open URLs.
var awkward = strings.NewReplacer("~", "%7E", "(", "%28", ")", "%29", "*", "%2A", "!", "%21", "$", "%24", ";", "%3B", "'", "%27")

func plainURL(u *url.URL) string { return awkward.Replace(u.String()) }
