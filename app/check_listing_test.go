package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"patchbay/app/feed/builtin"
)

// What an editor of listings reads: the file, the line, what is wrong, how to mend it.
func TestCheckListings(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, document []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, document, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	slack := builtin.Document("slack")
	good := write("good.json", slack)
	wrong := write("wrong.json", bytes.Replace(slack, []byte(`"name": "Slack",`), []byte(`"name": "",`), 1))
	cut := write("cut.json", slack[:bytes.IndexByte(slack, ',')+2])
	tests := []struct {
		name  string
		files []string
		code  int
		says  string
	}{
		{"good", []string{good}, 0, good + ": good\n"},
		{"wrong", []string{good, wrong}, 1, wrong + ":3: /name: it is empty. Write here: "},
		{"cut off", []string{cut}, 1, cut + ":2: document: this is not JSON: the document ends too early."},
		{"not there, and wrong", []string{filepath.Join(dir, "none.json"), wrong}, 2, wrong + ":3: /name"},
		{"none named", nil, 2, "usage: patchbay check-listing FILE..."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			if code := CheckListings(&out, test.files); code != test.code || !strings.Contains(out.String(), test.says) {
				t.Errorf("code %d, want %d, and output that says %q:\n%s", code, test.code, test.says, &out)
			}
		})
	}
}
