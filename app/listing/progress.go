package listing

import "iter"

// Progress is how far a sync has come: first the bytes of the feed, as they come
// over the network, then its listings, one by one. Size and Count are how many
// there will be, 0 where that is not known.
type Progress struct {
	Feed     string // id; "" if nothing is synced
	Bytes    int64
	Size     int64
	Listings int
	Count    int
}

// Progress returns how far the sync has come that is under way; there is one at
// a time.
func (c *Catalogue) Progress() Progress {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.progress
}

// advance says how far the sync under way has come.
func (c *Catalogue) advance(p Progress) {
	c.mu.Lock()
	before := c.progress
	c.progress = p
	c.mu.Unlock()
	if p.Feed == "" {
		p.Feed = before.Feed
	}
	c.Progressed.Publish(p.Feed)
}

// countedAtOnce is after how many listings progress is told of again.
const countedAtOnce = 250

// counting passes documents on, and counts them.
func (c *Catalogue) counting(p Progress, documents iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for document, err := range documents {
			if p.Listings%countedAtOnce == 0 {
				c.advance(p)
			}
			p.Listings++
			if !yield(document, err) {
				return
			}
		}
		c.advance(p)
	}
}
