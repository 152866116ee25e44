package desktop

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"

	"github.com/godbus/dbus/v5"
)

var localDisplay = regexp.MustCompile(`^(?:unix)?:(\d+)(?:\.\d+)?$`)

// localBus is the usual kind of address of a session bus.
var localBus = regexp.MustCompile(`^unix:path=([^,;%]+)(?:,[^;]*)?$`)

// Display returns nil if there is a screen to open a window on, else ErrNoDisplay.
// A toolkit that finds none would end the process without a word of ours.
func Display() error {
	if name := os.Getenv("WAYLAND_DISPLAY"); name != "" {
		if !filepath.IsAbs(name) {
			name = filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), name)
		}
		if answers(name) {
			return nil
		}
	}
	display := os.Getenv("DISPLAY")
	local := localDisplay.FindStringSubmatch(display)
	switch {
	case display == "":
		return ErrNoDisplay
	case local == nil: // on another machine; the toolkit will find out
		return nil
	case answers("/tmp/.X11-unix/X"+local[1]) || answers("@/tmp/.X11-unix/X"+local[1]):
		return nil
	}
	return ErrNoDisplay
}

func answers(socket string) bool {
	c, err := net.Dial("unix", socket)
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

// Bus reports whether there is a session bus that answers.
func Bus() bool {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		local := localBus.FindStringSubmatch(address)
		return local == nil || answers(local[1])
	}
	_, err := os.Stat(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	return os.Getenv("XDG_RUNTIME_DIR") != "" && err == nil
}

const notifications = "org.freedesktop.Notifications"

// Notifies reports whether the session has somebody who shows notifications, or
// can start one.
func Notifies(ctx context.Context) bool {
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer bus.Close()
	for _, list := range []string{"org.freedesktop.DBus.ListNames", "org.freedesktop.DBus.ListActivatableNames"} {
		var names []string
		err := bus.BusObject().CallWithContext(ctx, list, 0).Store(&names)
		if err != nil || slices.Contains(names, notifications) {
			return true // not knowing is no reason to complain
		}
	}
	return false
}

// Private keeps what this process writes from other people of the machine:
// files, and its memory after a crash.
func Private() {
	syscall.Umask(0o077)
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
