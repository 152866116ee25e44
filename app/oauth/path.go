package oauth

import (
	"encoding/json"
	"strconv"

	"github.com/theory/jsonpath"
)

// pick returns what path selects, or without a path the member called name.
func pick(path string, fields map[string]any, name string) any {
	if path == "" {
		return fields[name]
	}
	return first(path, fields)
}

// first returns the first value that path selects, or nil.
func first(path string, fields map[string]any) any {
	nodes := query(path, fields)
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

// selects reports whether path selects anything.
func selects(path string, fields map[string]any) bool { return len(query(path, fields)) > 0 }

func query(path string, fields map[string]any) []any {
	if path == "" {
		return nil
	}
	p, err := jsonpath.Parse(path)
	if err != nil {
		return nil // Provider.Check has refused such a path before.
	}
	return p.Select(fields)
}

// text returns a scalar as text, anything else as "".
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}
