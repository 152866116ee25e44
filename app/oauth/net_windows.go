package oauth

import (
	"errors"
	"net"
	"syscall"
)

// From winsock2.h; package syscall has other values under these names.
const (
	wsaENETDOWN     = syscall.Errno(10050)
	wsaENETUNREACH  = syscall.Errno(10051)
	wsaEHOSTUNREACH = syscall.Errno(10065)
	// soExclusiveAddrUse is SO_EXCLUSIVEADDRUSE, defined as ~SO_REUSEADDR.
	soExclusiveAddrUse = ^syscall.SO_REUSEADDR
)

// netDown reports whether this machine has no route to the other side.
func netDown(err error) bool {
	return errors.Is(err, wsaENETUNREACH) || errors.Is(err, wsaEHOSTUNREACH) || errors.Is(err, wsaENETDOWN)
}

// exclusive is the listener's configuration: without SO_EXCLUSIVEADDRUSE another
// program could listen at the same address and take the answer.
func exclusive() net.ListenConfig {
	return net.ListenConfig{Control: func(_, _ string, c syscall.RawConn) error {
		var set error
		err := c.Control(func(fd uintptr) {
			set = syscall.SetsockoptInt(syscall.Handle(fd), syscall.SOL_SOCKET, soExclusiveAddrUse, 1)
		})
		return errors.Join(err, set)
	}}
}

// portTaken reports whether another program holds the port: WSAEADDRINUSE, or
// WSAEACCES when it holds it exclusively.
func portTaken(err error) bool {
	return errors.Is(err, syscall.Errno(10048)) || errors.Is(err, syscall.Errno(10013))
}
