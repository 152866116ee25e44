package desktop

import (
	"context"
	"net"
	"time"
)

// Online reports whether this machine has a network: an interface that is up and
// has an address that reaches further than the machine or its own link.
func Online() bool {
	interfaces, err := net.Interfaces()
	if err != nil {
		return true // not knowing is no reason to cry offline
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addresses, _ := i.Addrs()
		for _, a := range addresses {
			if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
				return true
			}
		}
	}
	return false
}

// WatchNetwork tells now, and at every change until ctx ends, whether this machine
// is online.
func WatchNetwork(ctx context.Context, tell func(online bool)) {
	online := Online()
	tell(online)
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := Online(); now != online {
			online = now
			tell(online)
		}
	}
}
