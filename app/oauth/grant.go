package oauth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Grant is what a provider gave: tokens and what they are good for.
type Grant struct {
	AccessToken Secret
	// RefreshToken is "" when the answer held none; after a refresh the old one
	// then stays good.
	RefreshToken Secret
	// Scopes are what was granted; nil means what was asked for (RFC 6749 §5.1),
	// after a refresh what was granted before.
	Scopes []string
	// Lifetime of the access token from ReceivedAt on; 0 is unknown. It is a
	// hint: a 401 always wins.
	Lifetime time.Duration
	// ReceivedAt is this machine's time, ProviderTime the provider's (its Date
	// header, UTC, whole seconds; zero if it sent none). The two show by how
	// much the clocks differ.
	ReceivedAt   time.Time
	ProviderTime time.Time
	// Kept holds the values named by ResponseRule.Keep and CallbackKeep. They
	// are the provider's: check them before they become part of an address.
	Kept map[string]string
}

// tokenCall is a request to the token endpoint.
func tokenCall(purpose, endpoint string, pr Provider, c Client, values url.Values) call {
	for name, value := range pr.TokenParameters {
		values.Set(name, value)
	}
	if pr.Resource != "" {
		values.Set("resource", pr.Resource)
	}
	return call{purpose: purpose, method: http.MethodPost, endpoint: endpoint, provider: pr, client: c, values: values}
}

// grant sends a token request and reads the grant out of its answer.
func (p *Protocol) grant(ctx context.Context, c call) (Grant, error) {
	a, err := p.send(ctx, c)
	if err != nil {
		return Grant{}, err
	}
	if err := a.refusal(); err != nil {
		return Grant{}, err
	}
	fields, err := a.fields()
	if err != nil {
		return Grant{}, a.unreadable("answered with something that is %v", err)
	}
	g, err := a.read(fields)
	if refused := a.refusedInside(fields); refused != nil {
		// Token and error at once: nobody will use the token, so it should not live.
		p.discard(ctx, c.provider, c.client, g)
		return Grant{}, refused
	}
	return g, err
}

// refusedInside finds the failure in an answer with status 200.
func (a *answer) refusedInside(fields map[string]any) error {
	rule := a.provider.Response
	failed := rule.Failed != "" && selects(rule.Failed, fields)
	code, description := providerError(fields, rule)
	if !failed && code == "" {
		return nil
	}
	return a.refused(code, description)
}

// read takes the grant out of a decoded answer.
func (a *answer) read(fields map[string]any) (Grant, error) {
	rule := a.provider.Response
	access := text(pick(rule.AccessToken, fields, "access_token"))
	refresh := text(pick(rule.RefreshToken, fields, "refresh_token"))
	switch {
	case access == "":
		return Grant{}, a.unreadable("answered without an access token")
	case !sendable(access), refresh != "" && !sendable(refresh):
		return Grant{}, a.fail(Untrusted, "answered with a token that cannot be sent safely")
	case !rule.usable(text(fields["token_type"])):
		return Grant{}, a.fail(Untrusted, "answered with a token that is not a bearer token")
	}
	g := Grant{
		AccessToken: Secret(access), RefreshToken: Secret(refresh), ReceivedAt: a.at,
		Scopes:   scopesOf(pick(rule.Scope, fields, "scope"), a.provider.ScopeSeparator),
		Lifetime: remaining(pick(rule.ExpiresIn, fields, "expires_in"), rule.ExpiresUnit, a.at),
		Kept:     map[string]string{},
	}
	if g.Lifetime == 0 {
		g.Lifetime = a.provider.DefaultAccessLife
	}
	if at, err := http.ParseTime(a.header.Get("Date")); err == nil {
		g.ProviderTime = at.UTC()
	}
	for name, path := range rule.Keep {
		if value := text(first(path, fields)); keepable(value) {
			g.Kept[name] = value
		}
	}
	return g, nil
}

// usable reports whether a token type may be sent as a bearer token. Where an
// answer has a form of its own, its types are the provider's own too; those that
// need a proof of possession (RFC 6749 §7.1, RFC 9449) never pass.
func (r ResponseRule) usable(tokenType string) bool {
	t := strings.ToLower(tokenType)
	if t == "" || t == "bearer" || slices.ContainsFunc(r.TokenTypes, func(s string) bool { return strings.EqualFold(s, t) }) {
		return true
	}
	return r.AccessToken != "" && !slices.Contains([]string{"mac", "pop", "dpop", "n_a"}, t)
}

// longestToken is far above what providers send and what servers take in a header.
const longestToken = 64 << 10

// sendable reports whether a token can stand in a header: visible ASCII
// (RFC 6749 appendix A.12), so that it cannot end the header and begin another.
func sendable(token string) bool {
	for i := range len(token) {
		if token[i] <= ' ' || token[i] > '~' {
			return false
		}
	}
	return len(token) <= longestToken
}

// keepable reports whether a further value is short plain text.
func keepable(value string) bool {
	return value != "" && len(value) <= 2048 && clean(value) == value || len(value) > shown && len(value) <= 2048 && sendable(value)
}

// scopesOf reads granted scopes: a list, or a text with the provider's separator.
// Spaces and commas separate too, since answers often differ from requests.
func scopesOf(value any, separator string) []string {
	var names []string
	switch v := value.(type) {
	case string:
		if separator != "" {
			v = strings.ReplaceAll(v, separator, " ")
		}
		names = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
	case []any:
		for _, item := range v {
			names = append(names, text(item))
		}
	}
	var scopes []string
	for _, name := range names {
		if name = clean(name); name != "" && !slices.Contains(scopes, name) {
			scopes = append(scopes, name)
		}
	}
	return scopes
}
