package atspi

import "strings"

// State is a set of AtspiStateType bits (at-spi2-core, atspi-constants.h).
type State uint64

// The states that matter to a test.
const (
	Checked   State = 1 << 4
	Defunct   State = 1 << 6
	Editable  State = 1 << 7
	Enabled   State = 1 << 8
	Expanded  State = 1 << 10
	Focusable State = 1 << 11
	Focused   State = 1 << 12
	Modal     State = 1 << 16
	Pressed   State = 1 << 20
	Selected  State = 1 << 23
	Showing   State = 1 << 25 // in view: neither hidden nor scrolled away
	Visible   State = 1 << 30
	Required  State = 1 << 33
	Invalid   State = 1 << 36
	ReadOnly  State = 1 << 42
)

var stateWords = []struct {
	bit  State
	word string
}{
	{Checked, "checked"}, {Expanded, "expanded"}, {Focused, "focused"}, {Modal, "modal"},
	{Pressed, "pressed"}, {Selected, "selected"}, {Required, "required"},
	{Invalid, "invalid"}, {ReadOnly, "read-only"},
}

// Has reports whether all of the bits are set.
func (s State) Has(bits State) bool { return s&bits == bits }

// String lists the telling states, such as "checked focused"; "disabled" and
// "out of view" are said for what is missing.
func (s State) String() string {
	var words []string
	for _, w := range stateWords {
		if s.Has(w.bit) {
			words = append(words, w.word)
		}
	}
	if !s.Has(Enabled) {
		words = append(words, "disabled")
	}
	if !s.Has(Showing) {
		words = append(words, "out of view")
	}
	return strings.Join(words, " ")
}
