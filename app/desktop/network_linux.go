package desktop

import (
	"context"

	"github.com/godbus/dbus/v5"
)

const (
	networkManager = "org.freedesktop.NetworkManager"
	networkPath    = dbus.ObjectPath("/org/freedesktop/NetworkManager")
)

// connectivity is NMConnectivityState. That nothing is connected is no more than a
// doubt: NetworkManager does not know of networks that others manage.
var connectivity = map[uint32]verdict{1: doubtful, 2: captive, 3: doubtful}

// watchSystemNetwork tells what NetworkManager finds out, until ctx ends. Without
// it nothing is told.
func watchSystemNetwork(ctx context.Context, tell func(verdict)) {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return
	}
	defer bus.Close()
	watchNetworkManager(ctx, bus, tell)
}

func watchNetworkManager(ctx context.Context, bus *dbus.Conn, tell func(verdict)) {
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	for _, rule := range [][]dbus.MatchOption{
		{dbus.WithMatchInterface("org.freedesktop.DBus.Properties"), dbus.WithMatchObjectPath(networkPath)},
		{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, networkManager)},
	} {
		if bus.AddMatchSignalContext(ctx, rule...) != nil {
			return
		}
	}
	last := unknown
	for {
		if v := askNetworkManager(ctx, bus); v != last {
			last = v
			tell(v)
		}
		select {
		case <-ctx.Done():
			return
		case s := <-signals:
			if s == nil { // the bus is gone, and what it said is old
				tell(unknown)
				return
			}
		}
	}
}

// askNetworkManager does not start it where it does not run.
func askNetworkManager(ctx context.Context, bus *dbus.Conn) verdict {
	var value dbus.Variant
	call := bus.Object(networkManager, networkPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get",
		dbus.FlagNoAutoStart, networkManager, "Connectivity")
	if call.Store(&value) != nil {
		return unknown
	}
	state, _ := value.Value().(uint32)
	return connectivity[state]
}
