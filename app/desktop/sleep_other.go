//go:build !linux

package desktop

import "context"

// WatchSleep returns at once: a clock that has jumped tells of the sleep
// afterwards.
func WatchSleep(context.Context, Sleeper) {}
