package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// On reports whether this program starts at login.
func (a Autostart) On() (bool, error) {
	path, err := agentFile()
	if err != nil {
		return false, err
	}
	_, err = os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Switch makes this program start at login, or not. The running program is not
// touched: unloading the agent would end one that it has started.
func (a Autostart) Switch(on bool) error {
	return a.switchFile(on, agentFile, launchAgent)
}

func agentFile() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, "Library", "LaunchAgents", agentLabel+".plist"), err
}
