package listing

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"patchbay/app/provider"
)

// checkConnectionRequests looks at every address and call of the connection.
func checkConnectionRequests(r *report, l Listing) {
	c, e := l.Connection, l.Connection.Endpoints
	first, later := allowed{variables: beforeSignIn}, allowed{variables: connected}
	exchange := allowed{variables: beforeTokens}
	checkEndpoint(r, "/connection/issuer", c.Issuer, l, first)
	checkEndpoint(r, "/connection/endpoints/authorization", e.Authorization, l, first)
	checkEndpoint(r, "/connection/endpoints/device", e.Device, l, first)
	checkEndpoint(r, "/connection/endpoints/registration", e.Registration, l, first)
	checkEndpoint(r, "/connection/endpoints/token", e.Token, l, exchange)
	checkEndpoint(r, "/connection/endpoints/refresh", e.Refresh, l, later)
	checkEndpoint(r, "/connection/endpoints/revocation", e.Revocation, l, later)
	checkEndpoint(r, "/connection/apiBase", c.APIBase, l, later)
	checkMap(r, "/connection/authorizeParameters", c.AuthorizeParameters, c, first)
	checkMap(r, "/connection/tokenParameters", c.TokenParameters, c, exchange)
	checkPage(r, "/connection/client/console", c.Client.Console, l, beforeSignIn)
	if c.APIKey != nil {
		checkPage(r, "/connection/apiKey/page", c.APIKey.Page, l, beforeSignIn)
	}
	call := allowed{variables: connected, words: []string{"client_id"}}
	checkMap(r, "/connection/apiAuth/headers", c.APIAuth.Headers, c, call)
	checkAuthTemplate(r, c)
	for i, lookup := range c.Lookups {
		checkRequest(r, at("/connection/lookups", i, "request"), lookup.Request, l, call)
	}
	if c.Probe != nil {
		checkRequest(r, "/connection/probe", c.Probe.Request, l, call)
	}
	if c.Revoke != nil {
		revoke := allowed{variables: connected, words: []string{"token", "access_token", "refresh_token", "client_id", "client_secret"}}
		checkRequest(r, "/connection/revoke", *c.Revoke, l, revoke)
	}
}

// checkAuthTemplate wants the parts from which HTTP Basic (RFC 7617) is made.
func checkAuthTemplate(r *report, c provider.Provider) {
	const path = "/connection/apiAuth/template"
	checkTemplates(r, path, c.APIAuth.Template, c, allowed{variables: connected, words: []string{"token", "client_id"}})
	whole := strings.Contains(c.APIAuth.Template, "{{token}}")
	if c.APIAuth.In == "basic" && !whole {
		r.add(path, "calls carry user and password, but nothing says how they are made from the key", "Write for example {{token}}: for a key that is the user name")
	}
}

// checkPage looks at a page to open that may differ per customer, by variables of
// those origins.
func checkPage(r *report, path, address string, l Listing, variables []string) {
	if address == "" {
		return
	}
	checkTemplates(r, path, address, l.Connection, allowed{variables: variables})
	checkHostPart(r, path, address, l.Connection)
	checkAddress(r, path, expand(address, l.Connection.Variables), l.Sandbox)
}

var ownHeaders = []string{"authorization", "cookie", "host", "content-length", "transfer-encoding", "connection"}

func checkRequest(r *report, path string, q provider.Request, l Listing, may allowed) {
	checkEndpoint(r, at(path, "url"), q.URL, l, may)
	checkMap(r, at(path, "headers"), q.Headers, l.Connection, may)
	for _, name := range slices.Sorted(maps.Keys(q.Headers)) {
		if slices.Contains(ownHeaders, strings.ToLower(name)) {
			r.add(at(path, "headers", name), fmt.Sprintf("the header %s is set by Patchbay itself", name), "Remove it; connection.apiAuth says how calls are authorized")
		}
	}
	checkTemplates(r, at(path, "body"), q.Body, l.Connection, may)
	isJSON := q.ContentType == "" || strings.HasPrefix(q.ContentType, "application/json")
	if isJSON && q.Body != "" && !json.Valid(templates.ReplaceAll([]byte(q.Body), []byte("0"))) {
		r.add(at(path, "body"), "the body is not JSON once its templates are filled in", "Correct it, or say another contentType")
	}
	checkPath(r, at(path, "failed"), q.Failed)
}

func checkOperations(r *report, l Listing) {
	ids := map[string]bool{}
	for i, o := range l.Actions {
		path := at("/actions", i)
		if o.Poll != nil {
			r.add(at(path, "poll"), "an action has poll", "Remove it, or move the operation to triggers")
		}
		checkOperation(r, path, o, l, ids)
	}
	for i, o := range l.Triggers {
		path := at("/triggers", i)
		if o.Poll == nil {
			r.add(at(path, "poll"), "a trigger does not say how new items are found", "Add poll with items and id")
		}
		checkOperation(r, path, o, l, ids)
	}
}

func checkOperation(r *report, path string, o Operation, l Listing, ids map[string]bool) {
	if ids[o.ID] {
		r.add(at(path, "id"), fmt.Sprintf("%q is the id of two operations", o.ID), "Give each its own")
	}
	ids[o.ID] = true
	if (o.Safety == "keyed") != (o.Key != "") {
		r.add(at(path, "key"), "safety and key do not fit: a key belongs to keyed operations, and they need one", "Correct one of the two")
	}
	may := allowed{variables: connected, inputs: map[string]bool{}, words: []string{"client_id"}}
	if o.Poll != nil {
		may.words = append(may.words, "since")
		checkPoll(r, at(path, "poll"), o)
	}
	for i, f := range o.Input {
		if may.inputs[f.Name] {
			r.add(at(path, "input", i, "name"), fmt.Sprintf("there are two fields %q", f.Name), "Rename or remove one")
		}
		may.inputs[f.Name] = true
	}
	checkRequest(r, at(path, "request"), o.Request, l, may)
	for i, out := range o.Output {
		checkPath(r, at(path, "output", i, "path"), out.Path)
	}
}

func checkPoll(r *report, path string, o Operation) {
	checkPath(r, at(path, "items"), o.Poll.Items)
	checkPath(r, at(path, "id"), o.Poll.ID)
	checkPath(r, at(path, "time"), o.Poll.Time)
	if o.Poll.ID == "" && o.Poll.Time == "" {
		r.add(path, "nothing tells a new item from an old one", "Say where the item's id or its time stands")
	}
	uses := strings.Contains(o.Request.URL+o.Request.Body, "{{since}}")
	for _, value := range o.Request.Headers {
		uses = uses || strings.Contains(value, "{{since}}")
	}
	if o.Poll.Since != "" && !uses {
		r.add(at(path, "since"), "it says how {{since}} is written, but the request has none", "Use {{since}} in the request or remove it")
	}
}
