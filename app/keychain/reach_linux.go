package keychain

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"

	"patchbay/app/fault"
)

// reachable looks for a session bus before the library does: without an address
// it would start a bus and a keyring of its own, which outlive the program.
func reachable() error {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return nil
	}
	bus := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus")
	if _, err := os.Stat(bus); os.Getenv("XDG_RUNTIME_DIR") == "" || err != nil {
		return fault.Errorf(fault.KeychainAbsent, "no session bus")
	}
	return nil
}

// isMissing reports whether err says that no keyring service is there, rather
// than that it refused.
func isMissing(err error) bool {
	var refused dbus.Error
	if errors.As(err, &refused) {
		return strings.HasSuffix(refused.Name, ".ServiceUnknown") || strings.Contains(refused.Name, ".Spawn.")
	}
	return strings.HasPrefix(err.Error(), "dial ") || strings.Contains(err.Error(), "dbus: ")
}
