package schema

import (
	"encoding/json"
	"strings"
	"testing"
)

// Whoever edits a listing reads the schema's descriptions, in the editor and in
// the advice of check-listing; so no field goes without one.
func TestEveryFieldIsDescribed(t *testing.T) {
	for name, document := range map[string][]byte{"listing": Listing, "feed": Feed} {
		var root map[string]any
		if err := json.Unmarshal(document, &root); err != nil {
			t.Fatal(err)
		}
		if n := describe(t, name, root); n < 20 {
			t.Errorf("%s: only %d fields seen", name, n)
		}
	}
}

// describe checks node and what is below it, and counts the nodes.
func describe(t *testing.T, path string, node map[string]any) int {
	t.Helper()
	_, refers := node["$ref"]
	if text, _ := node["description"].(string); !refers && len(strings.Fields(text)) < 2 {
		t.Errorf("%s is not described: %q", path, text)
	}
	if node["type"] == "object" && node["properties"] != nil && node["additionalProperties"] != false {
		t.Errorf("%s lets misspelt fields pass", path)
	}
	seen := 1
	for _, group := range []string{"properties", "$defs"} {
		fields, _ := node[group].(map[string]any)
		for name, field := range fields {
			if group == "properties" && !says(field) {
				t.Errorf("%s.%s has no words of its own", path, name)
			}
			seen += describe(t, path+"."+name, field.(map[string]any))
		}
	}
	for _, group := range []string{"items", "additionalProperties", "propertyNames"} {
		if below, ok := node[group].(map[string]any); ok {
			seen += describe(t, path+"."+group, below)
		}
	}
	return seen
}

func says(field any) bool {
	text, _ := field.(map[string]any)["description"].(string)
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, ")")
}
