package desk

import "image"

// Keyring says what answers when a program asks the desktop for secrets.
type Keyring int

const (
	// KeyringOpen is a running Secret Service whose login keyring is unlocked.
	KeyringOpen Keyring = iota
	// KeyringLocked is a running Secret Service whose login keyring exists and
	// is locked; using it opens the desktop's own password prompt
	// (KeyringPassword opens it).
	KeyringLocked
	// KeyringNone is a session on which nobody owns org.freedesktop.secrets.
	KeyringNone
)

// KeyringPassword is the password of the login keyring of every desk.
const KeyringPassword = "desk"

// Options choose what the desk has. The zero value is a complete light desktop
// of 1280x800.
type Options struct {
	Size            image.Point // of the screen in pixels; zero means 1280x800
	Dark            bool        // GTK prefers dark, so pages see prefers-color-scheme: dark
	ReducedMotion   bool        // GTK animations off, so pages see prefers-reduced-motion
	Keyring         Keyring
	Keyrings        string   // folder of keyrings to start with; "" for new ones
	NoBus           bool     // programs find no D-Bus session (accessibility still works)
	NoNotifications bool     // nobody owns org.freedesktop.Notifications
	NoAccessibility bool     // no accessibility bus: pages do not build a tree of their elements
	Browser         string   // path of a Chromium to offer as "chromium" on PATH; "" hides the machine's
	Env             []string // further KEY=value pairs for programs; they win
}

func (o Options) size() image.Point {
	if o.Size == (image.Point{}) {
		return image.Pt(1280, 800)
	}
	return o.Size
}
