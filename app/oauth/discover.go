package oauth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Discover reads a provider's metadata (RFC 8414, else OpenID Connect Discovery)
// from its issuer. Hosts are the issuer's and those of its endpoints: set them to
// a listing's to hold the metadata to what the listing declares. Metadata that
// names another issuer, or endpoints that break a rule, are Untrusted;
// Unsupported means that the issuer publishes none.
func (p *Protocol) Discover(ctx context.Context, issuer string) (Provider, error) {
	u, err := p.issuer(issuer)
	if err != nil {
		return Provider{}, err
	}
	for _, address := range wellKnown(u) {
		pr, found, err := p.metadata(ctx, issuer, address, u.Host)
		if err != nil || found {
			return pr, err
		}
	}
	return Provider{}, failure(Unsupported, "%s publishes no metadata", clean(u.Host))
}

func (p *Protocol) issuer(raw string) (*url.URL, error) {
	parsed, err := url.Parse(raw)
	if err != nil || parsed.RawQuery != "" || strings.ContainsAny(raw, "?#") {
		return nil, untrusted("the issuer is not a plain address")
	}
	return gate{[]string{parsed.Host}, p.allowHTTP}.open("issuer", raw)
}

// wellKnown lists where metadata may stand: RFC 8414 §3.1 puts the known part
// before the issuer's path, OpenID Connect after it.
func wellKnown(issuer *url.URL) []string {
	origin := issuer.Scheme + "://" + issuer.Host
	path := strings.TrimSuffix(issuer.EscapedPath(), "/")
	list := []string{
		origin + "/.well-known/oauth-authorization-server" + path,
		origin + path + "/.well-known/openid-configuration",
	}
	if path != "" {
		list = append(list, origin+"/.well-known/openid-configuration"+path)
	}
	return list
}

// metadata reads one address. It is not found when the provider answers with
// something else; a fault on the way ends the search.
func (p *Protocol) metadata(ctx context.Context, issuer, address, host string) (Provider, bool, error) {
	a, err := p.send(ctx, call{
		purpose: "read metadata", method: http.MethodGet, endpoint: address, provider: Provider{Hosts: []string{host}},
	})
	if err != nil {
		return Provider{}, false, err
	}
	err = a.refusal()
	if Temporary(err) && ErrorKind(err) != NotJSON {
		return Provider{}, false, err
	}
	fields, unreadable := a.fields()
	if err != nil || unreadable != nil || fields["issuer"] == nil {
		return Provider{}, false, nil
	}
	if text(fields["issuer"]) != issuer {
		return Provider{}, false, untrusted("the metadata at %s names another issuer", clean(host))
	}
	pr := described(fields, host)
	return pr, true, p.Check(pr)
}

func described(fields map[string]any, host string) Provider {
	pr := Provider{
		Issuer: text(fields["issuer"]), Discovered: true, Hosts: []string{host},
		Authorization:       text(fields["authorization_endpoint"]),
		Token:               text(fields["token_endpoint"]),
		Revocation:          text(fields["revocation_endpoint"]),
		Device:              text(fields["device_authorization_endpoint"]),
		Registration:        text(fields["registration_endpoint"]),
		PushedAuthorization: text(fields["pushed_authorization_request_endpoint"]),
		IssAdvertised:       fields["authorization_response_iss_parameter_supported"] == true,
		RequirePAR:          fields["require_pushed_authorization_requests"] == true,
		ChallengeMethods:    words(fields["code_challenge_methods_supported"]),
		AuthMethods:         words(fields["token_endpoint_auth_methods_supported"]),
	}
	for _, endpoint := range []string{pr.Authorization, pr.Token, pr.Revocation, pr.Device, pr.Registration, pr.PushedAuthorization} {
		if host := hostOf(endpoint); host != "" && !slices.Contains(pr.Hosts, host) {
			pr.Hosts = append(pr.Hosts, host)
		}
	}
	return pr
}

func words(value any) []string {
	list, _ := value.([]any)
	var names []string
	for _, item := range list {
		names = append(names, text(item))
	}
	return names
}
