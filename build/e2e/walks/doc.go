// Package walks holds the end-to-end tests: the journey of one app with its
// variations, and starts in bad surroundings. Each runs the real program on a
// private desktop. The sandbox has a fixed port, so they run one by one.
package walks
