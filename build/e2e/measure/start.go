package main

import (
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
	err = await("its window", startLimit, func() (found bool) {
		o.window, found = s.window(o.program.Pid())
		return found
	})
	if err == nil {
		err = await("its first picture", startLimit, func() bool {
			o.last, err = s.look(o.window, image.Rectangle{})
			return err == nil && o.last.painted()
		})
	}
	o.painted = time.Now()
	if err != nil {
		o.close()
		return nil, err
	}
	return o, nil
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
	out.add(w, "painted_ms", milliseconds(o.painted.Sub(o.began)))
	out.add(w, "settled_ms", milliseconds(settled.Sub(o.began)))
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / 1e6 }
