package story

import (
	"context"
	"fmt"
	"image"
	"regexp"
	"strings"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/pointer"
)

// Click presses such an element with the pointer, once it is enabled, in view,
// at rest and not covered.
func (s *Story) Click(role, name string) {
	s.fail.Helper()
	s.touch(fmt.Sprintf("click %s %q", role, name), named(role, name), s.press)
}

// RightClick asks for the element's context menu.
func (s *Story) RightClick(role, name string) {
	s.fail.Helper()
	s.touch(fmt.Sprintf("right-click %s %q", role, name), named(role, name), func(p image.Point) error {
		return s.hand.Click(p, pointer.Right)
	})
}

// Hover rests the pointer on such an element.
func (s *Story) Hover(role, name string) {
	s.fail.Helper()
	s.touch(fmt.Sprintf("hover over %s %q", role, name), named(role, name), s.hand.Move)
}

// Away takes the pointer to a corner where it rests on nothing.
func (s *Story) Away() {
	s.fail.Helper()
	s.do("move the pointer away", s.hand.Move(image.Pt(2, 2)))
}

// Press presses a key or a chord such as "Tab" or "Ctrl+K".
func (s *Story) Press(chord string) {
	s.fail.Helper()
	s.do("press "+chord, s.hand.Press(chord))
}

// Keys types text to whatever has the focus.
func (s *Story) Keys(text string) {
	s.fail.Helper()
	s.do("type", s.hand.Type(text))
}

// Scroll turns the mouse wheel where the pointer is, down for positive clicks.
func (s *Story) Scroll(clicks int) {
	s.fail.Helper()
	s.do("scroll", s.hand.Scroll(clicks))
}

// Type clicks into the text field, replaces what is in it, and waits until the
// field holds the text.
func (s *Story) Type(field, text string) {
	s.fail.Helper()
	s.Click("text field", field)
	s.SeeState("text field", field, atspi.Focused)
	s.Press("Ctrl+A")
	s.Press("Delete")
	s.Keys(text)
	s.SeeTyped(field, text)
}

// SeeTyped waits until the text field holds exactly the text.
func (s *Story) SeeTyped(field, text string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see %q in the field %q", text, field), func(views []*atspi.Element) error {
		return each(views, query("text field", field), func(e *atspi.Element) error {
			if got := strings.TrimSuffix(e.Text, "\n"); got != text {
				return fmt.Errorf("it holds %q", got)
			}
			return nil
		})
	})
}

// Choose opens the choice with the label (a button that shows a list) and takes
// the option. Options may stand in a list, a menu or a window of their own.
func (s *Story) Choose(label, option string) {
	s.fail.Helper()
	// Such a button is named by its label and by what is chosen, in any order.
	s.Click("button", `/(^|\s)`+regexp.QuoteMeta(label)+`(\s|$)/`)
	whole := &Story{s.stage, nil, s.limit}
	whole.touch(fmt.Sprintf("choose %q", option), func(views []*atspi.Element) (*atspi.Element, error) {
		// A page's own list, a page's menu, the toolkit's list of a <select>.
		for _, role := range []string{"list item", "menu item", "cell"} {
			e, err := pick(views, query(role, option))
			if err == nil && e.State.Has(atspi.Enabled) {
				return e, nil
			}
		}
		return nil, errAbsent
	}, s.press)
}

// touch does something at the middle of what find finds, once it can be
// reached.
func (s *Story) touch(what string, find finder, act func(image.Point) error) {
	s.fail.Helper()
	s.until(what, func(views []*atspi.Element) error {
		e, err := find(views)
		if err != nil {
			return err
		}
		if !e.State.Has(atspi.Enabled) {
			return fmt.Errorf("it is disabled: %s", e)
		}
		p, err := s.reach(e)
		if err != nil {
			return err
		}
		return act(p)
	})
}

type finder func(views []*atspi.Element) (*atspi.Element, error)

func named(role, name string) finder {
	return func(views []*atspi.Element) (*atspi.Element, error) { return pick(views, query(role, name)) }
}

func (s *stage) press(p image.Point) error { return s.hand.Click(p, pointer.Left) }

// reach is the point to touch: the middle of what is seen of e, once e stands
// still and nothing lies over it.
func (s *Story) reach(e *atspi.Element) (image.Point, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if !e.State.Has(atspi.Showing) {
		if err := s.bus.ScrollTo(ctx, e); err != nil {
			return image.Point{}, err
		}
	}
	before, err := s.bus.Extents(ctx, e)
	if err != nil {
		return image.Point{}, err
	}
	time.Sleep(pause)
	now, err := s.bus.Extents(ctx, e)
	if err != nil {
		return image.Point{}, err
	}
	if now != before {
		return image.Point{}, fmt.Errorf("it moves, last seen at %v", now)
	}
	seen, err := s.clip(ctx, e, now)
	if err != nil {
		return image.Point{}, err
	}
	p := seen.Min.Add(seen.Size().Div(2))
	if !s.bus.At(ctx, e, p) {
		return p, fmt.Errorf("something lies over it at %v", p)
	}
	return p, nil
}

// clip is the part of r inside the element's window.
func (s *stage) clip(ctx context.Context, e *atspi.Element, r image.Rectangle) (image.Rectangle, error) {
	seen := r
	if w := e.Window(); w != nil {
		frame, err := s.bus.Extents(ctx, w)
		if err != nil {
			return r, err
		}
		seen = r.Intersect(frame)
	}
	if seen.Empty() {
		return r, fmt.Errorf("it is out of view at %v", r)
	}
	return seen, nil
}

func (s *Story) do(what string, err error) {
	s.fail.Helper()
	if err != nil {
		s.giveUp(what, err, s.Tree())
	}
}
