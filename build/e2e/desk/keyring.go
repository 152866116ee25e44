package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/godbus/dbus/v5"
)

const (
	secretsName = "org.freedesktop.secrets"
	secretsPath = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	prompter    = "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/libexec/gcr-prompter\n"
)

// Keyrings is the folder in which the desktop keeps its keyrings, sealed.
func (d *Desk) Keyrings() string { return filepath.Join(d.Home(), ".local/share/keyrings") }

// startKeyring starts gnome-keyring with a login keyring of its own.
func (d *Desk) startKeyring() error {
	if d.opts.Keyring == KeyringNone || d.opts.NoBus {
		return nil
	}
	if err := d.write("services/org.gnome.keyring.SystemPrompter.service", prompter); err != nil {
		return err
	}
	if err := d.startPrompterEnv(); err != nil {
		return err
	}
	if d.opts.Keyrings != "" {
		if err := os.CopyFS(d.Keyrings(), os.DirFS(d.opts.Keyrings)); err != nil {
			return err
		}
	}
	cmd := d.command("gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets",
		"--control-directory="+filepath.Join(d.dir, "keyring"))
	cmd.Stdin = strings.NewReader(KeyringPassword)
	p, err := d.spawn("keyring", cmd)
	if err != nil {
		return err
	}
	d.parts, d.keyring = append(d.parts, p), p
	if err := p.await("gnome-keyring-daemon", startLimit, d.hasLoginKeyring); err != nil {
		return err
	}
	if d.opts.Keyring == KeyringLocked {
		return d.LockKeyring()
	}
	return nil
}

// startPrompterEnv tells the bus where windows go: the password prompt is
// started by the bus, which came up before it knew all of the environment.
func (d *Desk) startPrompterEnv() error {
	env := map[string]string{}
	for _, pair := range d.Env() {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	return d.conn.BusObject().Call("org.freedesktop.DBus.UpdateActivationEnvironment", 0, env).Err
}

func (d *Desk) hasLoginKeyring() bool {
	if !d.owned(secretsName) {
		return false
	}
	label, err := d.conn.Object(secretsName, loginPath).GetProperty("org.freedesktop.Secret.Collection.Label")
	return err == nil && label.Value() != ""
}

// LockKeyring locks the login keyring, as a desktop does on suspend.
func (d *Desk) LockKeyring() error {
	var locked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := d.conn.Object(secretsName, secretsPath).
		Call("org.freedesktop.Secret.Service.Lock", 0, []dbus.ObjectPath{loginPath}).Store(&locked, &prompt)
	if err != nil {
		return fmt.Errorf("lock the keyring: %w", err)
	}
	if len(locked) != 1 {
		return fmt.Errorf("lock the keyring: it stays open")
	}
	return nil
}

// StopKeyring ends the keyring daemon, as when it crashes.
func (d *Desk) StopKeyring() {
	if d.keyring != nil {
		d.keyring.stop(0)
	}
}
