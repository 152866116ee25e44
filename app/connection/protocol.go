package connection

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// Redirect is where app's provider sends answers. A client that was registered,
// by hand or automatically, was registered with one path, so that path is fixed;
// else every sign-in has a path of its own.
func Redirect(p provider.Provider) oauth.RedirectRule {
	rule := oauth.RedirectRule{Host: p.Redirect.Host, Port: p.Redirect.Port, Path: p.Redirect.Path}
	if rule.Path == "" && p.Client.Kind != "public" {
		rule.Path = "/callback"
	}
	return rule
}

// endpoint is how app's provider is spoken to, with the places of its templates
// filled in from values and, where the listing names only an issuer, the
// endpoints looked up there.
func (s *Service) endpoint(ctx context.Context, app App, values map[string]string) (oauth.Provider, error) {
	p := app.Provider
	fill := filler{values: values}
	o := described(p, &fill)
	if fill.err != nil {
		return o, fill.err
	}
	p = reached(p, values)
	hosts, err := declared(p, o)
	if o.Hosts = hosts; err != nil || o.Token != "" || o.Issuer == "" {
		return o, err
	}
	if o, err = s.discovered(ctx, o); err != nil {
		return o, err
	}
	o.Hosts, err = declared(p, o)
	return o, err
}

// described is what the listing itself says.
func described(p provider.Provider, fill *filler) oauth.Provider {
	r := p.Response
	return oauth.Provider{
		Issuer:              fill.url(p.Issuer),
		Authorization:       fill.url(p.Endpoints.Authorization),
		Token:               fill.url(p.Endpoints.Token),
		Refresh:             fill.url(p.Endpoints.Refresh),
		Revocation:          fill.url(p.Endpoints.Revocation),
		Device:              fill.url(p.Endpoints.Device),
		Registration:        fill.url(p.Endpoints.Registration),
		PKCE:                oauth.PKCE(p.PKCE),
		ScopeSeparator:      p.Scopes.Separator,
		ScopeParameter:      p.Scopes.Parameter,
		AuthorizeParameters: fill.each(p.AuthorizeParameters),
		TokenParameters:     fill.each(p.TokenParameters),
		JSONBody:            p.TokenBody == "json",
		CallbackKeep:        p.CallbackKeep,
		DefaultAccessLife:   duration(p.Lifetimes.Access),
		Redirect:            Redirect(p),
		Response: oauth.ResponseRule{
			AccessToken: r.AccessToken, RefreshToken: r.RefreshToken, Scope: r.Scope,
			ExpiresIn: r.ExpiresIn, ExpiresUnit: r.ExpiresUnit, Failed: r.Failed, Error: r.Error, Keep: r.Keep,
		},
	}
}

// declared returns the hosts that may be spoken to: those of o's addresses, all
// of which must be among those that the listing declares, since the person saw
// these before connecting, and the declared ones themselves.
func declared(p provider.Provider, o oauth.Provider) ([]string, error) {
	var hosts []string
	for _, address := range []string{o.Issuer, o.Authorization, o.Token, o.Refresh, o.Revocation, o.Device, o.Registration, o.PushedAuthorization} {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || !p.HostAllowed(u.Hostname()) {
			return nil, fault.Errorf(fault.Untrusted, "an address is not on a host that the listing declares")
		}
		if !slices.Contains(hosts, u.Host) {
			hosts = append(hosts, u.Host)
		}
	}
	for _, host := range p.Hosts {
		if !strings.Contains(host, "*") && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts, nil
}

// discovered completes o from the issuer's metadata. What the listing says wins;
// what only the metadata can know (RFC 9207, RFC 9126, S256) is taken over.
func (s *Service) discovered(ctx context.Context, o oauth.Provider) (oauth.Provider, error) {
	m, err := s.Protocol.Discover(ctx, o.Issuer)
	if err != nil {
		return o, err
	}
	for _, f := range []struct{ to, from *string }{
		{&o.Authorization, &m.Authorization}, {&o.Token, &m.Token}, {&o.Revocation, &m.Revocation},
		{&o.Device, &m.Device}, {&o.Registration, &m.Registration}, {&o.PushedAuthorization, &m.PushedAuthorization},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	o.IssAdvertised, o.RequirePAR = m.IssAdvertised, m.RequirePAR
	o.Discovered, o.ChallengeMethods, o.AuthMethods = m.Discovered, m.ChallengeMethods, m.AuthMethods
	return o, nil
}
