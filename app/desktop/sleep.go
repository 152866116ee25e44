package desktop

import (
	"context"
	"time"
)

// Sleeper is told of this machine's sleep.
type Sleeper interface {
	// Rest is called before the machine sleeps and should return before ctx ends.
	Rest(ctx context.Context)
	// Wake is called when it has woken, or does not sleep after all.
	Wake()
}

// restFor is how long the machine's sleep is put off at most: less than the five
// seconds that logind grants (InhibitDelayMaxSec).
const restFor = 4 * time.Second
