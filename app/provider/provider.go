// Package provider describes the services on the other side: where a provider's
// endpoints are, which client it wants, what it lets a desktop program do, and
// how to tell whether a connection to it works.
//
// The description is data. It is written in a listing, checked there, and
// carried out by package connection; nothing in Patchbay knows a provider by
// name. What one provider does differently from RFC 6749 is a field here.
package provider

// Provider says how an account at the app's provider is connected. Texts and
// URLs may hold {{variables.name}}, filled in before anything is opened.
type Provider struct {
	// Kind is "oauth2" or "api_key", or "none" for a listing that can only be read.
	Kind string `json:"kind"`
	// Grant is how OAuth gets the person's yes: "code" (RFC 6749, with PKCE) or
	// "device" (RFC 8628).
	Grant string `json:"grant,omitempty"`
	// Issuer is where RFC 8414 metadata is read; Endpoints wins over it.
	Issuer    string     `json:"issuer,omitempty"`
	Endpoints Endpoints  `json:"endpoints,omitzero"`
	Variables []Variable `json:"variables,omitempty"`
	Client    Client     `json:"client,omitzero"`
	Redirect  Redirect   `json:"redirect,omitzero"`
	// TokenAuth is how the client shows itself at the token endpoint: "none",
	// "basic" or "post".
	TokenAuth string `json:"tokenAuth,omitempty"`
	// TokenBody is "form" (the default) or "json".
	TokenBody string `json:"tokenBody,omitempty"`
	// PKCE is "required", "supported" or "refused".
	PKCE                string            `json:"pkce,omitempty"`
	Scopes              Scopes            `json:"scopes,omitzero"`
	AuthorizeParameters map[string]string `json:"authorizeParameters,omitempty"`
	TokenParameters     map[string]string `json:"tokenParameters,omitempty"`
	Response            Response          `json:"response,omitzero"`
	// CallbackKeep names parameters of the redirect that become variables.
	CallbackKeep []string  `json:"callbackKeep,omitempty"`
	Lookups      []Lookup  `json:"lookups,omitempty"`
	Lifetimes    Lifetimes `json:"lifetimes,omitzero"`
	Revoke       *Request  `json:"revoke,omitempty"`
	RevokePage   string    `json:"revokePage,omitempty"`
	APIKey       *APIKey   `json:"apiKey,omitempty"`
	APIAuth      APIAuth   `json:"apiAuth,omitzero"`
	APIBase      string    `json:"apiBase,omitempty"`
	Hosts        []string  `json:"hosts"`
	Probe        *Probe    `json:"probe,omitempty"`
	Identity     Identity  `json:"identity,omitzero"`
	// EmbeddedWindow is "allowed", "refused" or "unknown": whether the provider
	// takes sign-ins from a window that is not a browser's.
	EmbeddedWindow string `json:"embeddedWindow,omitempty"`
	// Confidence is "checked" for facts read at the source and "unverified" for
	// the rest; the window says so.
	Confidence string `json:"confidence,omitempty"`
	// Notes are things an admin should know before connecting.
	Notes []string `json:"notes,omitempty"`
}

// Endpoints are the provider's addresses. Refresh is "" when it is Token.
type Endpoints struct {
	Authorization string `json:"authorization,omitempty"`
	Token         string `json:"token,omitempty"`
	Refresh       string `json:"refresh,omitempty"`
	Revocation    string `json:"revocation,omitempty"`
	Device        string `json:"device,omitempty"`
	Registration  string `json:"registration,omitempty"`
}

// Variable is a part of an address that differs per customer. From is "form"
// (asked before connecting), "callback" (see CallbackKeep), "token" (see
// Response.Keep) or "lookup". A value is used only if Pattern matches it.
type Variable struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Help    string `json:"help,omitempty"`
	Pattern string `json:"pattern"`
	Example string `json:"example"`
	Default string `json:"default,omitempty"`
	From    string `json:"from"`
	// Secret marks a value that is kept sealed and never shown.
	Secret bool `json:"secret,omitempty"`
}

// Client says whose OAuth client is used. Kind is "public" (ID ships here),
// "registered" (made automatically, RFC 7591), "own" (the admin makes an app at
// the provider and enters it) or "forbidden" (Forbidden says why).
type Client struct {
	Kind         string   `json:"kind,omitempty"`
	ID           string   `json:"id,omitempty"`
	SecretNeeded bool     `json:"secretNeeded,omitempty"`
	Console      string   `json:"console,omitempty"`
	AppType      string   `json:"appType,omitempty"`
	Steps        []string `json:"steps,omitempty"`
	Forbidden    string   `json:"forbidden,omitempty"`
}

// Redirect is what the provider accepts as the place to come back to. Host is
// "127.0.0.1" or "localhost"; Port 0 is any; Path "" is a random one. HTTPSOnly
// means that no desktop program can be redirected to: the admin registers a page
// of their own, and the person brings the answer from there.
type Redirect struct {
	Host      string `json:"host,omitempty"`
	Port      int    `json:"port,omitempty"`
	Path      string `json:"path,omitempty"`
	HTTPSOnly bool   `json:"httpsOnly,omitempty"`
}

// Scopes are the permissions asked for, each with its reason in plain words.
// Separator stands between them, in the parameter called Parameter ("" is scope).
type Scopes struct {
	Separator string  `json:"separator,omitempty"`
	Parameter string  `json:"parameter,omitempty"`
	Required  []Scope `json:"required,omitempty"`
	Optional  []Scope `json:"optional,omitempty"`
}

// Scope is one permission. Access is "read", "write" or "admin".
type Scope struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
	Access string `json:"access"`
}

// Response says where things stand in the token endpoint's answer, as JSONPaths,
// when they are not where RFC 6749 puts them. Failed selects something only when
// a 200 is a failure; Keep names further values that become variables.
type Response struct {
	AccessToken  string            `json:"accessToken,omitempty"`
	RefreshToken string            `json:"refreshToken,omitempty"`
	Scope        string            `json:"scope,omitempty"`
	ExpiresIn    string            `json:"expiresIn,omitempty"`
	ExpiresUnit  string            `json:"expiresUnit,omitempty"`
	Failed       string            `json:"failed,omitempty"`
	Error        string            `json:"error,omitempty"`
	Keep         map[string]string `json:"keep,omitempty"`
}

// Lookup is a call made once after connecting, for a value that addresses need.
// Where Path selects several the person chooses; Label selects as many names by
// which people know them.
type Lookup struct {
	Name    string  `json:"name"`
	Request Request `json:"request"`
	Path    string  `json:"path"`
	Label   string  `json:"label,omitempty"`
}

// Lifetimes are Go durations ("30m", "720h"); "" is unknown, "never" has no end.
type Lifetimes struct {
	Access        string `json:"access,omitempty"`
	Refresh       string `json:"refresh,omitempty"`
	RefreshIdle   string `json:"refreshIdle,omitempty"`
	RefreshRotate bool   `json:"refreshRotate,omitempty"`
}

// APIKey says what an admin enters instead of signing in, and where it is made.
type APIKey struct {
	Label   string `json:"label"`
	Help    string `json:"help,omitempty"`
	Page    string `json:"page,omitempty"`
	Pattern string `json:"pattern,omitempty"`
}

// APIAuth says how calls carry the token or key. In is "header" (the default),
// "query" or "basic"; Name and Prefix default to Authorization and "Bearer ".
// For basic, Template makes user:password, for example "{{token}}:".
type APIAuth struct {
	In       string            `json:"in,omitempty"`
	Name     string            `json:"name,omitempty"`
	Prefix   *string           `json:"prefix,omitempty"`
	Template string            `json:"template,omitempty"`
	Headers  map[string]string `json:"headers,omitempty"`
}

// Probe is the call that shows whether a connection works. Every is a Go
// duration; "" means hourly.
type Probe struct {
	Request
	Every string `json:"every,omitempty"`
}

// Identity says where the account's id and name stand in the probe's answer, as
// JSONPaths joined with " + ", or {{variables.name}}. A path may hold variables in
// quotes, to find what was chosen in a look-up.
type Identity struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// Request is an HTTP call. URL, header values and body may hold {{inputs.name}},
// {{variables.name}}, {{client_id}}, {{since}} in triggers and, in a revocation,
// {{token}}, {{access_token}}, {{refresh_token}} and {{client_secret}}.
type Request struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
	// ContentType is that of Body; "" means application/json.
	ContentType string `json:"contentType,omitempty"`
	Body        string `json:"body,omitempty"`
	// Auth overrides how the call is authorized: "" as the connection says,
	// "basic_client" with client id and secret, "none".
	Auth string `json:"auth,omitempty"`
	// Failed is a JSONPath that selects something only when a 200 is a failure.
	Failed string `json:"failed,omitempty"`
}
