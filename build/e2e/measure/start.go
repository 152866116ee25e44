package main

import (
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb/xproto"

	"patchbay/e2e/desk"
)

const (
	startLimit = 30 * time.Second
	// calm is how long a picture must stay to be the last one.
	calm = 1500 * time.Millisecond
)

// opened is a started program whose window shows something.
type opened struct {
	program *desk.Program
	screen  *screen
	window  xproto.Window
	began   time.Time
	shown   time.Time
	painted time.Time
	last    picture
}

// open starts the program of w and waits for its first picture.
func open(d *desk.Desk, w window) (*opened, error) {
	s, err := openScreen(d.Display())
	if err != nil {
		return nil, err
	}
	o := &opened{screen: s, began: time.Now()}
	if o.program, err = d.Launch(w.Name, w.Env, w.Program, w.Args...); err != nil {
		return nil, err
	}
	err = await("its first picture", startLimit, func() bool {
		return o.look() || !o.program.Running()
	})
	o.painted = time.Now()
	if err == nil && !o.program.Running() {
		err = errors.New("it ended")
	}
	if err != nil {
		err = fmt.Errorf("%w; its log:\n%s", err, o.program.Log())
		o.close()
		return nil, err
	}
	return o, nil
}

// look takes a picture of the window, if there is one yet, and reports whether
// there is something to see.
func (o *opened) look() bool {
	if o.window == 0 {
		o.window, _ = o.screen.window(o.program.Pid())
		o.shown = time.Now()
		return false
	}
	var err error
	o.last, err = o.screen.look(o.window, image.Rectangle{})
	return err == nil && o.last.painted()
}

// settle waits until the picture stays and returns when it last changed.
func (o *opened) settle() (time.Time, error) {
	changed := o.painted
	for time.Since(changed) < calm && time.Since(o.began) < startLimit {
		time.Sleep(10 * time.Millisecond)
		now, err := o.screen.look(o.window, image.Rectangle{})
		if err != nil {
			return changed, err
		}
		if now.differs(o.last) {
			o.last, changed = now, time.Now()
		}
	}
	return changed, nil
}

func (o *opened) close() {
	o.program.Quit(5 * time.Second)
	_ = o.screen.close()
}

// start measures one start.
func start(d *desk.Desk, _ order, w window, out samples) error {
	o, err := open(d, w)
	if err != nil {
		return err
	}
	defer o.close()
	settled, err := o.settle()
	if err != nil {
		return err
	}
	out.add(w, "shown_ms", milliseconds(o.shown.Sub(o.began)))
	out.add(w, "painted_ms", milliseconds(o.painted.Sub(o.began)))
	out.add(w, "settled_ms", milliseconds(settled.Sub(o.began)))
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / 1e6 }
