package atspi

import (
	"context"
	"fmt"
	"image"
)

// screen asks for coordinates of the screen (ATSPI_COORD_TYPE_SCREEN).
const screen = uint32(0)

// Extents is where the element is on the screen now, in pixels; parts that are
// scrolled away lie outside its window.
func (b *Bus) Extents(ctx context.Context, e *Element) (image.Rectangle, error) {
	var r struct{ X, Y, W, H int32 }
	if !answer(ctx, b.send(e.ref, component+".GetExtents", screen), &r) {
		return image.Rectangle{}, fmt.Errorf("%s is gone", e)
	}
	return image.Rect(int(r.X), int(r.Y), int(r.X+r.W), int(r.Y+r.H)), nil
}

// ScrollTo brings the element into view.
func (b *Bus) ScrollTo(ctx context.Context, e *Element) error {
	const anywhere = uint32(6) // ATSPI_SCROLL_ANYWHERE
	var done bool
	if !answer(ctx, b.send(e.ref, component+".ScrollTo", anywhere), &done) {
		return fmt.Errorf("%s cannot be scrolled to", e)
	}
	return nil
}

// At reports whether a pointer at p meets e or something in it, rather than
// something that lies over it. An element that cannot say counts as met.
func (b *Bus) At(ctx context.Context, e *Element, p image.Point) bool {
	page := e
	for page.Parent != nil && page.Role != "document" {
		page = page.Parent
	}
	var hit ref
	if !answer(ctx, b.send(page.ref, component+".GetAccessibleAtPoint", int32(p.X), int32(p.Y), screen), &hit) {
		return true
	}
	met := false
	e.Walk(func(x *Element) { met = met || x.ref == hit })
	for up := e.Parent; up != nil && !met; up = up.Parent {
		met = up.ref == hit // a box may answer for what it holds
	}
	return met || hit.Path == "/org/a11y/atspi/null"
}

// Text is the element's text now, such as what is typed into a field.
func (b *Bus) Text(ctx context.Context, e *Element) string {
	var s string
	answer(ctx, b.send(e.ref, text+".GetText", int32(0), int32(-1)), &s)
	return s
}

// Value is the number that a slider, meter or progress bar shows; false if the
// element has none.
func (b *Bus) Value(ctx context.Context, e *Element) (float64, bool) {
	var v float64
	ok := answer(ctx, b.send(e.ref, "org.freedesktop.DBus.Properties.Get", value, "CurrentValue"), &v)
	return v, ok
}
