package desk

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/godbus/dbus/v5"
)

// busConfig is a session bus that starts only the services in its own folder.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <servicedir>%s</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// startBus starts the D-Bus session and connects to it.
func (d *Desk) startBus() error {
	socket := filepath.Join(d.dir, "run", "bus")
	d.bus = "unix:path=" + socket
	config := fmt.Sprintf(busConfig, socket, filepath.Join(d.dir, "services"))
	if err := d.write("bus.conf", config); err != nil {
		return err
	}
	p, err := d.start("dbus", "dbus-daemon", "--nofork", "--config-file="+filepath.Join(d.dir, "bus.conf"))
	if err != nil {
		return err
	}
	return p.await("dbus-daemon", startLimit, func() bool {
		d.conn, err = dbus.Connect(d.bus)
		return err == nil
	})
}

// owned reports whether somebody on the session owns the name.
func (d *Desk) owned(name string) bool {
	var has bool
	err := d.conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, name).Store(&has)
	return err == nil && has
}

// startAccessibility starts the accessibility bus and says that somebody uses
// it, which makes browsers expose their pages.
func (d *Desk) startAccessibility() error {
	if d.opts.NoAccessibility {
		return nil
	}
	cmd := d.command("/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--a11y=1")
	cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS="+d.bus, "AT_SPI_BUS_ADDRESS=")
	p, err := d.spawn("at-spi", cmd)
	if err != nil {
		return err
	}
	d.parts = append(d.parts, p)
	launcher := d.conn.Object("org.a11y.Bus", "/org/a11y/bus")
	err = p.await("at-spi-bus-launcher", startLimit, func() bool {
		return d.owned("org.a11y.Bus") && launcher.Call("org.a11y.Bus.GetAddress", 0).Store(&d.a11y) == nil
	})
	if err != nil {
		return err
	}
	for _, flag := range []string{"IsEnabled", "ScreenReaderEnabled"} {
		if err := launcher.SetProperty("org.a11y.Status."+flag, dbus.MakeVariant(true)); err != nil {
			return fmt.Errorf("switch accessibility on: %w", err)
		}
	}
	return p.await("accessibility registry", startLimit, d.registered)
}

// registered reports whether the registry of accessible programs answers; the
// accessibility bus starts it with the first call.
func (d *Desk) registered() bool {
	conn, err := dbus.Connect(d.a11y)
	if err != nil {
		return false
	}
	defer conn.Close()
	root := conn.Object("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
	call := root.Go("org.freedesktop.DBus.Peer.Ping", 0, make(chan *dbus.Call, 1))
	select {
	case answer := <-call.Done:
		return answer.Err == nil
	case <-time.After(5 * time.Second):
		return false
	}
}
