package main

import (
	"image"
	"time"

	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xproto"
)

// drawing is a part of a window that was drawn anew, and when.
type drawing struct {
	at   time.Time
	area image.Rectangle
}

// watch tells of everything that is drawn in a window from now on (X DAMAGE). To
// wait for it costs nothing, where looking again and again takes a processor from
// the program that is to draw. It ends with the screen.
func (s *screen) watch(w xproto.Window) (<-chan drawing, error) {
	if err := damage.Init(s.x); err != nil {
		return nil, err
	}
	if _, err := damage.QueryVersion(s.x, 1, 1).Reply(); err != nil {
		return nil, err
	}
	id, err := damage.NewDamageId(s.x)
	if err != nil {
		return nil, err
	}
	if err := damage.CreateChecked(s.x, id, xproto.Drawable(w), damage.ReportLevelRawRectangles).Check(); err != nil {
		return nil, err
	}
	told := make(chan drawing, 4096)
	go func() {
		defer close(told)
		for {
			event, err := s.x.WaitForEvent()
			if event == nil && err == nil {
				return // the connection is closed
			}
			if d, ok := event.(damage.NotifyEvent); ok {
				at := image.Pt(int(d.Area.X), int(d.Area.Y))
				told <- drawing{time.Now(), image.Rectangle{Min: at, Max: at.Add(image.Pt(int(d.Area.Width), int(d.Area.Height)))}}
			}
		}
	}()
	return told, nil
}
