package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// On reports whether this program starts at login.
func (a Autostart) On() (bool, error) {
	path, err := autostartFile()
	if err != nil {
		return false, err
	}
	entry, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && !switchedOff(string(entry)), err
}

// Switch makes this program start at login, or not.
func (a Autostart) Switch(on bool) error {
	return a.switchFile(on, autostartFile, desktopEntry)
}

func autostartFile() (string, error) {
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "autostart", "app.patchbay.Patchbay.desktop"), err
}
