package sandbox

import (
	"net/url"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// nativeClient is the one client that is registered with an app.
type nativeClient struct{ app *app }

var _ op.HasRedirectGlobs = nativeClient{}

func (nativeClient) GetID() string                       { return ClientID }
func (nativeClient) RedirectURIs() []string              { return nil }
func (nativeClient) PostLogoutRedirectURIs() []string    { return nil }
func (nativeClient) ApplicationType() op.ApplicationType { return op.ApplicationTypeNative }
func (nativeClient) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodNone }
func (nativeClient) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeBearer }
func (nativeClient) IDTokenLifetime() time.Duration      { return 0 }
func (nativeClient) DevMode() bool                       { return false }
func (nativeClient) IDTokenUserinfoClaimsAssertion() bool {
	return false
}
func (nativeClient) ClockSkew() time.Duration { return 0 }

func (nativeClient) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}

func (nativeClient) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
}

// RedirectURIGlobs lets the client choose port and path. The library matches the
// text only, so isLoopbackRedirect looks at the parsed address as well.
func (nativeClient) RedirectURIGlobs() []string           { return []string{"http://127.0.0.1:*/**"} }
func (nativeClient) PostLogoutRedirectURIGlobs() []string { return nil }

// LoginURL is relative to the authorization endpoint.
func (c nativeClient) LoginURL(id string) string {
	return "/" + c.app.slug + "/sign-in?request=" + url.QueryEscape(id)
}

func (c nativeClient) IsScopeAllowed(scope string) bool { return c.app.hasScope(scope) }

func (nativeClient) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func([]string) []string { return nil }
}

func (nativeClient) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}

// isLoopbackRedirect refuses what the glob lets through: user names that hide
// another host, and fragments (RFC 6749 section 3.1.2).
func isLoopbackRedirect(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Scheme == "http" && u.Hostname() == "127.0.0.1" && u.Port() != "" &&
		u.User == nil && u.Fragment == "" && u.RawFragment == "" && u.Opaque == ""
}
