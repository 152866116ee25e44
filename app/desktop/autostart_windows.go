package desktop

import (
	"errors"

	"golang.org/x/sys/windows/registry"

	"patchbay/app/fault"
)

const (
	runKey = `Software\Microsoft\Windows\CurrentVersion\Run`
	// approvedKey is where the Task Manager notes what a person has switched off:
	// an odd first byte.
	approvedKey = `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run`
	runValue    = "Patchbay"
)

// On reports whether this program starts at login.
func (a Autostart) On() (bool, error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer key.Close()
	_, _, err = key.GetStringValue(runValue)
	if errors.Is(err, registry.ErrNotExist) {
		return false, nil
	}
	return err == nil && !disapproved(), err
}

// Switch makes this program start at login, or not.
func (a Autostart) Switch(on bool) error {
	err := a.change(on)
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "switch starting at login: %w", err)
	}
	return nil
}

func (a Autostart) change(on bool) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	if !on {
		return ignoreAbsent(key.DeleteValue(runValue))
	}
	program, err := a.executable()
	if err != nil {
		return err
	}
	if err := key.SetStringValue(runValue, runCommand(program)); err != nil {
		return err
	}
	return approve()
}

func disapproved() bool {
	key, err := registry.OpenKey(registry.CURRENT_USER, approvedKey, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer key.Close()
	state, _, err := key.GetBinaryValue(runValue)
	return err == nil && len(state) > 0 && state[0]&1 == 1
}

// approve takes back what a person has switched off in the Task Manager.
func approve() error {
	key, err := registry.OpenKey(registry.CURRENT_USER, approvedKey, registry.SET_VALUE)
	if err != nil {
		return ignoreAbsent(err)
	}
	defer key.Close()
	return ignoreAbsent(key.DeleteValue(runValue))
}

func ignoreAbsent(err error) error {
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
