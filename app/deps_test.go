package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "patchbay/app"

// mayImport lists, for each package under app/, the packages under app/ that it
// may import. A package that is absent may import none. Tests may import more.
var mayImport = map[string]string{
	// Nouns know leaves. A need across nouns is an interface in the caller.
	"account":      "event fault",
	"alert":        "event fault wording",
	"alert/report": "alert event fault outbox plain wording",
	"connection":   "alert event fault oauth provider",
	"listing":      "event fault listing/index listing/schema provider",
	"oauth":        "fault secret",
	"outbox":       "event fault secret",
	"provider":     "fault",
	"settings":     "event fault",

	// Adapters implement what nouns need, and never know each other.
	"desktop":  "connection fault",
	"feed":     "fault feed/builtin listing",
	"keychain": "connection fault",
	"mail":     "outbox plain secret",
	"notify":   "alert fault plain wording",
	"sandbox":  "fault",
	"sqlite":   "account alert alert/report connection fault listing outbox settings",

	// The bridge knows nouns; what else it needs is handed to it. Its popup takes
	// a size from desktop.
	"bridge": "account alert alert/report connection desktop event fault listing listing/index oauth outbox provider secret settings wording",

	"sqlite/sqlitetest":       "sqlite",
	"alert/alerttest":         "alert fault",
	"mail/mailtest":           "",
	"oauth/oauthtest":         "",
	"connection/replay":       "",
	"listing/index/indextest": "listing/index",
	"listing/listingbench":    "feed listing listing/index listing/index/indextest provider sqlite",

	"": "account alert alert/report bridge connection desktop event fault feed feed/builtin keychain listing mail notify oauth outbox sandbox settings sqlite wording",
}

// onlyWails may know the window's framework, beside main.go.
const onlyWails = "bridge"

func TestImports(t *testing.T) {
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		pkg := strings.TrimPrefix(path.Dir(filepath.ToSlash(name)), ".")
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if strings.HasPrefix(imported, "github.com/wailsapp/") && pkg != onlyWails {
				t.Errorf("%s imports %s: only %s may", name, imported, onlyWails)
			}
			own, ok := strings.CutPrefix(imported, module+"/")
			if ok && !slices.Contains(strings.Fields(mayImport[pkg]), own) {
				t.Errorf("%s imports %s: %q may import %q", name, own, pkg, mayImport[pkg])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImports_tableNamesOnlyPackages(t *testing.T) {
	for pkg := range mayImport {
		if files, _ := filepath.Glob(filepath.Join(pkg, "*.go")); len(files) == 0 {
			t.Errorf("the table names %q, which is no package", pkg)
		}
	}
}

func TestPackages_haveADocComment(t *testing.T) {
	documented := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(name))
		documented[pkg] = documented[pkg] || file.Doc != nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg, is := range documented {
		if !is {
			t.Errorf("package %s has no doc comment", pkg)
		}
	}
}
