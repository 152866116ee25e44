package oauth

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
)

// exchange trades a code for a grant. It is tried once: a code works once.
func (p *Protocol) exchange(ctx context.Context, a *Attempt, code string) (Grant, error) {
	values := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {a.redirect},
	}
	if a.provider.PKCE != PKCERefused {
		values.Set("code_verifier", a.keys.verifier)
	}
	return p.grant(ctx, tokenCall("code exchange", a.provider.Token, a.provider, a.client, values))
}

// Knows asks the provider about a client by trading a code that cannot exist, and
// returns an InvalidClient error if it says that it does not know the client or
// its secret. Anything else, no answer included, leaves the question open: nil.
func (p *Protocol) Knows(ctx context.Context, pr Provider, c Client) error {
	if err := p.ready(pr, c, "token", pr.Token); err != nil {
		return err
	}
	values := url.Values{
		"grant_type": {"authorization_code"}, "code": {random(32)}, "code_verifier": {oauth2.GenerateVerifier()},
		"redirect_uri": {or(c.RedirectURI, pr.Redirect.URI())},
	}
	if pr.Authorization == "" {
		values = url.Values{"grant_type": {deviceGrant}, "device_code": {random(32)}, "client_id": {c.ID}}
	}
	_, err := p.grant(ctx, tokenCall("client check", pr.Token, pr, c, values))
	// A 401 without a code may be about the code, and "unauthorized_client" about
	// anything: only what cannot be mistaken counts.
	if said, _ := ProviderSaid(err); ErrorKind(err) == InvalidClient && said != "" && said != "unauthorized_client" {
		return err
	}
	return nil
}

// Refresh trades a refresh token for a new grant. It makes exactly one request
// and never tries again: whether the old token survived is for the caller to
// find out ([Ambiguous]). One refresh of a token at a time is the caller's duty.
// InvalidGrant means that the token no longer works.
func (p *Protocol) Refresh(ctx context.Context, pr Provider, c Client, refresh Secret) (Grant, error) {
	if err := p.ready(pr, c, "token", pr.Token); err != nil {
		return Grant{}, err
	}
	endpoint := pr.Refresh
	if endpoint == "" {
		endpoint = pr.Token
	}
	values := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh.Reveal()}}
	return p.grant(ctx, tokenCall("refresh", endpoint, pr, c, values))
}

// Revoke asks the provider to end a token (RFC 7009); hint is "refresh_token",
// "access_token" or "". A token that the provider does not know counts as ended.
// After any [Temporary] error the token must be taken as alive.
func (p *Protocol) Revoke(ctx context.Context, pr Provider, c Client, token Secret, hint string) error {
	if err := p.ready(pr, c, "revocation", pr.Revocation); err != nil {
		return err
	}
	values := url.Values{"token": {token.Reveal()}}
	if hint != "" {
		values.Set("token_type_hint", hint)
	}
	// RFC 7009 knows forms only, whatever the token endpoint wants.
	pr.JSONBody = false
	a, err := p.send(ctx, call{
		purpose: "revoke", method: http.MethodPost, endpoint: pr.Revocation, provider: pr, client: c, values: values,
	})
	if err != nil {
		return err
	}
	err = a.refusal()
	if ErrorKind(err) == InvalidGrant {
		return nil
	}
	return err
}

// ready is what every request with a client needs first.
func (p *Protocol) ready(pr Provider, c Client, what, endpoint string) error {
	if err := needs(what, endpoint); err != nil {
		return err
	}
	if err := p.Check(pr); err != nil {
		return err
	}
	return c.check(pr)
}

// parting is how long a grant that nobody will use may take to be revoked.
const parting = 10 * time.Second

// discard revokes, as far as possible, a grant that nobody will use.
func (p *Protocol) discard(ctx context.Context, pr Provider, c Client, g Grant) {
	if pr.Revocation == "" || g.AccessToken == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer cancel()
	if g.RefreshToken != "" {
		_ = p.Revoke(ctx, pr, c, g.RefreshToken, "refresh_token")
	}
	_ = p.Revoke(ctx, pr, c, g.AccessToken, "access_token")
}
