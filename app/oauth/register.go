package oauth

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Registration is what Patchbay tells a provider about itself.
type Registration struct {
	Name string
	// RedirectURIs are [RedirectRule.URI] with a fixed path.
	RedirectURIs []string
	Scopes       []string
	// InitialToken is for providers that let nobody register without one.
	InitialToken Secret
}

// The names that RFC 7591 §2 has for ways to authenticate.
var authNames = map[ClientAuth]string{
	AuthNone: "none", AuthBasic: "client_secret_basic", AuthPost: "client_secret_post",
}

// Register makes a client at the provider (RFC 7591): a native one, public where
// the provider allows that, bound to the provider. Calls at the same time for
// the same registration share one request and its client.
func (p *Protocol) Register(ctx context.Context, pr Provider, r Registration) (Client, error) {
	if err := needs("registration", pr.Registration); err != nil {
		return Client{}, err
	}
	if err := p.Check(pr); err != nil {
		return Client{}, err
	}
	key := fmt.Sprintf("%q", []any{pr.Identity(), pr.Registration, r.Name, r.RedirectURIs, r.Scopes})
	// A caller that gives up must not take the client away from the others.
	shared := context.WithoutCancel(ctx)
	flight := p.flights.DoChan(key, func() (any, error) { return p.register(shared, pr, r) })
	select {
	case result := <-flight:
		if result.Err != nil {
			return Client{}, result.Err
		}
		return result.Val.(Client), nil
	case <-ctx.Done():
		return Client{}, stopped(ctx, "register")
	}
}

func (p *Protocol) register(ctx context.Context, pr Provider, r Registration) (Client, error) {
	auth := pr.registrableAuth()
	a, err := p.send(ctx, call{
		purpose: "register", method: http.MethodPost, endpoint: pr.Registration, provider: pr,
		document: r.document(auth), bearer: r.InitialToken,
	})
	if err != nil {
		return Client{}, err
	}
	if err := a.refusal(); err != nil {
		return Client{}, err
	}
	fields, err := a.fields()
	if err != nil {
		return Client{}, a.unreadable("answered with something that is %v", err)
	}
	return p.registered(a, fields, auth)
}

// registrableAuth prefers a public client: a secret on every desktop is none.
func (pr Provider) registrableAuth() ClientAuth {
	if len(pr.AuthMethods) == 0 {
		return AuthNone
	}
	for _, auth := range []ClientAuth{AuthNone, AuthBasic, AuthPost} {
		if slices.Contains(pr.AuthMethods, authNames[auth]) {
			return auth
		}
	}
	return AuthNone
}

func (r Registration) document(auth ClientAuth) map[string]any {
	document := map[string]any{
		"client_name":                r.Name,
		"redirect_uris":              r.RedirectURIs,
		"grant_types":                []string{"authorization_code", "refresh_token"},
		"response_types":             []string{"code"},
		"token_endpoint_auth_method": authNames[auth],
		"application_type":           "native",
	}
	if len(r.Scopes) > 0 {
		document["scope"] = strings.Join(r.Scopes, " ")
	}
	return document
}

func (p *Protocol) registered(a *answer, fields map[string]any, asked ClientAuth) (Client, error) {
	c := Client{
		ID: text(fields["client_id"]), Secret: Secret(text(fields["client_secret"])), Auth: asked,
		Issuer:            a.provider.Identity(),
		RegistrationToken: Secret(text(fields["registration_access_token"])),
		RegistrationURI:   text(fields["registration_client_uri"]),
	}
	for auth, name := range authNames {
		if name == text(fields["token_endpoint_auth_method"]) {
			c.Auth = auth
		}
	}
	switch {
	case c.ID == "" || clean(c.ID) != c.ID:
		return Client{}, a.unreadable("answered without a usable client id")
	case c.Auth != AuthNone && c.Secret == "":
		return Client{}, a.unreadable("answered without the client secret that it asks for")
	case c.RegistrationToken != "" && !sendable(c.RegistrationToken.Reveal()):
		return Client{}, a.fail(Untrusted, "answered with a token that cannot be sent safely")
	}
	if c.RegistrationURI != "" {
		if _, err := p.gate(a.provider).open("client", c.RegistrationURI); err != nil {
			return Client{}, err
		}
	}
	// 0 is never (RFC 7591 §3.2.1).
	if at, err := strconv.ParseInt(text(fields["client_secret_expires_at"]), 10, 64); err == nil && at > 0 {
		c.SecretExpires = time.Unix(at, 0).UTC()
	}
	return c, nil
}

// Unregister deletes a client that Register made (RFC 7592). One that is gone
// already counts as deleted. Unsupported: the provider gave no way to do it.
func (p *Protocol) Unregister(ctx context.Context, pr Provider, c Client) error {
	if err := p.ready(pr, c, "client", c.RegistrationURI); err != nil {
		return err
	}
	a, err := p.send(ctx, call{
		purpose: "unregister", method: http.MethodDelete, endpoint: c.RegistrationURI,
		provider: pr, client: c, bearer: c.RegistrationToken,
	})
	if err != nil {
		return err
	}
	if a.status == http.StatusUnauthorized || a.status == http.StatusNotFound {
		return nil
	}
	return a.refusal()
}
