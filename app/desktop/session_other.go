//go:build !linux

package desktop

// Display returns nil: these platforms always have a screen for a program that
// a person started.
func Display() error { return nil }

// Bus reports true: a second start needs no session bus here.
func Bus() bool { return true }

// Private does nothing where profile folders are private by default.
func Private() {}
