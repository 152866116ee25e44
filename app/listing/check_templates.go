package listing

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"patchbay/app/provider"
)

// A template stands in double braces; its first part says where the value comes
// from.
var templates = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// scope of templates: which may stand in a place.
type allowed struct {
	// variables holds the origins (Variable.From) that are known by then.
	variables []string
	inputs    map[string]bool
	// words are templates without a name behind a dot, and those of the client.
	words []string
}

var (
	beforeSignIn = []string{"form"}
	beforeTokens = []string{"form", "callback"}
	connected    = []string{"form", "callback", "token", "lookup"}
)

// checkTemplates looks at every template in a text.
func checkTemplates(r *report, path, s string, c provider.Provider, may allowed) {
	if !strings.Contains(s, "{{") {
		return
	}
	for _, match := range templates.FindAllStringSubmatch(s, -1) {
		checkTemplate(r, path, match[1], c, may)
	}
}

func checkTemplate(r *report, path, template string, c provider.Provider, may allowed) {
	kind, name, _ := strings.Cut(template, ".")
	switch {
	case kind == "variables":
		i := slices.IndexFunc(c.Variables, func(v provider.Variable) bool { return v.Name == name })
		if i < 0 {
			r.add(path, fmt.Sprintf("{{%s}} is not declared", template), fmt.Sprintf("Declare %q in connection.variables or correct the name", name))
		} else if !slices.Contains(may.variables, c.Variables[i].From) {
			r.add(path, fmt.Sprintf("{{%s}} is not known yet when this is used", template), "Use a variable that is asked in the form")
		}
	case kind == "inputs" && may.inputs != nil:
		if !may.inputs[name] {
			r.add(path, fmt.Sprintf("{{%s}} is not declared", template), fmt.Sprintf("Declare %q among the operation's input fields or correct the name", name))
		}
	case !slices.Contains(may.words, template):
		r.add(path, fmt.Sprintf("{{%s}} cannot stand here", template), "Use one of "+may.String())
	}
}

// String lists what may stand in the place, as advice.
func (a allowed) String() string {
	words := []string{"{{variables.NAME}}"}
	if a.inputs != nil {
		words = append(words, "{{inputs.NAME}}")
	}
	for _, w := range a.words {
		words = append(words, "{{"+w+"}}")
	}
	return strings.Join(words, ", ")
}

// checkEndpoint looks at an address that the program itself calls: its
// templates, and that the host is one the listing says it reaches.
func checkEndpoint(r *report, path, address string, l Listing, may allowed) {
	if address == "" {
		return
	}
	before := len(r.problems)
	checkTemplates(r, path, address, l.Connection, may)
	if len(r.problems) > before {
		return
	}
	checkHostPart(r, path, address, l.Connection)
	filled := expand(address, l.Connection.Variables)
	u := checkAddress(r, path, filled, l.Sandbox)
	if u == nil {
		return
	}
	if strings.ContainsAny(filled, "{}") {
		r.add(path, "the address has a brace that belongs to no template", "Write templates in double braces, and other braces as %7B and %7D")
	}
	if u.Fragment != "" {
		r.add(path, "the address has a part behind #", "Remove it: a fragment is never sent")
	}
	if !reaches(l.Connection, u) {
		r.add(path, fmt.Sprintf("the host %s is not among connection.hosts", u.Hostname()), "Add the host there, or correct the address")
	}
}

// expand fills in each variable's example, and a letter for everything else.
func expand(s string, variables []provider.Variable) string {
	return templates.ReplaceAllStringFunc(s, func(match string) string {
		name, isVariable := strings.CutPrefix(strings.Trim(match, "{}"), "variables.")
		if i := slices.IndexFunc(variables, func(v provider.Variable) bool { return v.Name == name }); isVariable && i >= 0 {
			return variables[i].Example
		}
		return "0"
	})
}

// reaches says whether a host is among those of the connection once the
// variables in them have their examples.
func reaches(c provider.Provider, u *url.URL) bool {
	examples := make(map[string]string, len(c.Variables))
	for _, v := range c.Variables {
		examples[v.Name] = v.Example
	}
	return c.WithHosts(examples).HostAllowed(u.Hostname())
}

// checkHostPart refuses patterns that let a value leave the host it stands in:
// whoever fills in "evil.example/" must not move the call to another server.
func checkHostPart(r *report, path, address string, c provider.Provider) {
	host := address
	if _, rest, found := strings.Cut(address, "://"); found {
		host = rest
	}
	host, _, _ = strings.Cut(host, "/")
	for i, v := range c.Variables {
		if !strings.Contains(host, "{{variables."+v.Name+"}}") {
			continue
		}
		pattern, err := r.pattern(v.Pattern)
		if err != nil {
			continue
		}
		for _, end := range []string{"/", "/x", "?", "#", "\\"} {
			escapes := pattern.MatchString("evil.example"+end+v.Example) || pattern.MatchString(v.Example+end)
			if escapes || pattern.MatchString(v.Example+"@evil.example") {
				r.addOnce(at("/connection/variables", i, "pattern"), fmt.Sprintf("it lets a value of {{variables.%s}} change the host of an address", v.Name), "Make the pattern begin with ^, end with $ and keep out / ? # \\ @")
				break
			}
		}
	}
}

// checkMap looks at the templates in values of headers and parameters.
func checkMap(r *report, path string, values map[string]string, c provider.Provider, may allowed) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		checkTemplates(r, at(path, name), values[name], c, may)
	}
}
