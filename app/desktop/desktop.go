// Package desktop deals with the machine around the window: where data lies, who
// may use it, which windows a person can sign in with, and whether there is a
// network.
package desktop

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"

	"patchbay/app/fault"
)

// DataFolder returns the folder for data: $PATCHBAY_DATA, or the place that the
// platform has for it.
func DataFolder() (string, error) {
	if dir := os.Getenv("PATCHBAY_DATA"); dir != "" {
		return filepath.Abs(dir)
	}
	if runtime.GOOS == "linux" {
		// The XDG base directory specification keeps data apart from
		// configuration, which is what UserConfigDir returns.
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "patchbay"), nil
		}
		home, err := os.UserHomeDir()
		return filepath.Join(home, ".local", "share", "patchbay"), err
	}
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "Patchbay"), err
}

// Claim makes sure that dir is there, private and writable, and takes the lock
// that keeps a second Patchbay out. The lock ends with the process, or with the
// returned function. A folder that cannot be used is fault.StorageFailed, one
// that is in use fault.Conflict.
func Claim(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "make the data folder: %w", err)
	}
	if err := makePrivate(dir); err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "make the data folder private: %w", err)
	}
	probe, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "write to the data folder: %w", err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "write to the data folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockFile))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fault.Errorf(fault.StorageFailed, "lock the data folder: %w", err)
	case !ok:
		return nil, fault.Errorf(fault.Conflict, "the data folder is in use")
	}
	return func() { _ = lock.Unlock() }, nil
}

const lockFile = "lock"

// makePrivate closes dir to other people: MkdirAll leaves the mode of a folder
// that was there. A folder that is for more than our data, somebody's home or
// one like /tmp, stays as it is; the files in it are private all the same.
func makePrivate(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || info.Mode()&os.ModeSticky != 0 {
		return err
	}
	if home, err := os.UserHomeDir(); err == nil {
		if h, err := os.Stat(home); err == nil && os.SameFile(h, info) {
			return nil
		}
	}
	return os.Chmod(dir, 0o700)
}

// OpenLink opens address in the person's default browser or mail program. The
// caller has checked what it is. fault.NoBrowser says that nothing could be
// started.
func OpenLink(ctx context.Context, address string) error {
	name, args := opener(address)
	command := exec.Command(name, args...)
	started := make(chan error, 1)
	if err := command.Start(); err != nil {
		return fault.Errorf(fault.NoBrowser, "open a link: %w", err)
	}
	go func() { started <- command.Wait() }()
	// Openers say at once when they find no program; one that still runs is fine.
	select {
	case err := <-started:
		if err != nil {
			return fault.Errorf(fault.NoBrowser, "open a link: %w", err)
		}
	case <-time.After(2 * time.Second):
	case <-ctx.Done():
	}
	return nil
}

func opener(address string) (string, []string) {
	switch runtime.GOOS {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", address}
	case "darwin":
		return "open", []string{address}
	}
	return "xdg-open", []string{address}
}
