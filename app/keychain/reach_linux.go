package keychain

import (
	"context"
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

const (
	secretService = "org.freedesktop.secrets"
	firstPath     = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	defaultPath   = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
)

// Look reports what would keep the keychain from answering, fault.KeychainAbsent
// or fault.KeychainLocked, without a password prompt of the desktop: reading an
// item would open one out of the blue. Nil means that asking is worth it.
func Look(ctx context.Context) error {
	if err := reachable(); err != nil {
		return err
	}
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return fault.Errorf(fault.KeychainAbsent, "reach the session bus: %w", err)
	}
	defer bus.Close()
	var unanswered error
	// The library that reads items prefers the login collection as well.
	for _, path := range []dbus.ObjectPath{firstPath, defaultPath} {
		var locked bool
		call := bus.Object(secretService, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0,
			"org.freedesktop.Secret.Collection", "Locked")
		if unanswered = call.Store(&locked); unanswered == nil && locked {
			return fault.Errorf(fault.KeychainLocked, "the keyring is locked")
		} else if unanswered == nil {
			return nil
		}
	}
	if isMissing(unanswered) {
		return fault.Errorf(fault.KeychainAbsent, "the keychain: %w", unanswered)
	}
	return nil // there is no collection yet; the first secret makes one
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
