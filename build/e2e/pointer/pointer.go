package pointer

import (
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// Device is the pointer and keyboard of one display. It is not safe for use
// from several goroutines: a hand does one thing at a time.
type Device struct {
	x    *xgb.Conn
	root xproto.Window
	at   image.Point
	keys keymap
}

// Open connects to a display such as ":7".
func Open(display string) (*Device, error) {
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("open display %s: %w", display, err)
	}
	d := &Device{x: x, root: xproto.Setup(x).DefaultScreen(x).Root}
	if err := xtest.Init(x); err != nil {
		x.Close()
		return nil, fmt.Errorf("display %s has no XTEST: %w", display, err)
	}
	if d.keys, err = readKeymap(x); err != nil {
		x.Close()
		return nil, err
	}
	return d, nil
}

// Close ends the connection.
func (d *Device) Close() { d.x.Close() }

// Buttons of a mouse as X numbers them.
const (
	Left       = 1
	Middle     = 2
	Right      = 3
	wheelUp    = 4
	wheelDown  = 5
	moveSteps  = 6
	stepPause  = 4 * time.Millisecond
	pressPause = 15 * time.Millisecond
)

// Move takes the pointer to p (pixels of the screen) in a few steps, because
// some things react to the way and not only to the end.
func (d *Device) Move(p image.Point) error {
	from := d.at
	for i := 1; i <= moveSteps; i++ {
		step := from.Add(p.Sub(from).Mul(i).Div(moveSteps))
		if err := d.fake(xproto.MotionNotify, 0, step); err != nil {
			return err
		}
		time.Sleep(stepPause)
	}
	d.at = p
	return nil
}

// Click moves to p and presses and releases a button there.
func (d *Device) Click(p image.Point, button byte) error {
	if err := d.Move(p); err != nil {
		return err
	}
	if err := d.fake(xproto.ButtonPress, button, p); err != nil {
		return err
	}
	time.Sleep(pressPause)
	return d.fake(xproto.ButtonRelease, button, p)
}

// Drag presses the left button at from and lets go at to.
func (d *Device) Drag(from, to image.Point) error {
	if err := d.Move(from); err != nil {
		return err
	}
	if err := d.fake(xproto.ButtonPress, Left, from); err != nil {
		return err
	}
	if err := d.Move(to); err != nil {
		return err
	}
	return d.fake(xproto.ButtonRelease, Left, to)
}

// Scroll turns the wheel at the pointer's place, down for positive clicks.
func (d *Device) Scroll(clicks int) error {
	button := byte(wheelDown)
	if clicks < 0 {
		button, clicks = wheelUp, -clicks
	}
	for range clicks {
		for _, kind := range []byte{xproto.ButtonPress, xproto.ButtonRelease} {
			if err := d.fake(kind, button, d.at); err != nil {
				return err
			}
		}
		time.Sleep(stepPause)
	}
	return nil
}

// fake sends one event and waits until the server has taken it.
func (d *Device) fake(kind, detail byte, p image.Point) error {
	return xtest.FakeInputChecked(d.x, kind, detail, 0, d.root, int16(p.X), int16(p.Y), 0).Check()
}
