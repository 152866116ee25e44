package desktop_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"patchbay/app/desktop"
	"patchbay/app/fault"
)

func onLinux() bool { return true }

func TestS04_claimMakesTheFolderPrivate(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	mode := func(dir string) os.FileMode {
		info, err := os.Stat(dir)
		must(t, err)
		return info.Mode().Perm()
	}
	base := t.TempDir()
	home := filepath.Join(base, "home")
	open, shared, fresh := filepath.Join(base, "open"), filepath.Join(base, "shared"), filepath.Join(base, "fresh")
	for _, dir := range []string{home, open, shared} {
		must(t, os.Mkdir(dir, 0o755))
	}
	must(t, os.Chmod(shared, 0o777|os.ModeSticky))
	t.Setenv("HOME", home)
	for dir, want := range map[string]os.FileMode{fresh: 0o700, open: 0o700, shared: 0o777, home: 0o755} {
		release, err := desktop.Claim(dir)
		must(t, err)
		release()
		if got := mode(dir); got != want {
			t.Errorf("%s has mode %o, want %o", dir, got, want)
		}
		if got := mode(filepath.Join(dir, "lock")); got != 0o600 {
			t.Errorf("the lock in %s has mode %o", dir, got)
		}
	}
}

func TestClaim_readOnlyFolder(t *testing.T) {
	// Its parents are for everybody, so that another user gets as far as this.
	dir, err := os.MkdirTemp("", "patchbay-claim-*")
	must(t, err)
	defer os.RemoveAll(dir)
	inner := filepath.Join(dir, "data")
	must(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o700)
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // the thread that looks like somebody else ends with this goroutine
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(65534); err != nil {
				done <- err
				return
			}
		}
		_, err := desktop.Claim(inner)
		done <- err
	}()
	wantCode(t, <-done, fault.StorageFailed)
}
