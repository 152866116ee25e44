package oauth

import (
	"net/url"
	"slices"
	"strings"

	"github.com/theory/jsonpath"

	"patchbay/app/fault"
)

// reserved are the parameters that the protocol sets itself. A listing that
// could replace them could undo what they protect.
var reserved = []string{
	"response_type", "response_mode", "client_id", "client_secret", "client_assertion",
	"client_assertion_type", "redirect_uri", "scope", "state", "code", "code_challenge",
	"code_challenge_method", "code_verifier", "grant_type", "refresh_token", "device_code",
	"request", "request_uri", "resource", "token",
}

// Check refuses, with Untrusted, a description that must not be used: addresses
// off its hosts or not https, paths that cannot be read, parameters that would
// replace the protocol's own. Every method checks before it sends anything.
func (p *Protocol) Check(pr Provider) error {
	if err := pr.checkWords(); err != nil {
		return err
	}
	for _, path := range pr.Response.paths() {
		if _, err := jsonpath.Parse(path); err != nil {
			return untrusted("%q is not a JSONPath", clean(path))
		}
	}
	if err := checkResource(pr.Resource); err != nil {
		return err
	}
	return p.checkEndpoints(pr)
}

func (pr Provider) checkWords() error {
	if _, ok := units[pr.Response.ExpiresUnit]; !ok {
		return untrusted("%q is not a unit of time", clean(pr.Response.ExpiresUnit))
	}
	if !slices.Contains([]PKCE{"", PKCERequired, PKCESupported, PKCERefused}, pr.PKCE) {
		return untrusted("%q is not a rule for PKCE", clean(string(pr.PKCE)))
	}
	for _, extra := range []map[string]string{pr.AuthorizeParameters, pr.TokenParameters} {
		for name := range extra {
			if slices.Contains(reserved, name) {
				return untrusted("the parameter %s cannot be set by a listing", name)
			}
		}
	}
	if pr.ScopeParameter != "scope" && slices.Contains(reserved, pr.ScopeParameter) {
		return untrusted("scopes cannot stand in the parameter %s", pr.ScopeParameter)
	}
	return nil
}

func (r ResponseRule) paths() []string {
	paths := []string{r.AccessToken, r.RefreshToken, r.Scope, r.ExpiresIn, r.Failed, r.Error}
	for _, path := range r.Keep {
		paths = append(paths, path)
	}
	return slices.DeleteFunc(paths, func(path string) bool { return path == "" })
}

// checkResource holds RFC 8707 §2: an absolute URI without a fragment.
func checkResource(resource string) error {
	if resource == "" {
		return nil
	}
	u, err := url.Parse(resource)
	if err != nil || !u.IsAbs() || strings.Contains(resource, "#") {
		return untrusted("the resource is not an absolute address without a fragment")
	}
	return nil
}

func (p *Protocol) checkEndpoints(pr Provider) error {
	g := p.gate(pr)
	for _, e := range []struct{ what, raw string }{
		{"sign-in", pr.Authorization}, {"token", pr.Token}, {"refresh", pr.Refresh},
		{"revocation", pr.Revocation}, {"device", pr.Device}, {"registration", pr.Registration},
		{"request", pr.PushedAuthorization},
	} {
		if e.raw == "" {
			continue
		}
		u, err := g.open(e.what, e.raw)
		if err != nil {
			return err
		}
		for name := range u.Query() {
			if slices.Contains(reserved, name) {
				return untrusted("the %s address sets the parameter %s", e.what, name)
			}
		}
	}
	return nil
}

// needs refuses when the provider lacks an endpoint.
func needs(what, endpoint string) error {
	if endpoint == "" {
		return wrapAs(fault.NotFound, &Error{Kind: Unsupported, text: "the provider has no " + what + " endpoint"})
	}
	return nil
}
