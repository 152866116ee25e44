// Package journey is the whole way of one app through the window, step by
// step: first start, find, read, install, watch, mend, uninstall. The tour
// walks it with pictures, the tests walk it in parts and with variations.
//
// Steps are in order; each begins where the one before it ended and looks only
// at accessible names that are promised to stay.
package journey
