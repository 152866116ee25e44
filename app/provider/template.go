package provider

import (
	"regexp"
	"strings"

	"patchbay/app/fault"
)

var placeholder = regexp.MustCompile(`\{\{\s*([a-z_]+(?:\.[A-Za-z0-9_]+)*)\s*\}\}`)

// Expand fills the {{name}} places of template from values, each passed through
// encode first so that a value cannot break out of where it stands. A place
// without a value is a fault.Invalid error that names it.
func Expand(template string, values map[string]string, encode func(string) string) (string, error) {
	var missing string
	out := placeholder.ReplaceAllStringFunc(template, func(match string) string {
		name := placeholder.FindStringSubmatch(match)[1]
		value, ok := values[name]
		if !ok {
			missing = name
		}
		return encode(value)
	})
	if missing != "" {
		return "", fault.Errorf(fault.Invalid, "expand %q: no value for %s", template, missing)
	}
	return out, nil
}

// Places returns the names used in template, in order.
func Places(template string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(template, -1) {
		names = append(names, match[1])
	}
	return names
}

// HostAllowed reports whether host, without a port, is one of p.Hosts. A pattern
// "*.example.com" allows every name below example.com, but not example.com.
func (p Provider) HostAllowed(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, pattern := range p.Hosts {
		pattern = strings.ToLower(pattern)
		below, wild := strings.CutPrefix(pattern, "*.")
		if host == pattern || wild && strings.HasSuffix(host, "."+below) {
			return true
		}
	}
	return false
}
