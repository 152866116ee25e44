package oauth

import (
	"fmt"
	"net/url"
)

// inspect holds an answer of ours against the rules, in the order in which they
// protect, and returns its code.
func (a *Attempt) inspect(values url.Values) (string, error) {
	for name, list := range values {
		if len(list) > 1 {
			return "", untrusted("the answer holds %q twice", clean(name))
		}
	}
	if err := a.checkIssuer(values); err != nil {
		return "", err
	}
	code := values.Get("code")
	switch {
	case values.Has("error") && values.Has("code"):
		return "", untrusted("the answer holds both a code and an error")
	case values.Has("error"):
		return "", a.declined(values)
	case code == "" || !sendable(code):
		return "", untrusted("the answer holds no usable code")
	}
	return code, nil
}

// checkIssuer holds RFC 9207 §2.4: the issuer is compared as it is written, and
// a wrong one ends the attempt even where the provider never promised to send
// one. Without a known issuer it must at least be one of the declared hosts.
func (a *Attempt) checkIssuer(values url.Values) error {
	pr := a.provider
	issuer := values.Get("iss")
	switch {
	case !values.Has("iss") && pr.IssAdvertised:
		return untrusted("the answer does not say who it is from")
	case !values.Has("iss"):
		return nil
	case pr.Issuer == "":
		_, err := a.protocol.gate(pr).open("issuer", issuer)
		return err
	case issuer != pr.Issuer:
		return untrusted("the answer came from %s, expected %s", clean(issuer), clean(pr.Issuer))
	}
	return nil
}

// declined is the error for an error answer.
func (a *Attempt) declined(values url.Values) error {
	secrets := []string{a.keys.state, a.keys.verifier}
	code := cleanCode(without(values.Get("error"), secrets))
	return wrap(&Error{
		Kind: kindOf(code), Code: code,
		Description: clean(without(values.Get("error_description"), secrets)),
		text:        fmt.Sprintf("sign in at %s: refused with %q", clean(a.host), code),
	})
}
