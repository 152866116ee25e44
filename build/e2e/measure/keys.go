package main

import (
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/pointer"
)

const (
	// still is how long the picture must rest before the next key.
	still = 120 * time.Millisecond
	// unanswered is when a key is taken to change nothing below the field.
	unanswered = 700 * time.Millisecond
)

// keys types every phrase into the search field of w, letter by letter, and
// takes each back at once.
func keys(d *desk.Desk, o order, w window, out samples) error {
	opened, err := open(d, w)
	if err != nil {
		return err
	}
	defer opened.close()
	if _, err := opened.settle(); err != nil {
		return err
	}
	hand, err := pointer.Open(d.Display())
	if err != nil {
		return err
	}
	defer hand.Close()
	drawn, err := opened.screen.watch(opened.window)
	if err != nil {
		return err
	}
	for _, phrase := range o.Phrases {
		for _, chord := range []string{w.Focus, "Ctrl+A", "Delete"} {
			if err := hand.Press(chord); err != nil {
				return err
			}
		}
		for _, letter := range phrase {
			if err := opened.key(hand, w, string(letter), drawn, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// key presses one key and times the first change of the area below the field.
func (o *opened) key(hand *pointer.Device, w window, letter string, drawn <-chan drawing, out samples) error {
	before, err := o.rested(w)
	if err != nil {
		return err
	}
	began := time.Now()
	typed := make(chan error, 1)
	go func() { typed <- hand.Type(letter) }()
	for over := time.After(unanswered); ; {
		select {
		case d := <-drawn:
			if d.at.Before(began) || !d.area.Overlaps(w.Area) {
				continue
			}
			now, err := o.screen.look(o.window, w.Area)
			if err != nil {
				return err
			}
			if now.differs(before) {
				out.add(w, "paint_ms", milliseconds(d.at.Sub(began)))
				return <-typed
			}
		case <-over:
			out.add(w, "unanswered", 1)
			return <-typed
		}
	}
}

// rested waits until the area has not changed for a while and returns it.
func (o *opened) rested(w window) (picture, error) {
	last, err := o.screen.look(o.window, w.Area)
	for since := time.Now(); err == nil && time.Since(since) < still; time.Sleep(8 * time.Millisecond) {
		var now picture
		if now, err = o.screen.look(o.window, w.Area); err == nil && now.differs(last) {
			last, since = now, time.Now()
		}
	}
	return last, err
}
