package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
)

// Notice is one notification that a program asked the desktop to show.
type Notice struct {
	App     string
	Title   string
	Body    string
	Actions map[string]string // key to label, without the unnamed "default"
}

// Notices is what the desktop was asked to show, oldest first. It listens on
// the session as a monitor (D-Bus specification, BecomeMonitor), so the daemon
// that shows the notifications is a real one and knows nothing of it.
type Notices struct {
	mu   sync.Mutex
	seen []Notice
	conn *dbus.Conn
}

// dunstConfig answers the daemon's question "which action?" with a script
// instead of a menu, and keeps notifications up while a test looks at them.
const dunstConfig = `[global]
    dmenu = %s
    browser = /bin/true
    follow = none
    width = 340
    origin = top-right
    offset = 12x12
    font = Sans 10
    timeout = 30
    show_age_threshold = -1
[urgency_normal]
    timeout = 30
`

// startNotifications starts dunst and the monitor.
func (d *Desk) startNotifications() error {
	if d.opts.NoNotifications || d.opts.NoBus {
		return nil
	}
	if err := d.script("choose-action", `grep -F -m1 -- "$(cat `+quote(d.choice())+`)"`); err != nil {
		return err
	}
	chooser := filepath.Join(d.dir, "bin", "choose-action")
	config := filepath.Join(d.dir, "home/.config/dunst/dunstrc")
	if err := os.WriteFile(config, fmt.Appendf(nil, dunstConfig, chooser), 0o600); err != nil {
		return err
	}
	p, err := d.start("dunst", "dunst", "-config", config)
	if err != nil {
		return err
	}
	err = p.await("dunst", startLimit, func() bool { return d.owned("org.freedesktop.Notifications") })
	if err != nil {
		return err
	}
	d.notices, err = watchNotices(d.bus)
	return err
}

func (d *Desk) choice() string { return filepath.Join(d.dir, "test", "notification-action") }

func watchNotices(bus string) (*Notices, error) {
	conn, err := dbus.Connect(bus)
	if err != nil {
		return nil, err
	}
	n := &Notices{conn: conn}
	messages := make(chan *dbus.Message, 64)
	rules := []string{"type='method_call',interface='org.freedesktop.Notifications',member='Notify'"}
	if err := conn.BusObject().Call("org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, rules, uint32(0)).Err; err != nil {
		conn.Close()
		return nil, fmt.Errorf("watch notifications: %w", err)
	}
	// Only now: a connection that is eavesdropped sees no answers to its calls.
	conn.Eavesdrop(messages)
	go n.collect(messages)
	return n, nil
}

func (n *Notices) collect(messages <-chan *dbus.Message) {
	for m := range messages {
		var app, icon, title, body string
		var replaces uint32
		var actions []string
		// The rest (hints, timeout) is of no interest here.
		if len(m.Body) < 6 || dbus.Store(m.Body[:6], &app, &replaces, &icon, &title, &body, &actions) != nil {
			continue
		}
		notice := Notice{App: app, Title: title, Body: body, Actions: map[string]string{}}
		for i := 0; i+1 < len(actions); i += 2 {
			if actions[i] != "default" {
				notice.Actions[actions[i]] = actions[i+1]
			}
		}
		n.mu.Lock()
		n.seen = append(n.seen, notice)
		n.mu.Unlock()
	}
}

// Notices lists what was shown so far, oldest first; empty on a desk without
// notifications.
func (d *Desk) Notices() []Notice {
	if d.notices == nil {
		return nil
	}
	d.notices.mu.Lock()
	defer d.notices.mu.Unlock()
	return append([]Notice(nil), d.notices.seen...)
}

// PressNotice presses the button with the label on the newest shown
// notification with the title. The daemon itself sends the answer.
func (d *Desk) PressNotice(title, label string) error {
	// dunst lists actions as "#Label (Title) [id,key]".
	want := "#" + label + " (" + title
	if err := os.WriteFile(d.choice(), []byte(want), 0o600); err != nil {
		return err
	}
	return d.dunstctl("context")
}

// ClickNotice does what a click on the body of the newest notification does.
func (d *Desk) ClickNotice() error { return d.dunstctl("action", "0") }

// CloseNotices takes all notifications off the screen.
func (d *Desk) CloseNotices() error { return d.dunstctl("close-all") }

func (d *Desk) dunstctl(args ...string) error {
	out, err := d.command("dunstctl", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("dunstctl %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
