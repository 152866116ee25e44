package provider

import (
	"maps"
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
// writes them, in order of the alphabet, with places filled from variables as far
// as these are there; the port that such a value names stays. An issuer stands for
// the endpoints that it names.
func (p Provider) ClientHosts(variables map[string]string) []string {
	hosts := p.clientHosts()
	for i, host := range hosts {
		hosts[i] = placeholder.ReplaceAllStringFunc(host, func(place string) string {
			value, known := variables[variableIn(place)]
			if !known {
				return place
			}
			return strings.ToLower(value)
		})
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// ClientVariables are the names of the form's variables that make one of
// [Provider.ClientHosts], in the form's order. A client belongs to their values.
func (p Provider) ClientVariables() []string {
	hosts := strings.Join(p.clientHosts(), " ")
	var names []string
	for _, v := range p.Variables {
		if v.From == "form" && !v.Secret && slices.Contains(Places(hosts), "variables."+v.Name) {
			names = append(names, v.Name)
		}
	}
	return names
}

func (p Provider) clientHosts() []string {
	e := p.Endpoints
	hosts := addHosts(nil, p.Issuer, e.Token, e.Refresh, e.Revocation)
	if p.Revoke != nil && p.Revoke.ShowsClient() {
		hosts = addHosts(hosts, p.Revoke.URL)
	}
	return hosts
}

// variableIn is the name of the variable that a place in a template is for.
func variableIn(place string) string {
	return strings.TrimPrefix(placeholder.FindStringSubmatch(place)[1], "variables.")
}

// ShowsClient reports whether the request tells the OAuth client's id or secret.
func (r Request) ShowsClient() bool {
	templates := append(slices.Collect(maps.Values(r.Headers)), r.URL, r.Body)
	return r.Auth == "basic_client" || slices.ContainsFunc(templates, func(template string) bool {
		return slices.ContainsFunc(Places(template), func(place string) bool {
			return place == "client_id" || place == "client_secret"
		})
	})
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
