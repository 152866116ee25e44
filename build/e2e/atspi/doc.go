// Package atspi reads what programs show through the accessibility bus
// (AT-SPI 2 over D-Bus), the same way a screen reader does.
//
// Every program on the bus has a tree: application, windows, and in them the
// elements with a role, a name, states and a place on the screen. [Bus.Tree]
// takes a snapshot of all trees at once; an [Element] of it never changes.
// What must be current (place, text while typing) is asked for afresh.
//
// WebKitGTK keeps the page's elements in its web process, which hangs its tree
// below the window's as soon as the page is there. Two of its habits are dealt
// with here: roles come as numbers only (it names none), and the joint between
// the two processes lists no children though it counts one.
package atspi
