package desk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/godbus/dbus/v5"
)

// Desk is one running private desktop. Its methods may be called from several
// goroutines, Close once.
type Desk struct {
	opts    Options
	dir     string // temporary folder with home, runtime folder and logs
	display string
	bus     string // address of the D-Bus session
	a11y    string // address of the accessibility bus
	conn    *dbus.Conn
	parts   []*process // in the order they were started
	keyring *process
	notices *Notices
	janitor io.Closer     // its end starts the janitor's work
	swept   chan struct{} // closed when the janitor is done
}

// startLimit is how long one part of the desktop may take to come up; it is
// generous because a loaded machine starts ten programs here.
const startLimit = 20 * time.Second

// Start brings up a desktop and returns once every part of it answers.
func Start(o Options) (*Desk, error) {
	dir, err := os.MkdirTemp("", "desk-")
	if err != nil {
		return nil, err
	}
	d := &Desk{opts: o, dir: dir}
	if err := d.startJanitor(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		d.folders, d.startDisplay, d.startBus, d.startWindowManager,
		d.startAccessibility, d.startKeyring, d.startNotifications,
	} {
		if err := step(); err != nil {
			d.Close()
			return nil, err
		}
	}
	return d, nil
}

// Close ends every process of the desk, newest first, and removes its folder.
func (d *Desk) Close() {
	if d.conn != nil {
		d.conn.Close()
	}
	if d.notices != nil {
		d.notices.conn.Close()
	}
	for i := len(d.parts) - 1; i >= 0; i-- {
		d.parts[i].stop(time.Second)
	}
	d.janitor.Close()
	<-d.swept
}

// Display is the X display, such as ":7".
func (d *Desk) Display() string { return d.display }

// AccessibilityBus is the D-Bus address on which programs of the desk show
// their elements.
func (d *Desk) AccessibilityBus() string { return d.a11y }

// Home is the home folder that programs of the desk see.
func (d *Desk) Home() string { return filepath.Join(d.dir, "home") }

// Dir is a folder that lives as long as the desk, for files of the test.
func (d *Desk) Dir() string { return filepath.Join(d.dir, "test") }

func (d *Desk) folders() error {
	var errs []error
	for _, f := range []string{"home", "run", "log", "test", "bin", "services", "keyring",
		"home/.config/gtk-3.0", "home/.config/dunst", "home/.cache", "home/.local/share"} {
		errs = append(errs, os.MkdirAll(filepath.Join(d.dir, f), 0o700))
	}
	errs = append(errs, d.write("home/.config/gtk-3.0/settings.ini", d.opts.gtkSettings()))
	errs = append(errs, d.offerPrograms())
	return errors.Join(errs...)
}

func (d *Desk) write(name, text string) error {
	return os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600)
}

// start spawns a part of the desktop that Close will end.
func (d *Desk) start(name string, program string, args ...string) (*process, error) {
	p, err := d.spawn(name, d.command(program, args...))
	if err == nil {
		d.parts = append(d.parts, p)
	}
	return p, err
}
