//go:build !linux

package desktop

import "context"

// Display returns nil: these platforms always have a screen for a program that
// a person started.
func Display() error { return nil }

// Bus reports true: a second start needs no session bus here.
func Bus() bool { return true }

// Notifies returns true: these platforms always have somebody who does.
func Notifies(context.Context) bool { return true }

// Private does nothing where profile folders are private by default.
func Private() {}
