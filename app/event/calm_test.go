package event_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/event"
)

func TestCalm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int64
		call := event.Calm(time.Second, func() { runs.Add(1) })
		want := func(n int64) {
			t.Helper()
			if synctest.Wait(); runs.Load() != n {
				t.Fatalf("it ran %d times, want %d", runs.Load(), n)
			}
		}
		call()
		want(1)
		for range 1000 {
			call()
		}
		want(1)
		time.Sleep(time.Second)
		want(2)
		time.Sleep(time.Second)
		want(2)
		call()
		want(3)
	})
}
