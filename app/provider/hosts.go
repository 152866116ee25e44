package provider

import (
	"net/url"
	"slices"
	"strings"
)

// WithHosts returns p with the {{variables.name}} places of its Hosts filled in,
// for servers that customers run themselves; [Provider.HostAllowed] knows only
// hosts without places. A value may be a whole origin or carry a port, which is
// left out. A host whose variable is not known yet is dropped: it allows nothing.
func (p Provider) WithHosts(variables map[string]string) Provider {
	if !slices.ContainsFunc(p.Hosts, func(host string) bool { return strings.Contains(host, "{{") }) {
		return p
	}
	values := make(map[string]string, len(variables))
	for name, value := range variables {
		values["variables."+name] = value
	}
	hosts := make([]string, 0, len(p.Hosts))
	for _, host := range p.Hosts {
		filled, err := Expand(host, values, hostOf)
		if err == nil && filled != "" {
			hosts = append(hosts, filled)
		}
	}
	p.Hosts = hosts
	return p
}

// hostOf is the host of an origin, or of host:port. What else a value holds
// makes it no host at all, so that it cannot widen the list.
func hostOf(value string) string {
	if origin, err := url.Parse(value); err == nil && origin.Scheme == "https" {
		value = origin.Host
	}
	host, _, _ := strings.Cut(value, ":")
	if strings.ContainsAny(host, "*/?#@\\ ") {
		return ""
	}
	return host
}

// Reach is every host that a connection may speak to: [Provider.Hosts], and those
// of the issuer and the endpoints, without ports, places unfilled. Each stands
// there once.
func (p Provider) Reach() []string {
	e := p.Endpoints
	return addHosts(slices.Clone(p.Hosts), p.Issuer, e.Authorization, e.Token, e.Refresh, e.Revocation, e.Device, e.Registration)
}

// ClientHosts is every host that is told the client's secret, as [Provider.Reach]
// writes them, in order of the alphabet. An issuer stands for the endpoints that it
// names.
func (p Provider) ClientHosts() []string {
	e := p.Endpoints
	hosts := addHosts(nil, p.Issuer, e.Token, e.Refresh, e.Revocation)
	slices.Sort(hosts)
	return hosts
}

// addHosts adds the host of each address to those that are there, once.
func addHosts(hosts []string, addresses ...string) []string {
	for _, address := range addresses {
		_, rest, _ := strings.Cut(address, "://")
		end := strings.IndexAny(rest+"/", "/?#")
		host, _, _ := strings.Cut(rest[:end], ":")
		if host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}
