package index

import "math/bits"

// scores counts documents by score while they come in order of popularity, so
// that reading can stop as soon as no later one can get on the page.
type scores struct {
	count [mostScore + 1]int
	// above is how many documents have at least the score bound, which only falls.
	bound, above int
}

func (c *scores) add(score int) {
	c.count[score]++
	if score >= c.bound {
		c.above++
	}
}

// enough reports whether n documents score at least bound.
func (c *scores) enough(bound, n int) bool {
	for c.bound > bound {
		c.bound--
		c.above += c.count[c.bound]
	}
	return c.above >= n
}

// scored puts documents by score, then by number: it scores them until the page
// is certain and sorts by counting.
func (p *page) scored(set bitset, words []places, from, to int) {
	docs, values := p.s.docs[:0], p.s.scores[:0]
	c := scores{bound: mostScore + 1}
	for i, w := range set {
		if w == 0 {
			continue
		}
		// A later document that only draws level stands behind the earlier ones.
		if most := int(p.ix.pop[i<<6+bits.TrailingZeros64(w)]) + weights[inName]; c.enough(most, to) {
			break
		}
		for ; w != 0; w &= w - 1 {
			doc := uint32(i<<6 + bits.TrailingZeros64(w))
			score := int(p.ix.pop[doc]) + relevance(words, doc)
			c.add(score)
			docs, values = append(docs, doc), append(values, uint16(score))
		}
	}
	var next [mostScore + 1]int
	for score, at := mostScore, 0; score >= 0; score-- {
		next[score] = at
		at += c.count[score]
	}
	base := len(p.docs)
	p.docs = append(p.docs, make([]uint32, to-from)...)
	for i, doc := range docs {
		at := next[values[i]]
		next[values[i]]++
		if at >= from && at < to {
			p.docs[base+at-from] = doc
		}
	}
	p.s.docs, p.s.scores = docs, values
}

// relevance is the mean weight of the places where doc has the words.
func relevance(words []places, doc uint32) int {
	sum := 0
	for i := range words {
		switch {
		case words[i][inName].has(doc):
			sum += weights[inName]
		case words[i][inSummary].has(doc):
			sum += weights[inSummary]
		}
	}
	return sum / len(words)
}
