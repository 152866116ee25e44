package oauth

import (
	"net/http"
	"net/url"
	"time"

	"patchbay/app/fault"
)

// ClientAuth is how a client shows itself at the token endpoint (RFC 6749 §2.3).
// It comes from the listing or the metadata and is never found out by trying: a
// wrong guess may burn a code that works only once.
type ClientAuth string

const (
	// AuthNone sends the client id alone: a public client.
	AuthNone ClientAuth = "none"
	// AuthBasic sends id and secret in the Authorization header.
	AuthBasic ClientAuth = "basic"
	// AuthPost sends id and secret in the request's body.
	AuthPost ClientAuth = "post"
)

// Client is Patchbay as one provider knows it.
type Client struct {
	ID     string
	Secret Secret
	// Auth is "" for AuthBasic when there is a secret and AuthNone when not.
	Auth ClientAuth
	// RedirectURI is the https address that the client was registered with, where
	// the provider takes no other: answers go there instead of to this machine,
	// and a person brings them back ([Attempt.Paste]). "" is the provider's rule.
	RedirectURI string
	// Issuer binds the client to one provider ([Provider.Identity]); a request
	// to another is refused. "" binds it to none.
	Issuer string
	// RegistrationToken and RegistrationURI manage a client that
	// [Protocol.Register] made (RFC 7592); empty for any other.
	RegistrationToken Secret
	RegistrationURI   string
	// SecretExpires is when Secret stops working, in UTC; zero is never.
	SecretExpires time.Time
}

// Expired reports whether the client's secret no longer works at now.
func (c Client) Expired(now time.Time) bool {
	return !c.SecretExpires.IsZero() && !now.Before(c.SecretExpires)
}

// auth returns the method to use; the empty one has its meaning filled in.
func (c Client) auth() ClientAuth {
	switch {
	case c.Auth != "":
		return c.Auth
	case c.Secret != "":
		return AuthBasic
	}
	return AuthNone
}

// check refuses a client that cannot be used, or not at pr.
func (c Client) check(pr Provider) error {
	switch c.auth() {
	case AuthNone, AuthBasic, AuthPost:
	default:
		return invalid(fault.ClientMisconfigured, "client authentication %q is not known", clean(string(c.Auth)))
	}
	if c.ID == "" {
		return invalid(fault.ClientMisconfigured, "the client has no id")
	}
	if u, err := url.Parse(c.RedirectURI); c.RedirectURI != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		return invalid(fault.ClientMisconfigured, "the client's redirect address is not a plain https address")
	}
	if c.Issuer != "" && c.Issuer != pr.Identity() {
		return untrusted("the client was made for %s and is not used at %s", clean(c.Issuer), clean(pr.Identity()))
	}
	return nil
}

// apply adds the client's proof to a request's values and headers.
func (c Client) apply(values url.Values, header http.Header) {
	switch c.auth() {
	case AuthBasic:
		// RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
		r := http.Request{Header: header}
		r.SetBasicAuth(url.QueryEscape(c.ID), url.QueryEscape(c.Secret.Reveal()))
	case AuthPost:
		values.Set("client_id", c.ID)
		values.Set("client_secret", c.Secret.Reveal())
	default:
		values.Set("client_id", c.ID)
	}
}
