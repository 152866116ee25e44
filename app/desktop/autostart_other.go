//go:build !linux && !darwin && !windows

package desktop

import "patchbay/app/fault"

// On reports false: nothing is known of this system's login.
func (a Autostart) On() (bool, error) { return false, nil }

// Switch is fault.Unavailable.
func (a Autostart) Switch(bool) error {
	return fault.Errorf(fault.Unavailable, "starting at login is not known on this system")
}
