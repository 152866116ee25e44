package desk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// inherited are the only variables of the test's own environment that programs
// of the desk see.
var inherited = []string{"TZ", "TMPDIR", "LD_LIBRARY_PATH", "GOCOVERDIR", "GORACE", "USER", "LOGNAME"}

// Env is the environment of the programs on the desk: nothing of the real
// session, software rendering, and the accessibility bus by address, so that
// elements are exposed even when the desk has no D-Bus session.
func (d *Desk) Env() []string {
	home := d.Home()
	env := []string{
		"PATH=" + filepath.Join(d.dir, "bin") + ":" + os.Getenv("PATH"),
		"HOME=" + home,
		"XDG_CONFIG_HOME=" + home + "/.config",
		"XDG_CACHE_HOME=" + home + "/.cache",
		"XDG_DATA_HOME=" + home + "/.local/share",
		"XDG_STATE_HOME=" + home + "/.local/state",
		"XDG_RUNTIME_DIR=" + filepath.Join(d.dir, "run"),
		"XDG_SESSION_TYPE=x11",
		"GDK_BACKEND=x11",
		"DISPLAY=" + d.display,
		"LANG=C.UTF-8",
		"DBUS_SESSION_BUS_ADDRESS=" + d.sessionBus(),
		"AT_SPI_BUS_ADDRESS=" + d.a11y,
		"GSETTINGS_BACKEND=memory", // or dconf would be started on the bus
		"LIBGL_ALWAYS_SOFTWARE=1",
	}
	for _, name := range inherited {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return append(env, d.opts.Env...)
}

// sessionBus is the address given to programs. Without a bus it is a socket
// that does not exist: an unset variable would make them start a bus of their
// own with dbus-launch.
func (d *Desk) sessionBus() string {
	if d.opts.NoBus {
		return "unix:path=" + filepath.Join(d.dir, "run", "no-bus")
	}
	return d.bus
}

// command looks for a bare program name among the desk's own first, as its
// PATH says.
func (d *Desk) command(program string, args ...string) *exec.Cmd {
	if own := filepath.Join(d.dir, "bin", program); isFile(own) {
		program = own
	}
	cmd := exec.Command(program, args...)
	cmd.Env = d.Env()
	cmd.Dir = d.Home()
	return cmd
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (o Options) gtkSettings() string {
	flag := map[bool]int{true: 1}
	return fmt.Sprintf("[Settings]\ngtk-theme-name=Adwaita\ngtk-application-prefer-dark-theme=%d\ngtk-enable-animations=%d\n",
		flag[o.Dark], flag[!o.ReducedMotion])
}

// browsers are the names under which programs look for a Chromium.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
	"brave-browser", "microsoft-edge", "microsoft-edge-stable", "vivaldi"}

// offerPrograms fills the desk's own folder of programs: the wanted browser or
// none, whatever the machine has, and an xdg-open that writes down what it was
// asked to open.
func (d *Desk) offerPrograms() error {
	errs := []error{d.script("xdg-open", `printf '%s\n' "$1" >>`+quote(d.opened()))}
	for _, name := range browsers {
		errs = append(errs, d.script(name, "exit 127"))
	}
	if d.opts.Browser != "" {
		errs = append(errs, d.script("chromium", "exec "+quote(d.opts.Browser)+browserFlags()+` "$@"`))
	}
	return errors.Join(errs...)
}

// browserFlags expose the page's elements and leave out first-run pages.
// Chromium's own sandbox cannot be had as root, and --test-type keeps it from
// saying so in every window.
func browserFlags() string {
	flags := " --force-renderer-accessibility --no-first-run --no-default-browser-check" +
		" --disable-gpu --password-store=basic"
	if os.Getuid() == 0 {
		flags += " --no-sandbox --test-type"
	}
	return flags
}

func (d *Desk) script(name, line string) error {
	return os.WriteFile(filepath.Join(d.dir, "bin", name), []byte("#!/bin/sh\n"+line+"\n"), 0o700)
}

func (d *Desk) opened() string { return filepath.Join(d.dir, "test", "opened") }

// Opened lists the addresses that programs asked the desktop to open in its
// default program, oldest first.
func (d *Desk) Opened() []string {
	text, err := os.ReadFile(d.opened())
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}

// quote makes one word of a POSIX shell line.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
