// Package replay plays providers for tests: one strict local server that behaves
// as each of the providers in [Providers] is documented to behave.
//
// A [Provider] is written from the provider's side and knows nothing of our
// listings: which addresses it has, how a client must show itself there, what it
// wants in a request, what its answers look like. [Server] refuses what the
// provider would refuse, and says why in [Server.Refused], so that a listing that
// gets one thing wrong cannot connect. Its transport leads every host name to the
// server, with certificates that fit, so a listing is tried exactly as it ships.
//
// What is not known of a provider is left open here rather than guessed: the
// server is then as lenient as RFC 6749 allows.
package replay

import (
	"net/http"
	"time"
)

// Provider is what one provider does. Addresses have no scheme: all are https.
type Provider struct {
	Name string // in the table of providers
	Slug string // the built-in listing for it

	// Form is what a person enters, Key an API key of the account, and Pick which
	// of several organisations they choose. Account and AccountName are whose
	// account the connection must turn out to be, Variables what it must know.
	Form                 map[string]string
	Key                  string
	Pick                 string
	Account, AccountName string
	Variables            map[string]string

	Sign, Token, Refresh, Device string
	// Verify is where a device's code is typed.
	Verify string
	// Secret is the client's; "" makes the client a public one, which is refused
	// when it sends any.
	Secret string
	// Auth lists how a client may show itself: "none", "basic", "post".
	Auth []string
	// Body lists what the token endpoint reads: "form", "json".
	Body      []string
	PKCE      PKCE
	Redirects Redirects
	Scopes    Scopes
	// SignNeeds are parameters without which the sign-in page shows an error, and
	// TokenNeeds those of a code's exchange; "" is any value.
	SignNeeds, TokenNeeds map[string]string
	// OfflineNeeds are parameters of the sign-in, and OfflineScope a scope, without
	// which no refresh token is given.
	OfflineNeeds map[string]string
	OfflineScope string
	// CallbackAdds come back beside the code.
	CallbackAdds map[string]string

	// Life is how long access tokens work; 0 is for ever.
	Life time.Duration
	// Rotation is what happens to a refresh token that is used.
	Rotation Rotation
	// Grant and Renewal make token answers; nil is Standard, and for Renewal what
	// Grant is.
	Grant, Renewal func(Issued) map[string]any
	// Refuse answers a token request that is refused; nil is as in RFC 6749 §5.2.
	Refuse func(code string) (status int, body map[string]any)

	Revoke *Revocation
	API    []Call
}

// PKCE is what a provider does with a code challenge.
type PKCE int

// Ignored is that of providers that do not know it, Checked holds a challenge
// that was sent against the verifier, Required refuses to begin without one.
const (
	Ignored PKCE = iota
	Checked
	Required
)

// Rotation is what happens to a refresh token that is used.
type Rotation int

// Kept stays the only one, Added brings another beside it, Replaced is good for
// one use. With None there are no refresh tokens.
const (
	Kept Rotation = iota
	Added
	Replaced
	None
)

// Redirects is which addresses may be registered and come back to.
type Redirects struct {
	// Hosts lists hosts of this machine that are taken over http; none makes https
	// addresses the only ones.
	Hosts []string
	// AnyPort: the port does not count (RFC 8252 §7.3).
	AnyPort bool
}

// Scopes is how permissions are asked for. Form is what each looks like, as a
// regular expression; "" means that the provider has none and ignores them.
type Scopes struct {
	Parameter, Separator, Form string
}

// Issued is a new grant for the answer to tell of. Refresh is "" when there is no
// new refresh token.
type Issued struct {
	Access, Refresh, Scope string
	Life                   time.Duration
}

// Revocation is how a grant is ended. Auth is how the request is authorized: as
// at the token endpoint ("client"), with the access token ("bearer"), with client
// id and secret in a basic header ("basic"), or not at all ("").
type Revocation struct {
	Method, URL, Auth string
	// JSON names the member of a JSON body that holds the token, which otherwise
	// is the form value "token".
	JSON string
	// Whole names a form value in place of the token: it ends every grant.
	Whole string
}

// Call is a request to the provider's API, as "GET host/path". It is refused
// without a token that works, and without Headers ("" is any value).
type Call struct {
	Request string
	Headers map[string]string
	// Token reads where the call carries the token; nil is a bearer header.
	Token func(*http.Request) string
	// Body must be in the request's body.
	Body   string
	Answer string
}
