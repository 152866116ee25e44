package main

import (
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// screen looks at the windows of a display.
type screen struct {
	x       *xgb.Conn
	root    xproto.Window
	clients xproto.Atom
	pid     xproto.Atom
}

func openScreen(display string) (*screen, error) {
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, err
	}
	s := &screen{x: x, root: xproto.Setup(x).DefaultScreen(x).Root}
	for name, atom := range map[string]*xproto.Atom{"_NET_CLIENT_LIST": &s.clients, "_NET_WM_PID": &s.pid} {
		reply, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		*atom = reply.Atom
	}
	return s, nil
}

func (s *screen) close() error {
	s.x.Close()
	return nil
}

// numbers reads a property that is a list of 32-bit numbers.
func (s *screen) numbers(w xproto.Window, property xproto.Atom) []uint32 {
	reply, err := xproto.GetProperty(s.x, false, w, property, xproto.GetPropertyTypeAny, 0, 64).Reply()
	if err != nil || reply.Format != 32 {
		return nil
	}
	list := make([]uint32, reply.ValueLen)
	for i := range list {
		list[i] = xgb.Get32(reply.Value[4*i:])
	}
	return list
}

// window finds the window of a process (EWMH, _NET_WM_PID) among those that the
// window manager shows.
func (s *screen) window(pid int) (xproto.Window, bool) {
	for _, id := range s.numbers(s.root, s.clients) {
		w := xproto.Window(id)
		if owner := s.numbers(w, s.pid); len(owner) == 1 && owner[0] == uint32(pid) {
			return w, true
		}
	}
	return 0, false
}

// picture is a part of a window as the server keeps it: four bytes a pixel.
type picture struct {
	pixels []byte
	width  int
}

// look reads the part r of a window, all of it if r is empty.
func (s *screen) look(w xproto.Window, r image.Rectangle) (picture, error) {
	if r.Empty() {
		g, err := xproto.GetGeometry(s.x, xproto.Drawable(w)).Reply()
		if err != nil {
			return picture{}, err
		}
		r = image.Rect(0, 0, int(g.Width), int(g.Height))
	}
	reply, err := xproto.GetImage(s.x, xproto.ImageFormatZPixmap, xproto.Drawable(w), int16(r.Min.X), int16(r.Min.Y),
		uint16(r.Dx()), uint16(r.Dy()), 0xffffffff).Reply()
	if err != nil {
		return picture{}, err
	}
	return picture{reply.Data, r.Dx()}, nil
}

// edges enough for a line of text; a blank window has next to none.
const fewEdges = 60

// painted reports whether there is something to see: places where a pixel
// differs from its neighbour, in every fourth row.
func (p picture) painted() bool {
	edges, row := 0, 4*p.width
	for y := 0; y+row <= len(p.pixels); y += 4 * row {
		line := p.pixels[y : y+row]
		for x := 4; x < row; x += 4 {
			if line[x] != line[x-4] || line[x+1] != line[x-3] || line[x+2] != line[x-2] {
				edges++
			}
		}
	}
	return edges >= fewEdges
}

// differs reports whether two pictures of one place differ by more than what a
// blinking caret changes.
func (p picture) differs(from picture) bool {
	if len(p.pixels) != len(from.pixels) {
		return true
	}
	changed := 0
	for i := 0; i < len(p.pixels); i += 4 {
		if p.pixels[i] != from.pixels[i] || p.pixels[i+1] != from.pixels[i+1] || p.pixels[i+2] != from.pixels[i+2] {
			changed++
		}
	}
	return changed > caretPixels
}

const caretPixels = 64

// await polls until ready says yes.
func await(what string, limit time.Duration, ready func() bool) error {
	for deadline := time.Now().Add(limit); !ready(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: not within %v", what, limit)
		}
	}
	return nil
}
