package listing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

func valid(t testing.TB) []byte {
	t.Helper()
	document, err := os.ReadFile("testdata/valid.json")
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// with returns the valid document with value at a JSON pointer; a nil value
// removes what is there.
func with(t testing.TB, pointer string, value any) []byte {
	t.Helper()
	var tree any
	if err := json.Unmarshal(valid(t), &tree); err != nil {
		t.Fatal(err)
	}
	steps := strings.Split(pointer, "/")[1:]
	node := tree
	for _, step := range steps[:len(steps)-1] {
		node = child(t, node, step)
	}
	last := steps[len(steps)-1]
	switch n := node.(type) {
	case map[string]any:
		n[last] = value
		if value == nil {
			delete(n, last)
		}
	case []any:
		n[position(t, last)] = value
	}
	document, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func child(t testing.TB, node any, step string) any {
	t.Helper()
	if array, ok := node.([]any); ok {
		return array[position(t, step)]
	}
	object := node.(map[string]any)
	if object[step] == nil {
		object[step] = map[string]any{}
	}
	return object[step]
}

func position(t testing.TB, step string) int {
	t.Helper()
	var i int
	if _, err := fmt.Sscan(step, &i); err != nil {
		t.Fatalf("step %q: %v", step, err)
	}
	return i
}

func TestCheckAcceptsAGoodListing(t *testing.T) {
	for _, problem := range Check(valid(t)) {
		t.Error(problem)
	}
}

func TestCheckFindsOneWrongThing(t *testing.T) {
	const u = "https://acme.desk.example.com"
	tests := []struct {
		name, pointer string
		value         any
		path, message string // path "" is the pointer
	}{
		// What the schema says.
		{"missing field", "/name", nil, "-", `"name" is missing`},
		{"unknown field", "/nmae", "Acme", "", `there is no field "nmae" here`},
		{"wrong type", "/name", 7, "", "this is a number where a text belongs"},
		{"slug form", "/slug", "Acme Desk", "", "does not have the right form"},
		{"name length", "/name", strings.Repeat("a", 61), "", "61 characters, at most 60"},
		{"tagline length", "/tagline", strings.Repeat("a", 141), "", "at most 140"},
		{"description length", "/description", strings.Repeat("a", 4001), "", "at most 4000"},
		{"empty text", "/tagline", "", "", "it is empty"},
		{"too few features", "/features", []string{"One"}, "", "at least 3"},
		{"feature twice", "/features", []string{"One", "Two", "One"}, "", "entries 1 and 3 are the same"},
		{"unknown category", "/categories/0", "magic", "", "none of the allowed values"},
		{"three categories", "/categories", []string{"crm", "chat", "hr"}, "", "at most 2"},
		{"icon colour", "/icon/color", "blue", "", "does not have the right form"},
		{"date that does not exist", "/checked", "2026-02-30", "", "not a date that exists"},
		{"negative price", "/pricing/plans/0/monthly", -1, "", "less than 0"},
		{"rating above five", "/rating", map[string]any{"average": 6, "count": 1}, "/rating/average", "more than 5"},
		{"address length", "/privacy/policy", "https://www.example.com/" + strings.Repeat("a", 250), "", "at most 250"},
		{"picture outside the feed", "/screenshots/0/image", "../secret.png", "", "does not have the right form"},
		{"parameter of the protocol", "/connection/authorizeParameters/response_mode", "query", "", "the protocol sets response_mode itself"},
		{"host with path", "/connection/hosts/0", "desk.example.com/x", "", "does not have the right form"},
		// What text must not hold.
		{"control character", "/tagline", "Bell\a", "", "invisible character U+0007"},
		{"bidi override", "/name", "Acme \u202eksed", "", "U+202E"},
		{"zero width", "/features/0", "Opens\u200b tickets", "", "U+200B"},
		{"hidden in a name of a field", "/texts/pl/tag\u200bline", "x", "-", "U+200B"},
		{"block of HTML", "/description", "Hello\n\n<script>alert(1)</script>", "", "it holds HTML"},
		{"inline HTML", "/texts/pl/description", "Hello <b>you</b>", "", "it holds HTML"},
		{"remote image", "/description", "![x](https://www.example.com/x.png)", "", "it holds an image"},
		{"script link", "/description", "[x](javascript:alert)", "", "links to"},
		{"language tag", "/languages/0", "english-please-now", "", "BCP 47"},
		{"language not canonical", "/languages/0", "EN-us", "", "BCP 47"},
		{"language of a text", "/texts/xx-yy-zz", map[string]any{"tagline": "x"}, "", "BCP 47"},
		{"language of support", "/resources/support/0/languages/0", "klingon123", "", "BCP 47"},
		// Addresses.
		{"http", "/privacy/policy", "http://www.example.com", "", "is not https"},
		{"loopback outside a sandbox", "/resources/documentation", "http://127.0.0.1/", "", "is not https"},
		{"user in address", "/publisher/site", "https://www.example.com@evil.example", "", "holds a user name"},
		{"homograph host", "/publisher/site", "https://www.ex\u0430mple.com", "", "mistaken for others"},
		{"no host", "/publisher/site", "https:///x", "", "is not a web address"},
		{"console not https", "/connection/client/console", "http://www.example.com", "", "is not https"},
		// Pricing.
		{"page without day", "/pricing/checked", nil, "", "no day on which it was looked at"},
		{"price without currency", "/pricing/plans/0/currency", nil, "", "without currency"},
		{"plans of unknown model", "/pricing/model", "unknown", "", "the model is unknown"},
		// Connection.
		{"operations without connection", "/connection", map[string]any{"kind": "none", "hosts": []string{}}, "/connection/kind", "cannot be connected"},
		{"no token endpoint", "/connection/endpoints/token", nil, "", "it is missing"},
		{"no authorization endpoint", "/connection/endpoints/authorization", nil, "", "it is missing"},
		{"no device endpoint", "/connection/grant", "device", "/connection/endpoints/device", "it is missing"},
		{"no client", "/connection/client", nil, "/connection/client/kind", "it is missing"},
		{"no tokenAuth", "/connection/tokenAuth", nil, "", "it is missing"},
		{"no hosts", "/connection/hosts", []string{}, "", "it is missing"},
		{"no probe", "/connection/probe", nil, "", "it is missing"},
		{"no identity", "/connection/identity", nil, "/connection/identity/id", "it is missing"},
		{"no key", "/connection/kind", "api_key", "/connection/apiKey", "it is missing"},
		{"public without id", "/connection/client", map[string]any{"kind": "public"}, "/connection/client/id", "has no id"},
		{"public with secret", "/connection/client", map[string]any{"kind": "public", "id": "x", "secretNeeded": true}, "/connection/client/secretNeeded", "cannot keep a secret"},
		{"own without console", "/connection/client", map[string]any{"kind": "own"}, "/connection/client/console", "nothing says where"},
		{"forbidden without reason", "/connection/client", map[string]any{"kind": "forbidden"}, "/connection/client/forbidden", "nothing says why"},
		{"pattern that is none", "/connection/variables/0/pattern", "^[a-z$", "", "not a regular expression"},
		{"pattern with look-ahead", "/connection/variables/0/pattern", "^(?=a)[a-z]+$", "", "not a regular expression"},
		{"pattern not anchored", "/connection/variables/3/pattern", "[0-9]+", "", "does not cover the whole value"},
		{"example against pattern", "/connection/variables/0/example", "Acme!", "", "does not match the pattern"},
		{"default against pattern", "/connection/variables/3/default", "seven", "", "does not match the pattern"},
		{"variable twice", "/connection/variables/1/name", "account", "", "two variables"},
		{"nothing supplies it", "/connection/callbackKeep", nil, "/connection/variables/1/from", "nothing fills"},
		{"kept but not declared", "/connection/callbackKeep", []string{"region", "shard"}, "/connection/callbackKeep/1", "not declared"},
		{"kept token value not declared", "/connection/response/keep", map[string]any{"plan": "$.p", "tier": "$.t"}, "/connection/response/keep/tier", "not declared"},
		{"lookup not declared", "/connection/lookups/0/name", "squad", "", "not declared"},
		{"key pattern", "/connection/apiKey", map[string]any{"label": "Key", "pattern": "("}, "/connection/apiKey/pattern", "not a regular expression"},
		{"pattern lets host escape", "/connection/variables/0/pattern", "^.+$", "", "change the host"},
		{"star too wide", "/connection/hosts", []string{"*.desk.example.com", "*.com"}, "/connection/hosts/1", "too many hosts"},
		{"bare address", "/connection/hosts", []string{"*.desk.example.com", "10.0.0.1"}, "/connection/hosts/1", "this machine or a bare address"},
		{"localhost", "/connection/hosts", []string{"*.desk.example.com", "localhost"}, "/connection/hosts/1", "this machine or a bare address"},
		{"host template not declared", "/connection/hosts", []string{"*.desk.example.com", "{{variables.nobody}}"}, "/connection/hosts/1", "not declared"},
		{"endpoint on another host", "/connection/endpoints/token", "https://evil.example/token", "", "not among connection.hosts"},
		{"probe on another host", "/connection/probe/url", "https://desk.example.com/me", "", "not among connection.hosts"},
		{"revocation on another host", "/connection/revoke/url", "https://evil.example", "", "not among connection.hosts"},
		{"fragment", "/connection/apiBase", u + "/#x", "", "behind #"},
		{"single braces", "/connection/apiBase", u + "/{team}", "", "belongs to no template"},
		{"late variable in an early address", "/connection/endpoints/authorization", u + "/{{variables.team}}", "", "not known yet"},
		{"token variable in the exchange", "/connection/tokenParameters", map[string]any{"x": "{{variables.plan}}"}, "/connection/tokenParameters/x", "not known yet"},
		{"scope twice", "/connection/scopes/optional", []any{map[string]any{"name": "tickets", "reason": "x", "access": "read"}}, "-", "stands there twice"},
		{"identity path", "/connection/identity/name", "$.[", "", "is not a JSONPath"},
		{"keep path", "/connection/response/keep/plan", "$[?(", "", "is not a JSONPath"},
		{"lookup path", "/connection/lookups/0/path", "$..", "", "is not a JSONPath"},
		{"lifetime", "/connection/lifetimes/access", "1 hour", "", "is not a duration"},
		{"probe too often", "/connection/probe/every", "10ms", "", "not a duration of a second or more"},
		{"basic without template", "/connection/apiAuth", map[string]any{"in": "basic"}, "/connection/apiAuth/template", "nothing says how they are made"},
		// Operations.
		{"own authorization header", "/connection/probe/headers", map[string]any{"Authorization": "x"}, "/connection/probe/headers/Authorization", "set by Patchbay itself"},
		{"scope not asked for", "/actions/0/scopes/0", "admin", "", "is not asked for"},
		{"variable not declared", "/actions/0/request/url", u + "/{{variables.nobody}}", "", "is not declared"},
		{"input not declared", "/actions/0/request/body", `{"a":"{{inputs.nobody}}"}`, "", "is not declared"},
		{"since in an action", "/actions/0/request/url", u + "/{{since}}", "", "cannot stand here"},
		{"token in an action", "/actions/0/request/body", `{"a":"{{token}}"}`, "", "cannot stand here"},
		{"secret in a header", "/actions/0/request/headers/X-Secret", "{{client_secret}}", "", "cannot stand here"},
		{"body that is not JSON", "/actions/0/request/body", `{"a":{{inputs.count}}`, "", "not JSON once its templates"},
		{"failed path", "/actions/0/request/failed", "$[", "", "is not a JSONPath"},
		{"output path", "/actions/0/output/0/path", "$.a b", "", "is not a JSONPath"},
		{"keyed without key", "/actions/0/key", nil, "", "safety and key do not fit"},
		{"key without keyed", "/triggers/0/key", "header X", "", "safety and key do not fit"},
		{"id twice", "/triggers/0/id", "open_ticket", "", "the id of two operations"},
		{"field twice", "/actions/0/input/1/name", "text", "", "two fields"},
		{"action with poll", "/actions/0/poll", map[string]any{"items": "$"}, "", "an action has poll"},
		{"trigger without poll", "/triggers/0/poll", nil, "", "does not say how new items are found"},
		{"poll without id and time", "/triggers/0/poll/id", nil, "/triggers/0/poll", "nothing tells a new item"},
		{"since that is not used", "/triggers/0/request/url", u + "/tickets", "/triggers/0/poll/since", "the request has none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problems := Check(with(t, test.pointer, test.value))
			path := test.path
			if path == "" {
				path = test.pointer
			}
			for _, p := range problems {
				if (path == "-" || p.Path == path) && strings.Contains(p.Message, test.message) && p.Mend != "" {
					return
				}
			}
			t.Errorf("no problem at %s that says %q, but %v", path, test.message, problems)
		})
	}
}

func TestCheckRefusesBrokenJSON(t *testing.T) {
	deep := bytes.Repeat([]byte("["), 200_000)
	tests := []struct {
		name     string
		document []byte
		message  string
	}{
		{"empty", nil, "ends too early"},
		{"cut off", valid(t)[:200], "ends too early"},
		{"comma missing", []byte("{\n\"a\": 1\n\"b\": 2}"), "not JSON"},
		{"more behind the end", append(valid(t), "{}"...), "more follows"},
		{"name twice", []byte(`{"a":{"slug":"x","slug":"y"}}`), "a second time"},
		{"deep", deep, "levels deep"},
		{"not UTF-8", []byte("{\"a\":\"\xff\"}"), "not UTF-8"},
		{"too big", bytes.Repeat([]byte(" "), 256<<10+1), "more than 262144"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problems := Check(test.document)
			if len(problems) != 1 || !strings.Contains(problems[0].Message, test.message) {
				t.Errorf("got %v, want one problem that says %q", problems, test.message)
			}
		})
	}
}

func TestCheckLetsTheSandboxUseThisMachine(t *testing.T) {
	document := bytes.ReplaceAll(valid(t), []byte("https://{{variables.account}}.desk.example.com"), []byte("http://127.0.0.1:47600"))
	document = bytes.Replace(document, []byte("*.desk.example.com"), []byte("127.0.0.1"), 1)
	if problems := Check(document); len(problems) == 0 {
		t.Error("an ordinary listing may call this machine")
	}
	document = bytes.Replace(document, []byte(`"slug"`), []byte(`"sandbox": true, "slug"`), 1)
	for _, problem := range Check(document) {
		t.Error(problem)
	}
}

func TestCheckStopsWritingProblems(t *testing.T) {
	object := map[string]any{}
	for i := range 5000 {
		object[fmt.Sprintf("field%d", i)] = "\u200b"
	}
	document, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(Check(document)); n != maxProblems {
		t.Errorf("%d problems, want %d", n, maxProblems)
	}
}

func TestProblemReadsAsOneLine(t *testing.T) {
	p := Problem{Path: "/name", Message: "it is empty", Mend: "Write the name"}
	if got, want := p.String(), "/name: it is empty. Write the name."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (Problem{Message: "x", Mend: "y"}).String(); got != "document: x. y." {
		t.Errorf("got %q", got)
	}
}

func TestMendQuotesTheSchema(t *testing.T) {
	for _, p := range Check(with(t, "/slug", "Acme Desk")) {
		if !strings.Contains(p.Mend, "lower-case") {
			t.Errorf("advice %q does not say what a slug is", p.Mend)
		}
	}
}

func TestCheckFeed(t *testing.T) {
	tests := []struct {
		name, document, path string
	}{
		{"good", `{"id":"acme","name":"Acme","collections":[{"id":"new","title":"New","slugs":["acme-desk"]}],"listings":[{}]}`, ""},
		{"no name", `{"id":"acme"}`, "document"},
		{"slug of a collection", `{"id":"acme","name":"A","collections":[{"id":"new","title":"New","slugs":["A!"]}]}`, "/collections/0/slugs/0"},
		{"hidden character", "{\"id\":\"acme\",\"name\":\"A\u202e\"}", "/name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problems := CheckFeed([]byte(test.document))
			if test.path == "" && len(problems) > 0 || test.path != "" && (len(problems) != 1 || !strings.HasPrefix(problems[0].String(), test.path+": ")) {
				t.Errorf("got %v", problems)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	document := valid(b)
	b.SetBytes(int64(len(document)))
	for b.Loop() {
		if Check(document) != nil {
			b.Fatal("the valid document has problems")
		}
	}
}

func TestBrokenJSONHasALine(t *testing.T) {
	for document, line := range map[string]int{
		"{\n\"a\": 1\n\"b\": 2}": 3, "{\n\"a\": 1,\n\"a\": 2\n}": 3, "": 1,
	} {
		if p := Check([]byte(document)); len(p) != 1 || p[0].Line != line {
			t.Errorf("%q: got %+v, want line %d", document, p, line)
		}
	}
}

func TestAdviceOnBrokenJSON(t *testing.T) {
	tests := []struct{ name, document, mend string }{
		{"empty", "", "Write a listing"},
		{"byte order mark", "\ufeff{}", "without a byte order mark"},
		{"comment", "{\n// mine\n}", "no comments"},
		{"single quotes", "{'slug': 1}", "double quotation marks"},
		{"comma behind the last field", `{"slug": "x",}`, "Remove the comma"},
		{"comma behind the last entry", `{"a": ["x",]}`, "Remove the comma"},
		{"value missing", `{"a": }`, "often a comma"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if p := Check([]byte(test.document)); len(p) != 1 || !strings.Contains(p[0].Mend, test.mend) {
				t.Errorf("got %v, want advice that says %q", p, test.mend)
			}
		})
	}
}

func TestAFieldThatIsNotThereNamesThoseThatAre(t *testing.T) {
	problems := Check(with(t, "/pricing/modle", "free"))
	if len(problems) != 1 || !strings.Contains(problems[0].Mend, "checked, model, page, plans") {
		t.Errorf("got %v", problems)
	}
}

func TestOnePatternIsReportedOnce(t *testing.T) {
	if problems := Check(with(t, "/connection/variables/0/pattern", "^.+$")); len(problems) != 1 {
		t.Errorf("got %v, want one problem", problems)
	}
}
