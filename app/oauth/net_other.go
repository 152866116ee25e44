//go:build !windows

package oauth

import (
	"errors"
	"net"
	"syscall"
)

// netDown reports whether this machine has no route to the other side.
func netDown(err error) bool {
	return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.ENETDOWN)
}

// exclusive is the listener's configuration. Nothing to add here: SO_REUSEADDR,
// which Go sets, lets a port be taken again right after an attempt, and does not
// let two programs listen at one address.
func exclusive() net.ListenConfig { return net.ListenConfig{} }

// portTaken reports whether another program holds the port.
func portTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
