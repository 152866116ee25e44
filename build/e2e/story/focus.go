package story

import (
	"context"
	"fmt"
	"image"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/shot"
)

// mostTabs is how many presses of one key may lie between two things: more and
// nobody would get there by keyboard.
const mostTabs = 60

// TabTo presses Tab until such an element has the focus.
func (s *Story) TabTo(role, name string) {
	s.fail.Helper()
	s.KeyTo("Tab", role, name)
}

// KeyTo presses the key, such as "Down" in a list, until such an element has
// the focus.
func (s *Story) KeyTo(key, role, name string) {
	s.fail.Helper()
	s.See(role, name)
	for range mostTabs {
		if s.focused(role, name) {
			return
		}
		s.Press(key)
		s.settle()
	}
	s.giveUp(fmt.Sprintf("reach %s %q with %s", role, name, key), errAbsent, s.Tree())
}

func (s *Story) focused(role, name string) bool {
	err := each(s.views(s.Tree()), query(role, name), func(e *atspi.Element) error {
		if !e.State.Has(atspi.Focused) {
			return errAbsent
		}
		return nil
	})
	return err == nil
}

// settle waits until the focus has moved: the page tells the bus a moment
// after the key.
func (s *stage) settle() { time.Sleep(2 * pause) }

// ringPixels is how many pixels around an element must change with the focus:
// more than a blinking caret, less than any ring.
const ringPixels = 60

// SeeRing waits until the focus on such an element can be seen: with the focus
// elsewhere, it looks different. The focus is back afterwards.
func (s *Story) SeeRing(role, name string) {
	s.fail.Helper()
	// The page paints a while after it has told the bus, so one look may be too early.
	for deadline := time.Now().Add(s.limit); ; {
		n := s.ring(role, name)
		if n >= ringPixels {
			return
		}
		if time.Now().After(deadline) {
			s.giveUp(fmt.Sprintf("see the focus on %s %q", role, name), fmt.Errorf("only %d pixels differ", n), s.Tree())
		}
	}
}

// ring counts the pixels in which a focused element and the same without the
// focus differ.
func (s *Story) ring(role, name string) int {
	s.fail.Helper()
	e := s.SeeState(role, name, atspi.Focused)
	s.settle()
	with := s.around(e)
	s.Press("Shift+Tab")
	s.until(fmt.Sprintf("see the focus leave %s %q", role, name), func([]*atspi.Element) error {
		if s.focused(role, name) {
			return fmt.Errorf("it stays")
		}
		return nil
	})
	s.settle()
	without := s.around(e)
	s.Press("Tab")
	s.SeeState(role, name, atspi.Focused)
	return differing(with, without)
}

// around is a picture of the element with a margin, where rings are drawn: a
// link that fills its list item has the ring there.
func (s *Story) around(e *atspi.Element) *image.NRGBA {
	s.fail.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if p := e.Parent; p != nil && p.Role == "list item" {
		e = p
	}
	frame, err := s.bus.Extents(ctx, e)
	s.do("find "+e.String(), err)
	img, err := s.still()
	s.do("look at "+e.String(), err)
	return shot.Crop(img, frame.Inset(-4))
}

func differing(a, b *image.NRGBA) int {
	if a.Rect.Size() != b.Rect.Size() {
		return a.Rect.Dx() * a.Rect.Dy()
	}
	n := 0
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if a.NRGBAAt(a.Rect.Min.X+x, a.Rect.Min.Y+y) != b.NRGBAAt(b.Rect.Min.X+x, b.Rect.Min.Y+y) {
				n++
			}
		}
	}
	return n
}
