package event_test

import (
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/event"
)

func TestCalm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := 0
		call := event.Calm(time.Second, func() { runs++ })
		want := func(n int) {
			t.Helper()
			if synctest.Wait(); runs != n {
				t.Fatalf("it ran %d times, want %d", runs, n)
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
