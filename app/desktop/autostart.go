package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"patchbay/app/fault"
)

// BackgroundFlag starts this program without showing its window.
const BackgroundFlag = "--background"

// Autostart is the entry of this program among what the system starts when the
// person logs in: a .desktop file (XDG autostart specification), a launch agent
// of macOS, a value under the Run key of Windows. The system's own settings may
// switch the entry off, and that counts. What starts uses the usual data folder.
//
// The zero value works.
type Autostart struct {
	// Executable is this program; "" is the one that runs.
	Executable string
}

// Refresh writes the entry anew if it is on, since the program may have moved.
func (a Autostart) Refresh() error {
	on, err := a.On()
	if err != nil || !on {
		return err
	}
	return a.Switch(true)
}

func (a Autostart) executable() (string, error) {
	if a.Executable != "" {
		return a.Executable, nil
	}
	// An AppImage runs from a folder that is gone after it.
	if image := os.Getenv("APPIMAGE"); image != "" {
		return image, nil
	}
	return os.Executable()
}

// switchFile keeps the file that where names, with the entry of this program, or
// drops it.
func (a Autostart) switchFile(on bool, where func() (string, error), entry func(program string) string) error {
	path, err := where()
	if err == nil && !on {
		err = dropFile(path)
	} else if err == nil {
		var program string
		if program, err = a.executable(); err == nil {
			err = keepFile(path, entry(program))
		}
	}
	if err != nil {
		return fault.Errorf(fault.StorageFailed, "switch starting at login: %w", err)
	}
	return nil
}

// desktopEntry is a .desktop file that starts program hidden.
func desktopEntry(program string) string {
	return "[Desktop Entry]\nType=Application\nName=Patchbay\nComment=Watch connected apps\nIcon=patchbay\n" +
		"Exec=" + quoteExec(program) + " " + BackgroundFlag + "\nTerminal=false\nStartupNotify=false\n" +
		"X-GNOME-Autostart-enabled=true\n"
}

// quoteExec writes an argument of Exec: quoted, and once more escaped as every
// string of such a file (Desktop Entry Specification).
func quoteExec(argument string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", "$", `\$`).Replace(argument)
	return `"` + strings.NewReplacer(`\`, `\\`, "%", "%%").Replace(quoted) + `"`
}

// switchedOff reports whether the text of a .desktop file says that it is not to
// be started, as settings of desktops write it.
func switchedOff(entry string) bool {
	for line := range strings.Lines(entry) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch strings.TrimSpace(key) + "=" + strings.TrimSpace(value) {
		case "Hidden=true", "X-GNOME-Autostart-enabled=false":
			return true
		}
	}
	return false
}

// agentLabel names the launch agent, and its file.
const agentLabel = "app.patchbay.Patchbay"

var agent = template.Must(template.New("agent").Parse(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + agentLabel + `</string>
	<key>ProgramArguments</key>
	<array>
		<string>{{html .}}</string>
		<string>` + BackgroundFlag + `</string>
	</array>
	<key>RunAtLoad</key>
	<true/>
	<key>ProcessType</key>
	<string>Interactive</string>
</dict>
</plist>
`))

// launchAgent is a property list that starts program hidden (launchd.plist(5)).
func launchAgent(program string) string {
	var b strings.Builder
	_ = agent.Execute(&b, program) // writing to memory does not fail
	return b.String()
}

// runCommand is a value of the Run key that starts program hidden. A path has no
// quotes on Windows.
func runCommand(program string) string { return `"` + program + `" ` + BackgroundFlag }

// keepFile writes text to a file that others may be reading, unless it is there
// already.
func keepFile(path, text string) error {
	if is, err := os.ReadFile(path); err == nil && string(is) == text {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	half := path + ".new"
	if err := os.WriteFile(half, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(half, path)
}

// dropFile removes a file that may be gone already.
func dropFile(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
