package sqlite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// modernc.org/sqlite is C made into Go against one version of its C library and
// says to use exactly that one (its doc.go; other pairs have crashed).
func TestLibc_isTheVersionThatSQLiteNames(t *testing.T) {
	own, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	must(t, err)
	sqliteVersion := required(t, own, "modernc.org/sqlite")
	theirs, err := os.ReadFile(filepath.Join(moduleCache(t), "cache", "download", "modernc.org", "sqlite", "@v", sqliteVersion+".mod"))
	must(t, err)
	want, got := required(t, theirs, "modernc.org/libc"), required(t, own, "modernc.org/libc")
	if got != want {
		t.Errorf("go.mod has modernc.org/libc %s, but modernc.org/sqlite %s wants %s", got, sqliteVersion, want)
	}
}

func required(t *testing.T, mod []byte, module string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(module) + ` (v\S+)`).FindSubmatch(mod)
	if found == nil {
		t.Fatalf("no %s in go.mod", module)
	}
	return string(found[1])
}

func moduleCache(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	must(t, err)
	return strings.TrimSpace(string(out))
}
