package desktop

import (
	"context"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	login     = "org.freedesktop.login1"
	loginPath = dbus.ObjectPath("/org/freedesktop/login1")
	manager   = login + ".Manager"
	sleepSoon = manager + ".PrepareForSleep"
)

// WatchSleep tells of sleeping and waking until ctx ends, as logind announces it
// (org.freedesktop.login1(5)). Without logind it returns at once: a clock that has
// jumped then tells of the sleep afterwards.
func WatchSleep(ctx context.Context, who Sleeper) {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return
	}
	defer bus.Close()
	watchSleep(ctx, bus, who)
}

func watchSleep(ctx context.Context, bus *dbus.Conn, who Sleeper) {
	signals := make(chan *dbus.Signal, 8)
	bus.Signal(signals)
	err := bus.AddMatchSignalContext(ctx, dbus.WithMatchInterface(manager), dbus.WithMatchMember("PrepareForSleep"), dbus.WithMatchObjectPath(loginPath))
	if err != nil {
		return
	}
	lock := delaySleep(ctx, bus)
	defer func() { lock.release() }()
	for {
		var s *dbus.Signal
		select {
		case <-ctx.Done():
			return
		case s = <-signals:
		}
		if s == nil { // the bus is gone
			who.Wake()
			return
		}
		sleeps, ok := sleepSaid(s)
		switch {
		case !ok:
		case sleeps:
			rest(ctx, who)
			lock.release()
		default:
			lock.release() // one that is still held from before
			lock = delaySleep(ctx, bus)
			who.Wake()
		}
	}
}

func rest(ctx context.Context, who Sleeper) {
	ctx, done := context.WithTimeout(ctx, restFor)
	defer done()
	who.Rest(ctx)
}

func sleepSaid(s *dbus.Signal) (sleeps, ok bool) {
	if s.Name != sleepSoon || len(s.Body) != 1 {
		return false, false
	}
	sleeps, ok = s.Body[0].(bool)
	return sleeps, ok
}

// delay is a lock that makes the machine wait a moment before it sleeps. Nil is
// none.
type delay struct{ file *os.File }

func delaySleep(ctx context.Context, bus *dbus.Conn) *delay {
	ctx, done := context.WithTimeout(ctx, 5*time.Second)
	defer done()
	var fd dbus.UnixFD
	err := bus.Object(login, loginPath).CallWithContext(ctx, manager+".Inhibit", 0,
		"sleep", "Patchbay", "Finish what is being renewed", "delay").Store(&fd)
	if err != nil {
		return nil // the sleep comes at once then
	}
	return &delay{os.NewFile(uintptr(fd), "inhibit")}
}

func (d *delay) release() {
	if d != nil {
		_ = d.file.Close() // a second time does nothing
	}
}
