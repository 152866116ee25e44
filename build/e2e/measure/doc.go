// Command measure times windows as a person sees them: on a private desktop, by
// the pixels on the screen, from outside of the program.
//
// It reads an order as JSON from its input and writes the samples as JSON, in
// the order they were taken. All windows are measured in turn, round by round,
// so that what else the machine does meets all of them alike; the reader makes
// ratios of neighbours. Tasks are
//
//   - start: milliseconds from starting the program to its window, blank as it
//     is, to the first picture with something in it, and to the last change;
//   - rest: proportional memory of all its processes after a rest, and the
//     share of one core that they use while nobody touches them;
//   - keys: milliseconds from pressing a key in the search field to changed
//     pixels below it.
//
// The desktop has no accessibility bus, as one whose user needs none: building
// the tree of elements would be measured too.
package main
