package oauth

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// gate decides which addresses may be asked or shown.
type gate struct {
	hosts     []string
	allowHTTP func(host string) bool
}

func (p *Protocol) gate(pr Provider) gate { return gate{pr.Hosts, p.allowHTTP} }

// open parses an endpoint and refuses it unless it is https without anything
// that disguises where it leads, on a declared host. A refusal names the host
// alone: queries may hold secrets.
func (g gate) open(what, raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return nil, untrusted("the %s address cannot be read", what)
	}
	local := g.allowHTTP(u.Host)
	switch {
	case u.Scheme != "https" && (u.Scheme != "http" || !local):
		return nil, untrusted("the %s address at %s is not https", what, clean(u.Host))
	case u.User != nil, u.Fragment != "", !plainHost(u.Hostname()):
		return nil, untrusted("the %s address at %s is disguised", what, clean(u.Host))
	case net.ParseIP(u.Hostname()) != nil && !local:
		return nil, untrusted("the %s address at %s has a number in place of a name", what, clean(u.Host))
	case !g.lists(u, local):
		return nil, untrusted("the %s address leads to %s, which is not a declared host", what, clean(u.Host))
	}
	return u, nil
}

func (g gate) lists(u *url.URL, local bool) bool {
	return slices.ContainsFunc(g.hosts, func(host string) bool {
		if strings.EqualFold(host, u.Host) || strings.EqualFold(host, withPort(u)) {
			return true
		}
		return strings.EqualFold(host, u.Hostname()) && (local || defaultPort(u))
	})
}

func defaultPort(u *url.URL) bool {
	port := u.Port()
	return port == "" || u.Scheme == "https" && port == "443"
}

func withPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), map[string]string{"https": "443", "http": "80"}[u.Scheme])
}

// plainHost reports whether a host is in ASCII: a name in other letters must be
// written the way it is looked up, so that what is shown cannot deceive.
func plainHost(host string) bool {
	for _, r := range host {
		if r <= ' ' || r > '~' || r == '%' {
			return false
		}
	}
	return host != ""
}
