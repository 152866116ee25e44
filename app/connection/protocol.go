package connection

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// endpoint is how app's provider is spoken to, with the variables filled in and,
// where the listing names only an issuer, the endpoints looked up there.
func (s *Service) endpoint(ctx context.Context, app App, variables map[string]string) (oauth.Provider, error) {
	p := app.Provider
	fill := filler{values: places(variables)}
	o := oauth.Provider{
		Issuer:              fill.url(p.Issuer),
		Authorization:       fill.url(p.Endpoints.Authorization),
		Token:               fill.url(p.Endpoints.Token),
		Refresh:             fill.url(p.Endpoints.Refresh),
		Revocation:          fill.url(p.Endpoints.Revocation),
		Device:              fill.url(p.Endpoints.Device),
		Registration:        fill.url(p.Endpoints.Registration),
		PKCE:                oauth.PKCE(p.PKCE),
		ScopeSeparator:      p.Scopes.Separator,
		AuthorizeParameters: fill.each(p.AuthorizeParameters),
		TokenParameters:     fill.each(p.TokenParameters),
		JSONBody:            p.TokenBody == "json",
		CallbackKeep:        p.CallbackKeep,
		DefaultAccessLife:   duration(p.Lifetimes.Access),
		Redirect:            oauth.RedirectRule{Host: p.Redirect.Host, Port: p.Redirect.Port, Path: p.Redirect.Path},
		Response: oauth.ResponseRule{
			AccessToken: p.Response.AccessToken, RefreshToken: p.Response.RefreshToken,
			Scope: p.Response.Scope, ExpiresIn: p.Response.ExpiresIn, ExpiresUnit: p.Response.ExpiresUnit,
			Failed: p.Response.Failed, Error: p.Response.Error, Keep: p.Response.Keep,
		},
	}
	if fill.err != nil {
		return o, fill.err
	}
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

// declared returns the hosts of o's addresses, all of which must be among those
// that the listing declares: the person saw those before connecting.
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
	return hosts, nil
}

// discovered completes o from the issuer's metadata. What the listing says wins.
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
	return o, nil
}

// filler fills templates and remembers the first that could not be filled.
type filler struct {
	values map[string]string
	err    error
}

func (f *filler) url(template string) string { return f.with(template, hostSafe) }

func (f *filler) each(templates map[string]string) map[string]string {
	out := map[string]string{}
	for name, template := range templates {
		out[name] = f.with(template, func(v string) string { return v })
	}
	return out
}

func (f *filler) with(template string, encode func(string) string) string {
	out, err := provider.Expand(template, f.values, encode)
	if f.err == nil {
		f.err = err
	}
	return out
}

// hostSafe keeps what may stand in a host name or a path segment, so that a
// variable can never move an address to another host or path.
func hostSafe(value string) string {
	if regexp.MustCompile(`^[A-Za-z0-9._~:-]*$`).MatchString(value) {
		return value
	}
	return url.PathEscape(value)
}

// places gives variables the names under which templates know them.
func places(variables map[string]string) map[string]string {
	values := make(map[string]string, len(variables))
	for name, value := range variables {
		values["variables."+name] = value
	}
	return values
}

// entered checks what a person entered against the provider's variables and
// fills in defaults. The error blames the first field that does not fit.
func entered(p provider.Provider, given map[string]string) (map[string]string, error) {
	values := map[string]string{}
	for _, v := range p.Variables {
		if v.From != "form" {
			continue
		}
		value := strings.TrimSpace(given[v.Name])
		if value == "" {
			value = v.Default
		}
		pattern, err := regexp.Compile(`^(?:` + v.Pattern + `)$`)
		if err != nil {
			return nil, fault.Errorf(fault.Internal, "pattern of variable %s: %w", v.Name, err)
		}
		if !pattern.MatchString(value) {
			return nil, fault.Field(v.Name, "%s does not look like %s", v.Label, v.Example)
		}
		values[v.Name] = value
	}
	return values, nil
}

// duration reads a listing's lifetime; what is unknown or endless is zero.
func duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0
	}
	return d
}
