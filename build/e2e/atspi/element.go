package atspi

import (
	"fmt"
	"io"
	"strings"

	"github.com/godbus/dbus/v5"
)

// ref is where an element lives: a name on the accessibility bus and a path.
type ref struct {
	Dest string
	Path dbus.ObjectPath
}

// Element is one node of a snapshot.
type Element struct {
	Role        Role
	Name        string // accessible name; "" if it has none
	Description string // what aria-describedby adds; "" if nothing
	Text        string // own text, with U+FFFC where children stand; "" if it shows none
	State       State
	Parent      *Element // nil for the desktop
	Children    []*Element

	ref        ref
	childCount int32
}

// Window is the nearest window that holds the element, nil above windows.
func (e *Element) Window() *Element {
	for ; e != nil; e = e.Parent {
		if e.Role == "window" || e.Role == "dialog" && e.Parent.isApplication() {
			return e
		}
	}
	return nil
}

func (e *Element) isApplication() bool { return e != nil && e.Role == "application" }

// inPage reports whether the element belongs to the content of a page.
func (e *Element) inPage() bool {
	for e = e.Parent; e != nil; e = e.Parent {
		if e.Role == "document" {
			return true
		}
	}
	return false
}

// Within reports whether e is a or stands somewhere in a.
func (e *Element) Within(a *Element) bool {
	for ; e != nil; e = e.Parent {
		if e == a {
			return true
		}
	}
	return false
}

// Walk calls visit for e and everything in it, top down in reading order.
func (e *Element) Walk(visit func(*Element)) {
	visit(e)
	for _, c := range e.Children {
		c.Walk(visit)
	}
}

// Content is all text in e in reading order, one space between parts.
func (e *Element) Content() string {
	var parts []string
	e.Walk(func(x *Element) {
		text := strings.TrimSpace(strings.ReplaceAll(x.Text, "\uFFFC", " "))
		if text == "" && len(x.Children) == 0 {
			text = x.Name
		}
		if text != "" {
			parts = append(parts, text)
		}
	})
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// String is one line such as `button "Install app" (focused)`.
func (e *Element) String() string {
	var b strings.Builder
	b.WriteString(string(e.Role))
	if e.Name != "" {
		fmt.Fprintf(&b, " %q", e.Name)
	}
	if e.Description != "" && e.Description != e.Name {
		fmt.Fprintf(&b, " described %q", e.Description)
	}
	if text := strings.TrimSpace(strings.ReplaceAll(e.Text, "\uFFFC", "·")); strings.Trim(text, "· \n") != "" && text != e.Name {
		fmt.Fprintf(&b, " text %q", text)
	}
	if s := e.State.String(); s != "" && !e.isApplication() {
		fmt.Fprintf(&b, " (%s)", s)
	}
	return b.String()
}

// Dump writes the tree below e, indented, without the nameless boxes that only
// hold others.
func (e *Element) Dump(w io.Writer) {
	e.dump(w, 0, func(x *Element) bool { return !x.plain() })
}

// DumpSeen is Dump without what is hidden or scrolled away.
func (e *Element) DumpSeen(w io.Writer) {
	e.dump(w, 0, func(x *Element) bool {
		return !x.plain() && (x.State.Has(Showing) || x.isApplication())
	})
}

func (e *Element) dump(w io.Writer, depth int, keep func(*Element) bool) {
	if keep(e) {
		fmt.Fprintf(w, "%*s%s\n", 2*depth, "", e)
		depth++
	}
	for _, c := range e.Children {
		c.dump(w, depth, keep)
	}
}

// plain tells boxes that say nothing to a reader.
func (e *Element) plain() bool {
	switch e.Role {
	case "filler", "section", "panel", "scroll bar", "group", "scroll pane":
		return e.Name == "" && strings.Trim(e.Text, "\uFFFC \n") == ""
	}
	return false
}
