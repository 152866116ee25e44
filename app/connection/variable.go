package connection

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// entered checks what a person entered against the provider's variables and
// fills in defaults. The error blames the first field that does not fit; it never
// repeats what was entered.
func entered(p provider.Provider, given map[string]string) (plain map[string]string, secret map[string]oauth.Secret, err error) {
	plain, secret = map[string]string{}, map[string]oauth.Secret{}
	for _, v := range p.Variables {
		if v.From != "form" {
			continue
		}
		value := firstOf(strings.TrimSpace(given[v.Name]), v.Default)
		if !fits(v, value) {
			return nil, nil, fault.Field(v.Name, "%s does not look like %s", v.Label, v.Example)
		}
		if v.Secret {
			secret[v.Name] = oauth.Secret(value)
		} else {
			plain[v.Name] = value
		}
	}
	return plain, secret, nil
}

// known is what of given the listing's form asks for and its pattern allows, with
// defaults filled in and without secrets.
func known(p provider.Provider, given map[string]string) map[string]string {
	out := map[string]string{}
	for _, v := range p.Variables {
		value := firstOf(strings.TrimSpace(given[v.Name]), v.Default)
		if v.From == "form" && !v.Secret && fits(v, value) {
			out[v.Name] = value
		}
	}
	return out
}

// fits reports whether value is one that the listing's pattern allows as a whole.
func fits(v provider.Variable, value string) bool {
	compiled, err := regexp.Compile(`^(?:` + v.Pattern + `)$`)
	return err == nil && compiled.MatchString(value)
}

// variable returns the variable of p that has this name.
func variable(p provider.Provider, name string) provider.Variable {
	i := slices.IndexFunc(p.Variables, func(v provider.Variable) bool { return v.Name == name })
	if i < 0 {
		return provider.Variable{}
	}
	return p.Variables[i]
}

// learn takes over a value that the provider said. One that the listing does not
// declare, or whose pattern it breaks, must not become part of an address: it is
// left out, and learn returns false.
func learn(c *Connection, t *Tokens, name, value string) bool {
	for _, v := range c.App.Provider.Variables {
		if v.Name != name || v.From == "form" || !fits(v, value) {
			continue
		}
		if v.Secret {
			t.keep(name, value)
			return true
		}
		merged := maps.Clone(c.Variables)
		if merged == nil {
			merged = map[string]string{}
		}
		merged[name] = value
		c.Variables = merged
		return true
	}
	return false
}

// places gives the variables, secret ones included, the names under which
// templates know them.
func places(variables map[string]string, t Tokens) map[string]string {
	values := t.reveal()
	maps.Copy(values, variables)
	named := make(map[string]string, len(values))
	for name, value := range values {
		named["variables."+name] = value
	}
	return named
}

// filler fills templates and remembers the first that could not be filled.
type filler struct {
	values map[string]string
	err    error
}

func (f *filler) url(template string) string { return f.with(template, addressSafe) }

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

// page is the address of a page for a person to open, with the places of its
// template filled in; "" when one of them cannot be.
func page(template string, variables map[string]string) string {
	fill := filler{values: places(variables, Tokens{})}
	address := fill.url(template)
	if fill.err != nil {
		return ""
	}
	return address
}

var (
	plainWord = regexp.MustCompile(`^[A-Za-z0-9._~:-]*$`)
	// Some providers say which server is an account's as a whole origin.
	origin = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+(:[0-9]+)?$`)
)

// addressSafe keeps what may stand in a host name, a path segment or a query
// value, so that a variable can never add a part to an address. Where the
// address then leads is checked against the declared hosts.
func addressSafe(value string) string {
	if plainWord.MatchString(value) || origin.MatchString(value) {
		return value
	}
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}

// reached is p with the variables filled in where its hosts have some, and each
// host without scheme and port.
func reached(p provider.Provider, values map[string]string) provider.Provider {
	fill := filler{values: values}
	hosts := make([]string, 0, len(p.Hosts))
	for _, host := range p.Hosts {
		host = fill.url(host)
		if fill.err != nil {
			fill.err = nil // not known yet: nothing is reached there
			continue
		}
		if u, err := url.Parse(host); err == nil && u.Host != "" {
			host = u.Host
		}
		host, _, _ = strings.Cut(host, ":")
		hosts = append(hosts, host)
	}
	p.Hosts = hosts
	return p
}
