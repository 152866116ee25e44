// Package pointer moves the pointer and presses keys of an X display through
// the XTEST extension. Programs cannot tell it from a hand: hovering, focus,
// drag and text input take the way that they take for a person.
package pointer
