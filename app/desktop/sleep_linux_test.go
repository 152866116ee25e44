package desktop

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// privateBus starts a message bus of its own and returns two connections to it.
func privateBus(t *testing.T) (one, other *dbus.Conn) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("dbus-daemon is not installed")
	}
	c := exec.CommandContext(t.Context(), daemon, "--session", "--nofork", "--print-address=1")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	line := make([]byte, 500)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(string(line[:n]))
	for _, conn := range []**dbus.Conn{&one, &other} {
		if *conn, err = dbus.Connect(address); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = (*conn).Close() })
	}
	return one, other
}

// logind is the part of it that concerns sleeping.
type logind struct {
	bus   *dbus.Conn
	locks chan inhibitor
}

// inhibitor is a pipe. Reading ends when nobody holds the write end any more.
type inhibitor struct{ read, write *os.File }

func newLogind(t *testing.T, bus *dbus.Conn) *logind {
	t.Helper()
	l := &logind{bus, make(chan inhibitor, 8)}
	if err := bus.Export(l, loginPath, manager); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(login, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return l
}

// Inhibit implements the method of org.freedesktop.login1.Manager.
func (l *logind) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" {
		return 0, dbus.MakeFailedError(os.ErrInvalid)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	fd := dbus.UnixFD(write.Fd())
	l.locks <- inhibitor{read, write}
	return fd, nil
}

func (l *logind) say(t *testing.T, sleeps bool) {
	t.Helper()
	if err := l.bus.Emit(loginPath, sleepSoon, sleeps); err != nil {
		t.Fatal(err)
	}
}

// sleeper notes what it is told.
type sleeper struct{ told chan string }

func (s sleeper) Rest(context.Context) { s.told <- "rest" }
func (s sleeper) Wake()                { s.told <- "wake" }

func TestWatchSleep(t *testing.T) {
	bus, ours := privateBus(t)
	l := newLogind(t, bus)
	who := sleeper{make(chan string, 8)}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); watchSleep(ctx, ours, who) }()
	for range 2 {
		lock := <-l.locks
		l.say(t, true)
		wants(t, who.told, "rest")
		_ = lock.write.Close() // the other holder has got its own by now
		released := make(chan struct{})
		go func() { defer close(released); _, _ = lock.read.Read(make([]byte, 1)) }()
		select {
		case <-released:
		case <-time.After(10 * time.Second):
			t.Fatal("the sleep is still put off after resting")
		}
		l.say(t, false)
		wants(t, who.told, "wake")
	}
	<-l.locks // for the next sleep
	stop()
	<-ended
}

// With the bus gone nobody would tell of the waking.
func TestWatchSleep_endsAwake(t *testing.T) {
	bus, ours := privateBus(t)
	l := newLogind(t, bus)
	who := sleeper{make(chan string, 8)}
	ended := make(chan struct{})
	go func() { defer close(ended); watchSleep(t.Context(), ours, who) }()
	<-l.locks
	l.say(t, true)
	wants(t, who.told, "rest")
	if err := ours.Close(); err != nil {
		t.Fatal(err)
	}
	wants(t, who.told, "wake")
	<-ended
}

func wants(t *testing.T, told <-chan string, want string) {
	t.Helper()
	select {
	case got := <-told:
		if got != want {
			t.Fatalf("told %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("not told to %s", want)
	}
}
