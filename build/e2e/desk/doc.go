// Package desk runs a private desktop to test a window in: an X server without
// a screen (Xvfb), a window manager (openbox), a D-Bus session with the
// accessibility bus, a keyring (gnome-keyring) and a notification daemon
// (dunst), all real and all its own.
//
// Nothing of the person who runs the test is touched or seen: home, XDG
// folders, runtime folder, display and buses are made in one temporary folder,
// and the D-Bus session can start only the services that this package lists.
// Closing the desk ends every process it started; if the test process dies
// first, the kernel ends them (PR_SET_PDEATHSIG).
//
// A desk can also lack things on purpose (no keyring, a locked one, no D-Bus),
// which is how the walks with bad surroundings are made.
package desk
