package oauth

import (
	"net/url"
	"time"
)

// PKCE says what a provider does with a code challenge (RFC 7636). The words are
// those of a listing; "" is PKCESupported.
type PKCE string

const (
	// PKCERequired refuses to begin when the provider's metadata lacks S256.
	PKCERequired PKCE = "required"
	// PKCESupported sends an S256 challenge; a provider that ignores it does no harm.
	PKCESupported PKCE = "supported"
	// PKCERefused sends none, for a provider that answers with an error to it.
	PKCERefused PKCE = "refused"
)

// Provider is one authorization server as a listing or its metadata describes
// it, with URL variables already filled in. Endpoints that the provider lacks
// are "".
type Provider struct {
	// Issuer is compared, as it is written, with the iss of answers (RFC 9207).
	Issuer              string
	Authorization       string
	Token               string
	Refresh             string // "" is Token
	Revocation          string
	Device              string
	Registration        string
	PushedAuthorization string

	// Hosts are the only hosts that this package talks to or sends a person to.
	// An entry is a host in ASCII with the port where it is not the scheme's
	// own; for a host that Options.AllowHTTP allows, a missing port is any.
	Hosts []string

	// IssAdvertised makes an answer without iss a refused one.
	IssAdvertised bool
	// RequirePAR pushes the request to PushedAuthorization first (RFC 9126).
	RequirePAR bool
	PKCE       PKCE
	// ChallengeMethods and AuthMethods are what metadata lists; nil is not said.
	// Discovered says that metadata was read at all.
	ChallengeMethods []string
	AuthMethods      []string
	Discovered       bool

	// ScopeSeparator joins scopes in a request; "" is a space. ScopeParameter is
	// the parameter they stand in; "" is "scope".
	ScopeSeparator string
	ScopeParameter string
	// AuthorizeParameters and TokenParameters are added to every authorization
	// and every token request. They cannot replace what the protocol sends.
	AuthorizeParameters map[string]string
	TokenParameters     map[string]string
	// JSONBody sends token requests as a JSON object instead of a form.
	JSONBody bool

	Response ResponseRule
	// CallbackKeep names parameters of the redirect that go into Grant.Kept.
	CallbackKeep []string
	Redirect     RedirectRule
	// Resource is the API that tokens are meant for (RFC 8707); "" is not sent.
	Resource string
	// DefaultAccessLife is used when an answer does not say; 0 is unknown.
	DefaultAccessLife time.Duration
}

// Identity names the provider: its issuer, or the origin of its token endpoint
// when the issuer is not known. Clients are bound to it.
func (pr Provider) Identity() string {
	if pr.Issuer != "" {
		return pr.Issuer
	}
	u, err := url.Parse(pr.Token)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// RedirectRule is what the provider accepts as the place to come back to.
type RedirectRule struct {
	// Host is "127.0.0.1" (also for "") or "localhost".
	Host string
	// Port 0 is any free one.
	Port int
	// Path starts with a slash; "" is a random one for each attempt.
	Path string
}

// URI returns the redirect URI to register, or to paste at the provider. Without
// a fixed port it has none, which RFC 8252 §7.3 makes match every port. A random
// path cannot be registered: fix Path first.
func (r RedirectRule) URI() string { return r.uri(r.Port) }

// ResponseRule says where things stand in the token endpoint's answer, as
// JSONPaths (RFC 9535), when they are not where RFC 6749 puts them. A path that
// is set is the only place looked at.
type ResponseRule struct {
	AccessToken  string
	RefreshToken string
	Scope        string
	ExpiresIn    string
	// ExpiresUnit is "seconds" (also for ""), "milliseconds", "minutes", or for
	// the moment of the end "unix", "unix_ms" or "rfc3339".
	ExpiresUnit string
	// TokenTypes are accepted beside "bearer".
	TokenTypes []string
	// Failed selects something only when an answer with status 200 is a
	// failure. Error is where a failure's code stands, in any answer ("" is
	// "$.error").
	Failed string
	Error  string
	// Keep names further values, which go into Grant.Kept.
	Keep map[string]string
}
