package desktop

import (
	"errors"
	"os"
)

// ErrNoDisplay says that there is no screen to open a window on.
var ErrNoDisplay = errors.New("no display")

// Terminal reports whether a person can read what is written to standard error.
func Terminal() bool {
	info, err := os.Stderr.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
