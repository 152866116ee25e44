package listing

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestLineFindsWhatAPointerNames(t *testing.T) {
	document := []byte(`{
  "slug": "x",
  "list": [
    "a", "b",
    { "deep": { "a/b": 1,
      "~": 2 } }
  ],
  "last": {}
}`)
	tests := []struct {
		pointer string
		line    int
	}{
		{"", 1},
		{"/slug", 2},
		{"/list", 3},
		{"/list/0", 4},
		{"/list/1", 4},
		{"/list/2", 5},
		{"/list/2/deep/a~1b", 5},
		{"/list/2/deep/~0", 6},
		{"/last", 8},
		{"/last/missing", 8},
		{"/missing", 1},
		{"/list/9", 3},
		{"/slug/no", 2},
	}
	for _, test := range tests {
		if line := Line(document, test.pointer); line != test.line {
			t.Errorf("%q is said to be on line %d, want %d", test.pointer, line, test.line)
		}
	}
	if line := Line([]byte("{\n\"a\": 1,\n oops"), "/b"); line != 1 {
		t.Errorf("broken JSON: line %d", line)
	}
}

// Every value of a real document is found where it stands.
func TestLineAgreesWithTheDocument(t *testing.T) {
	for _, pointer := range []string{"/slug", "/connection/endpoints/token", "/actions/0/request/url", "/texts/pl/tagline"} {
		var document bytes.Buffer
		if err := json.Indent(&document, with(t, pointer, "here it is"), "", " "); err != nil {
			t.Fatal(err)
		}
		before, _, found := bytes.Cut(document.Bytes(), []byte("here it is"))
		want := 1 + bytes.Count(before, []byte("\n"))
		if line := Line(document.Bytes(), pointer); line != want || !found {
			t.Errorf("%s: line %d, want %d", pointer, line, want)
		}
	}
}
