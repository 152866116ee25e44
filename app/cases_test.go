package app

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cases is how many attacks and faults the list has in each of its parts.
var cases = map[string]int{"A": 33, "T": 30, "R": 17, "V": 10, "S": 10}

var (
	testOfCase = regexp.MustCompile(`(?m)^func Test([ATRVS][0-9]{2})_`)
	leftOut    = regexp.MustCompile(`(?m)^//   - ([ATRVS][0-9]{2}) cannot `)
)

// TestCases holds that every case of the list has a test whose name begins with
// its id, or a reason in package oauth why it has none.
func TestCases(t *testing.T) {
	tested := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, match := range testOfCase.FindAllSubmatch(source, -1) {
			tested[string(match[1])] = append(tested[string(match[1])], name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("oauth/doc.go")
	if err != nil {
		t.Fatal(err)
	}
	excused := map[string]bool{}
	for _, match := range leftOut.FindAllSubmatch(doc, -1) {
		excused[string(match[1])] = true
	}
	known := map[string]bool{}
	for part, count := range cases {
		for n := 1; n <= count; n++ {
			id := fmt.Sprintf("%s%02d", part, n)
			known[id] = true
			if has := len(tested[id]) > 0; has == excused[id] {
				t.Errorf("%s: tested %v, excused in package oauth %v", id, has, excused[id])
			}
		}
	}
	for id, where := range tested {
		if !known[id] {
			t.Errorf("%s tests %s, which is not on the list", where, id)
		}
	}
}
