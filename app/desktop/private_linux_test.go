package desktop_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"patchbay/app/desktop"
)

// asCrasher makes the test binary a program that keeps itself private, says how
// large a core dump may be and who may read a file it makes, and crashes.
const asCrasher = "PATCHBAY_TEST_CRASH"

func init() {
	file := os.Getenv(asCrasher)
	if file == "" {
		return
	}
	raised := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &raised)
	desktop.Private()
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit)
	_ = os.WriteFile(file, nil, 0o666)
	fmt.Println(limit.Cur, limit.Max, err)
	secret := strings.Repeat("canary", 3)
	crash(&secret)
}

func crash(secret *string) { panic("a mistake near " + fmt.Sprint(len(*secret))) }

func TestS05_ACrashLeavesNoSecret(t *testing.T) {
	file := t.TempDir() + "/made"
	crasher := exec.Command(os.Args[0])
	crasher.Env = append(os.Environ(), asCrasher+"="+file)
	out, err := crasher.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "a mistake near 18") {
		t.Fatalf("it did not crash: %s", out)
	}
	if !strings.HasPrefix(string(out), "0 0 <nil>\n") {
		t.Errorf("a core dump may be written: %.30s", out)
	}
	if strings.Contains(string(out), "canarycanary") {
		t.Error("the trace holds what a string held")
	}
	info, err := os.Stat(file)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("what it makes can be read by others: %o", info.Mode().Perm())
	}
}
