package event

import (
	"sync"
	"time"
)

// Calm returns a function that runs do at once and, when it is called again
// within wait, once more when that time is over, however often it was called: a
// thousand facts at once must not cause a thousand answers. Do runs in the
// caller's goroutine or in one of its own, never twice at a time.
func Calm(wait time.Duration, do func()) func() {
	c := &calm{wait: wait, do: do}
	return c.call
}

type calm struct {
	wait time.Duration
	do   func()

	mu            sync.Mutex
	busy, pending bool
}

func (c *calm) call() {
	c.mu.Lock()
	c.pending = c.busy
	start := !c.busy
	c.busy = true
	c.mu.Unlock()
	if start {
		c.run()
	}
}

func (c *calm) run() {
	c.do()
	time.AfterFunc(c.wait, c.rest)
}

func (c *calm) rest() {
	c.mu.Lock()
	again := c.pending
	c.pending, c.busy = false, again
	c.mu.Unlock()
	if again {
		c.run()
	}
}
