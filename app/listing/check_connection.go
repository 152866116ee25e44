package listing

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/theory/jsonpath"

	"patchbay/app/provider"
)

// checkKind wants what each kind of connection cannot do without.
func checkKind(r *report, l Listing) {
	c := l.Connection
	need := func(missing bool, path, what string) {
		if missing {
			r.add(path, fmt.Sprintf("a connection of kind %s needs it, and it is missing", c.Kind), what)
		}
	}
	if c.Kind == "none" {
		if len(l.Actions)+len(l.Triggers) > 0 {
			r.add("/connection/kind", "the app has actions or triggers but cannot be connected", "Say oauth2 or api_key, or drop the operations")
		}
		return
	}
	need(len(c.Hosts) == 0, "/connection/hosts", "List the hosts that are called")
	need(c.Probe == nil, "/connection/probe", "Add the call that shows whether the connection works")
	need(c.Identity.ID == "", "/connection/identity/id", "Say where the account's id stands in the probe's answer")
	if c.Kind == "api_key" {
		need(c.APIKey == nil, "/connection/apiKey", "Say what the key is called and where it is made")
		return
	}
	checkOAuth(need, c)
	checkClient(r, c.Client)
}

func checkOAuth(need func(bool, string, string), c provider.Provider) {
	discovered := c.Issuer != ""
	need(c.Endpoints.Token == "" && !discovered, "/connection/endpoints/token", "Add the token endpoint or the issuer")
	if c.Grant == "device" {
		need(c.Endpoints.Device == "" && !discovered, "/connection/endpoints/device", "Add the device authorization endpoint or the issuer")
	} else {
		need(c.Endpoints.Authorization == "" && !discovered, "/connection/endpoints/authorization", "Add the authorization endpoint or the issuer")
	}
	need(c.Client.Kind == "", "/connection/client/kind", "Say whose OAuth client is used")
	need(c.TokenAuth == "", "/connection/tokenAuth", "Say none, basic or post")
}

// checkParameters refuses what the protocol refuses too.
func checkParameters(r *report, l Listing) {
	for where, parameters := range map[string]map[string]string{
		"authorizeParameters": l.Connection.AuthorizeParameters, "tokenParameters": l.Connection.TokenParameters,
	} {
		for name := range parameters {
			if slices.Contains(provider.Reserved, name) {
				r.add(at("/connection", where, name), fmt.Sprintf("the protocol sets %s itself", name), "Remove it")
			}
		}
	}
}

func checkClient(r *report, c provider.Client) {
	switch {
	case c.Kind == "public" && c.ID == "":
		r.add("/connection/client/id", "a public client has no id", "Add the client id")
	case c.Kind == "public" && c.SecretNeeded:
		r.add("/connection/client/secretNeeded", "a public client cannot keep a secret (RFC 8252, section 8.5)", "Say own, or drop the secret")
	case c.Kind == "own" && c.Console == "" && len(c.Steps) == 0:
		r.add("/connection/client/console", "nothing says where the admin makes the app", "Add the console's address or the steps")
	case c.Kind == "forbidden" && c.Forbidden == "":
		r.add("/connection/client/forbidden", "nothing says why it is forbidden", "Add the reason")
	}
}

// checkVariables wants patterns that compile (RE2), samples that match them, and
// a place where each value comes from.
func checkVariables(r *report, l Listing) {
	c := l.Connection
	known := map[string]bool{}
	for i, v := range c.Variables {
		path := at("/connection/variables", i)
		if known[v.Name] {
			r.add(at(path, "name"), fmt.Sprintf("there are two variables %q", v.Name), "Rename or remove one")
		}
		known[v.Name] = true
		checkPattern(r, path, v)
		if !suppliedBy(c, v) {
			r.add(at(path, "from"), fmt.Sprintf("nothing fills %q in", v.Name), "Name it in callbackKeep, response.keep or lookups, or ask for it in the form")
		}
	}
	undeclared := func(path, name string) {
		if !known[name] {
			r.add(path, fmt.Sprintf("%q is not declared in connection.variables", name), "Declare it there with a pattern, so that what the provider says is checked")
		}
	}
	for i, name := range c.CallbackKeep {
		undeclared(at("/connection/callbackKeep", i), name)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Response.Keep)) {
		undeclared(at("/connection/response/keep", name), name)
	}
	for i, lookup := range c.Lookups {
		undeclared(at("/connection/lookups", i, "name"), lookup.Name)
	}
	if c.APIKey != nil && c.APIKey.Pattern != "" {
		compilePattern(r, "/connection/apiKey/pattern", c.APIKey.Pattern)
	}
}

func checkPattern(r *report, path string, v provider.Variable) {
	pattern := compilePattern(r, at(path, "pattern"), v.Pattern)
	if pattern == nil {
		return
	}
	if !strings.HasPrefix(v.Pattern, "^") || !strings.HasSuffix(v.Pattern, "$") {
		r.add(at(path, "pattern"), "the pattern does not cover the whole value", "Begin it with ^ and end it with $")
	}
	if !pattern.MatchString(v.Example) {
		r.add(at(path, "example"), fmt.Sprintf("%s does not match the pattern", shorten(v.Example)), "Correct the example or the pattern")
	}
	if v.Default != "" && !pattern.MatchString(v.Default) {
		r.add(at(path, "default"), fmt.Sprintf("%s does not match the pattern", shorten(v.Default)), "Correct the default or the pattern")
	}
}

func compilePattern(r *report, path, pattern string) *regexp.Regexp {
	compiled, err := r.pattern(pattern)
	if err != nil {
		r.add(path, fmt.Sprintf("%s is not a regular expression: %v", shorten(pattern), err), "Write it as RE2 does; look-around and back-references do not exist there")
		return nil
	}
	return compiled
}

func suppliedBy(c provider.Provider, v provider.Variable) bool {
	switch v.From {
	case "callback":
		return slices.Contains(c.CallbackKeep, v.Name)
	case "token":
		return c.Response.Keep[v.Name] != ""
	case "lookup":
		return slices.ContainsFunc(c.Lookups, func(l provider.Lookup) bool { return l.Name == v.Name })
	}
	return true
}

// checkHosts refuses hosts so wide that they say nothing.
func checkHosts(r *report, l Listing) {
	for i, host := range l.Connection.Hosts {
		path := at("/connection/hosts", i)
		switch {
		case strings.HasPrefix(host, "{{"):
			checkTemplates(r, path, host, l.Connection, allowed{variables: connected})
		case strings.HasPrefix(host, "*") && strings.Count(host, ".") < 2:
			r.add(path, fmt.Sprintf("%s stands for too many hosts", host), "Write at least two parts behind the star")
		case !l.Sandbox && (host == "localhost" || !strings.ContainsFunc(host, func(c rune) bool { return c >= 'a' && c <= 'z' })):
			r.add(path, fmt.Sprintf("%s is this machine or a bare address", host), "Name a host; only sandbox listings reach this machine")
		}
	}
}

func checkScopes(r *report, l Listing) {
	seen := map[string]bool{}
	for name, scopes := range map[string][]provider.Scope{"required": l.Connection.Scopes.Required, "optional": l.Connection.Scopes.Optional} {
		for i, s := range scopes {
			if seen[s.Name] {
				r.add(at("/connection/scopes", name, i, "name"), fmt.Sprintf("the scope %s stands there twice", shorten(s.Name)), "Keep one of the two")
			}
			seen[s.Name] = true
		}
	}
	for i, o := range l.Actions {
		checkScopesOf(r, at("/actions", i), o, seen)
	}
	for i, o := range l.Triggers {
		checkScopesOf(r, at("/triggers", i), o, seen)
	}
}

func checkScopesOf(r *report, path string, o Operation, declared map[string]bool) {
	for i, scope := range o.Scopes {
		if !declared[scope] {
			r.add(at(path, "scopes", i), fmt.Sprintf("the scope %s is not asked for", shorten(scope)), "Add it to connection.scopes with a reason")
		}
	}
}

// checkAnswers wants JSONPaths (RFC 9535) that parse.
func checkAnswers(r *report, l Listing) {
	c := l.Connection
	for name, path := range map[string]string{
		"accessToken": c.Response.AccessToken, "refreshToken": c.Response.RefreshToken, "scope": c.Response.Scope,
		"expiresIn": c.Response.ExpiresIn, "failed": c.Response.Failed, "error": c.Response.Error,
	} {
		checkPath(r, at("/connection/response", name), path)
	}
	for name, path := range c.Response.Keep {
		checkPath(r, at("/connection/response/keep", name), path)
	}
	for i, lookup := range c.Lookups {
		checkPath(r, at("/connection/lookups", i, "path"), lookup.Path)
		checkPath(r, at("/connection/lookups", i, "label"), lookup.Label)
	}
	checkIdentity(r, "/connection/identity/id", c.Identity.ID, c)
	checkIdentity(r, "/connection/identity/name", c.Identity.Name, c)
}

func checkIdentity(r *report, path, identity string, c provider.Provider) {
	if identity == "" {
		return
	}
	for _, part := range strings.Split(identity, " + ") {
		checkTemplates(r, path, part, c, allowed{variables: connected})
		if !strings.HasPrefix(part, "{{") {
			checkPath(r, path, expand(part, c.Variables))
		}
	}
}

func checkPath(r *report, path, query string) {
	if query == "" {
		return
	}
	if _, err := jsonpath.Parse(query); err != nil {
		r.add(path, fmt.Sprintf("%s is not a JSONPath: %v", shorten(query), err), "Write it as RFC 9535 does, for example $.data.id")
	}
}

func checkDurations(r *report, l Listing) {
	c := l.Connection
	checkDuration(r, "/connection/lifetimes/access", c.Lifetimes.Access)
	checkDuration(r, "/connection/lifetimes/refresh", c.Lifetimes.Refresh)
	checkDuration(r, "/connection/lifetimes/refreshIdle", c.Lifetimes.RefreshIdle)
	if c.Probe != nil && c.Probe.Every != "" {
		if every, err := time.ParseDuration(c.Probe.Every); err != nil || every < time.Second {
			r.add("/connection/probe/every", fmt.Sprintf("%q is not a duration of a second or more", c.Probe.Every), "Write it as 30s, 15m or 6h")
		}
	}
}

func checkDuration(r *report, path, s string) {
	if s == "" || s == "never" {
		return
	}
	if d, err := time.ParseDuration(s); err != nil || d <= 0 {
		r.add(path, fmt.Sprintf("%q is not a duration", s), "Write it as 30m or 720h; days are 24h each; \"never\" has no end")
	}
}
