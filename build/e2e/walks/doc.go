// Package walks holds the end-to-end tests: the journey of one app with its
// variations, and starts in bad surroundings. Each runs the real program on a
// private desktop, in a process and a network of its own.
package walks
