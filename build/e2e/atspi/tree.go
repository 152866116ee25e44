package atspi

import (
	"context"
	"strings"

	"github.com/godbus/dbus/v5"
)

// Tree takes a snapshot of everything that programs show. It goes down level
// by level and asks for a whole level at once, so a page of 300 elements costs
// about twenty round trips rather than a thousand. Elements that vanish
// meanwhile, and programs that do not answer before ctx ends, are left out.
func (b *Bus) Tree(ctx context.Context) *Element {
	root := &Element{Role: "desktop", State: Enabled | Showing, ref: desktop}
	seen := map[ref]bool{desktop: true}
	level := b.children(ctx, root, seen)
	for len(level) > 0 {
		var next []*Element
		asked := make([]question, len(level))
		for i, e := range level {
			asked[i] = b.ask(e)
		}
		for i, e := range level {
			if asked[i].fill(ctx, e) {
				e.Parent.Children = append(e.Parent.Children, e)
				next = append(next, asked[i].below(ctx, b, e, seen)...)
			}
		}
		level = next
	}
	return root
}

// question is what is asked about one element, all at once.
type question struct{ facts, role, state, text, children *dbus.Call }

func (b *Bus) ask(e *Element) question {
	q := question{
		facts:    b.send(e.ref, "org.freedesktop.DBus.Properties.GetAll", accessible),
		role:     b.send(e.ref, accessible+".GetRole"),
		state:    b.send(e.ref, accessible+".GetState"),
		children: b.send(e.ref, accessible+".GetChildren"),
	}
	// GTK writes a warning to the program's log when a widget without text is
	// asked for it; pages just say no.
	if e.inPage() {
		q.text = b.send(e.ref, text+".GetText", int32(0), int32(-1))
	}
	return q
}

// fill takes over the answers; false means that the element is gone.
func (q question) fill(ctx context.Context, e *Element) bool {
	var facts map[string]dbus.Variant
	var role uint32
	var state []uint32
	if !answer(ctx, q.facts, &facts) || !answer(ctx, q.role, &role) || !answer(ctx, q.state, &state) {
		return false
	}
	e.Name, _ = facts["Name"].Value().(string)
	e.Description, _ = facts["Description"].Value().(string)
	e.childCount, _ = facts["ChildCount"].Value().(int32)
	e.Role = roleOf(role)
	if len(state) == 2 {
		e.State = State(state[0]) | State(state[1])<<32
	}
	if q.text != nil {
		answer(ctx, q.text, &e.Text) // most elements have no text; "" is right then
	}
	if e.Role == "text field" && e.Text != "" {
		// A label around its field names it with label and content (WebKitGTK).
		e.Name = strings.TrimSuffix(e.Name, " "+e.Text)
	}
	return !e.State.Has(Defunct)
}

// below lists the element's children, not yet filled.
func (q question) below(ctx context.Context, b *Bus, e *Element, seen map[ref]bool) []*Element {
	var refs []ref
	answer(ctx, q.children, &refs)
	if len(refs) == 0 && e.childCount > 0 {
		var only ref
		if answer(ctx, b.send(e.ref, accessible+".GetChildAtIndex", int32(0)), &only) {
			refs = append(refs, only)
		}
	}
	return adopt(e, refs, seen)
}

func (b *Bus) children(ctx context.Context, e *Element, seen map[ref]bool) []*Element {
	var refs []ref
	answer(ctx, b.send(e.ref, accessible+".GetChildren"), &refs)
	return adopt(e, refs, seen)
}

// adopt makes elements of refs; one seen before would be a loop.
func adopt(parent *Element, refs []ref, seen map[ref]bool) []*Element {
	var list []*Element
	for _, r := range refs {
		if !seen[r] && r.Path != "/org/a11y/atspi/null" {
			seen[r] = true
			list = append(list, &Element{Parent: parent, ref: r})
		}
	}
	return list
}

// answer waits for a call's answer and reports whether it came.
func answer(ctx context.Context, call *dbus.Call, into any) bool {
	select {
	case <-call.Done:
		return call.Err == nil && call.Store(into) == nil
	case <-ctx.Done():
		return false
	}
}
