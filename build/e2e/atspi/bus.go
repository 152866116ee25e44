package atspi

import (
	"fmt"

	"github.com/godbus/dbus/v5"
)

const (
	accessible = "org.a11y.atspi.Accessible"
	component  = "org.a11y.atspi.Component"
	text       = "org.a11y.atspi.Text"
	value      = "org.a11y.atspi.Value"
)

// desktop is the registry's root, whose children are the programs.
var desktop = ref{"org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"}

// Bus is a connection to an accessibility bus. It may be used from several
// goroutines.
type Bus struct{ conn *dbus.Conn }

// Connect connects to the accessibility bus at a D-Bus address.
func Connect(address string) (*Bus, error) {
	conn, err := dbus.Connect(address)
	if err != nil {
		return nil, fmt.Errorf("connect to the accessibility bus: %w", err)
	}
	return &Bus{conn}, nil
}

// Close ends the connection.
func (b *Bus) Close() error { return b.conn.Close() }

// send starts a call without waiting for its answer.
func (b *Bus) send(r ref, method string, args ...any) *dbus.Call {
	return b.conn.Object(r.Dest, r.Path).Go(method, 0, make(chan *dbus.Call, 1), args...)
}
