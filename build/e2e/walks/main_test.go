package walks

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"patchbay/e2e/desk"
)

// aloneKey marks the process of one walk and names the folder that the walks
// of this run share.
const aloneKey = "PATCHBAY_WALK_ALONE"

// TestMain gives every walk a process and a network of its own, since the
// sandbox always listens on the same port. A walk mostly waits for the screen,
// so there is one more at a time than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if os.Getenv(aloneKey) != "" || setting("list") != "" {
		os.Exit(m.Run())
	}
	os.Exit(walkAll())
}

// walkAll returns the exit code.
func walkAll() int {
	dir, err := os.MkdirTemp("", "walks-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv(aloneKey, dir)
	names, err := wanted()
	if err != nil {
		fmt.Fprintln(os.Stderr, "list the walks:", err)
		return 1
	}
	if !all(names, runtime.NumCPU()+1) {
		return 1
	}
	return 0
}

// setting is the value of a flag of go test.
func setting(name string) string { return flag.Lookup("test." + name).Value.String() }

// wanted lists the walks that -run asks for.
func wanted() ([]string, error) {
	pattern := setting("run")
	if pattern == "" {
		pattern = "."
	}
	out, err := exec.Command(os.Args[0], "-test.list", pattern).Output()
	return strings.Fields(string(out)), err
}

// all walks the walks, so many at a time, and reports whether each passed.
func all(names []string, atOnce int) bool {
	next := make(chan string, len(names))
	for _, name := range names {
		next <- name
	}
	close(next)
	var mu sync.Mutex
	passed := true
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for name := range next {
				report, ok := walk(name)
				mu.Lock()
				fmt.Print(report)
				passed = passed && ok
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return passed
}

// walk walks one walk and says how it went; at length only if it failed or -v
// asks for it.
func walk(name string) (report string, passed bool) {
	began := time.Now()
	out, err := desk.OwnNetwork(os.Args[0], "-test.run", "^"+name+"$", "-test.timeout", "4m", "-test.v").CombinedOutput()
	took := time.Since(began).Seconds()
	if err != nil {
		return fmt.Sprintf("FAIL %s (%.1f s): %v\n%s", name, took, err, out), false
	}
	report = fmt.Sprintf("ok   %s (%.1f s)\n", name, took)
	if setting("v") == "true" {
		report += string(out)
	}
	return report, true
}
