package desktop_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"patchbay/app/desktop"
	"patchbay/app/fault"
)

// asHolder makes the test binary a program that claims a folder, says how that
// went, and holds it until its input ends.
const asHolder = "PATCHBAY_TEST_CLAIM"

func TestMain(m *testing.M) {
	if dir := os.Getenv(asHolder); dir != "" {
		_, err := desktop.Claim(dir)
		fmt.Printf("code=%s\n", fault.CodeOf(err))
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// hold claims dir in another process, and returns the code of that and how to
// end the process.
func hold(t *testing.T, dir string) (code fault.Code, kill func()) {
	t.Helper()
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), asHolder+"="+dir)
	in, err := holder.StdinPipe()
	must(t, err)
	out, err := holder.StdoutPipe()
	must(t, err)
	must(t, holder.Start())
	kill = func() {
		_ = holder.Process.Kill()
		_ = holder.Wait()
		_ = in.Close()
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	return fault.Code(strings.TrimSpace(strings.TrimPrefix(line, "code="))), kill
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

func TestR03_oneProcessPerDataFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data")
	release, err := desktop.Claim(dir)
	must(t, err)
	if code, _ := hold(t, dir); code != fault.Conflict {
		t.Errorf("another process got %q, want %s", code, fault.Conflict)
	}
	release()
	code, kill := hold(t, dir)
	if code != "" {
		t.Fatalf("after the release another process got %q", code)
	}
	_, err = desktop.Claim(dir)
	wantCode(t, err, fault.Conflict)
	kill() // a lock must not outlive its process, however that ends
	release, err = desktop.Claim(dir)
	must(t, err)
	release()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 1 {
		t.Errorf("left in the folder: %v, %v", entries, err)
	}
}

func TestClaim_folderThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, dir := range []string{file, filepath.Join(file, "data")} {
		_, err := desktop.Claim(dir)
		wantCode(t, err, fault.StorageFailed)
	}
}

func TestDataFolder(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	for _, test := range []struct{ data, xdg, want string }{
		{"/somewhere/else", "/xdg", "/somewhere/else"},
		{"", "/xdg", "/xdg/patchbay"},
		{"", "", "/home/ada/.local/share/patchbay"},
		{"", "relative", "/home/ada/.local/share/patchbay"}, // the specification says to ignore it
	} {
		t.Setenv("PATCHBAY_DATA", test.data)
		t.Setenv("XDG_DATA_HOME", test.xdg)
		got, err := desktop.DataFolder()
		if err != nil || onLinux() && got != test.want {
			t.Errorf("with %+v: %q, %v", test, got, err)
		}
	}
	t.Setenv("PATCHBAY_DATA", "relative")
	if got, err := desktop.DataFolder(); err != nil || !filepath.IsAbs(got) {
		t.Errorf("a relative folder becomes %q, %v", got, err)
	}
}
