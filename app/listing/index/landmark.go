package index

import "slices"

// landmarks are stretches of words that many, but not nearly all, documents
// have, with the counts of all facet values over those documents. Counting what
// a query finds starts from the nearest of them and looks only at the
// difference: "export to" finds almost what "export" does.
type landmarks struct {
	keys   []uint64 // of the stretches, sorted
	counts []uint32 // by landmark, then by value
}

const (
	// nearEnough: up to this part of the documents, counting them costs little
	// more than starting from somewhere else.
	nearEnough = 16
	// mostValues is for how many facet values landmarks are worth their room.
	mostValues = 1 << 12
)

// base is a set of documents whose counts are known.
type base struct {
	set    bitset
	counts []uint32
}

// at returns the counts kept for r, or nil.
func (l *landmarks) at(r span, values int) []uint32 {
	i, ok := slices.BinarySearch(l.keys, r.key())
	if !ok {
		return nil
	}
	return l.counts[i*values : (i+1)*values]
}

// landmark adds the landmarks to an index that is complete but for them.
func (ix *Index) landmark() {
	values := len(ix.facets.valueNames)
	if values == 0 || values > mostValues {
		return
	}
	var keys []uint64
	for p := range ix.places {
		keys = append(keys, ix.places[p].wide...)
	}
	slices.Sort(keys)
	s := ix.take()
	defer ix.release(s)
	c := counter{ix: ix, s: s}
	c.reset()
	for _, k := range slices.Compact(keys) {
		s.used = 0
		set := s.empty()
		for p := range ix.places {
			ix.places[p].addTo(set, span{int(k >> 32), int(uint32(k))})
		}
		if n := set.count(); min(n, ix.n-n) > ix.n/nearEnough {
			c.count(set, n, span{0, values})
			ix.landmarks.keys = append(ix.landmarks.keys, k)
			ix.landmarks.counts = append(ix.landmarks.counts, c.counts...)
		}
	}
}
