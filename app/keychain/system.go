package keychain

import (
	"errors"

	"github.com/zalando/go-keyring"

	"patchbay/app/fault"
)

// System is the keychain of this machine and person.
type System struct{}

// Read implements Store.
func (System) Read(user string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	secret, err := keyring.Get(Service, user)
	return secret, translate(err)
}

// Write implements Store.
func (System) Write(user, secret string) error {
	if err := reachable(); err != nil {
		return err
	}
	return translate(keyring.Set(Service, user, secret))
}

// translate names the library's errors. Its only sentinel is ErrNotFound; what
// a locked keyring says is plain text and differs between desktops.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrAbsent
	case errors.Is(err, keyring.ErrUnsupportedPlatform), isMissing(err):
		return fault.Errorf(fault.KeychainAbsent, "the keychain: %w", err)
	}
	return fault.Errorf(fault.KeychainLocked, "the keychain: %w", err)
}
