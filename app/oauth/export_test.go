package oauth

import "time"

// SetAfter replaces the timer of attempts and polls.
func (p *Protocol) SetAfter(after func(time.Duration) <-chan time.Time) { p.after = after }

// RoomFor is how many connections a listener holds at once.
const RoomFor = roomFor
