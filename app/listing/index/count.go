package index

import (
	"cmp"
	"math/bits"
	"slices"
)

// counter counts the matches of one query by facet value.
type counter struct {
	ix      *Index
	s       *scratch
	q       Query
	list    []filter
	overlay map[Facet]map[string][]uint32
	bases   []base   // sets with known counts that may be near
	counts  []uint32 // by value
}

// reset makes room for the counts.
func (c *counter) reset() {
	n := len(c.ix.facets.valueNames)
	if cap(c.s.counts) < n {
		c.s.counts = make([]uint32, n)
	}
	c.counts = c.s.counts[:n]
}

// facetCounts counts every facet over what matches without its own filter: over
// set, which has total documents, if it has none.
func (c *counter) facetCounts(set bitset, total int) map[Facet][]Count {
	fs := &c.ix.facets
	c.reset()
	out := make(map[Facet][]Count, len(fs.facetNames)+len(c.overlay))
	c.count(set, total, span{0, len(c.counts)})
	for i, f := range fs.facetNames {
		if len(c.q.Filters[f]) == 0 {
			out[f] = c.sorted(fs.of(i))
		}
	}
	for _, l := range c.list {
		r := fs.find(l.facet)
		c.count(l.without, l.without.count(), r)
		out[l.facet] = withChosen(c.sorted(r), l.values)
	}
	for f, values := range c.overlay {
		out[f] = c.overlaid(f, out[f], values, set)
	}
	for f, counted := range out {
		out[f] = top(counted, c.q.Filters[f], c.q.Values)
	}
	return out
}

// count fills in counts how many of the n documents of set have each value of
// r; the other counts are then worthless. It walks set, or what set and a base
// do not share, whichever is less.
func (c *counter) count(set bitset, n int, r span) {
	clear(c.counts)
	if r.empty() {
		return
	}
	nearest, least := base{}, n
	for _, b := range c.bases {
		if apart := b.set.countWithout(set) + set.countWithout(b.set); apart < least {
			nearest, least = b, apart
		}
	}
	if c.ix.n-n < least {
		nearest = base{c.s.raw(), c.ix.facets.totals}
		nearest.set.fill(c.ix.n)
	}
	if nearest.set == nil {
		c.walk(set, r)
		return
	}
	rest := c.s.copyOf(nearest.set)
	rest.andNot(set)
	c.walk(rest, r)
	for v := r.lo; v < r.hi; v++ {
		c.counts[v] = nearest.counts[v] - c.counts[v]
	}
	rest = c.s.copyOf(set)
	rest.andNot(nearest.set)
	c.walk(rest, r)
}

// walk adds to counts, document by document, or, if that takes less, common
// values by their bit sets and only the rare ones by document.
func (c *counter) walk(set bitset, r span) {
	fs, n := &c.ix.facets, set.count()
	if n == 0 {
		return
	}
	common := 0
	for v := r.lo; v < r.hi; v++ {
		if fs.common[v] != nil {
			common++
		}
	}
	if commonHeld := (len(fs.held) - fs.rareHeld) / c.ix.n; n*commonHeld <= common*len(set) {
		c.walkDocs(set, fs.ends[1:])
		return
	}
	if common < r.hi-r.lo {
		c.walkDocs(set, fs.mids)
	}
	for v := r.lo; v < r.hi; v++ {
		if b := fs.common[v]; b != nil {
			c.counts[v] += countBoth(set, b)
		}
	}
}

// walkDocs counts the values of each document of set up to its end in ends.
func (c *counter) walkDocs(set bitset, ends []uint32) {
	fs, counts := &c.ix.facets, c.counts
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			doc := i<<6 + bits.TrailingZeros64(w)
			for _, v := range fs.held[fs.ends[doc]:ends[doc]] {
				counts[v]++
			}
		}
	}
}

func countBoth(a, b bitset) (n uint32) {
	for len(a) >= 4 && len(b) >= 4 {
		n += uint32(bits.OnesCount64(a[0]&b[0]) + bits.OnesCount64(a[1]&b[1]) +
			bits.OnesCount64(a[2]&b[2]) + bits.OnesCount64(a[3]&b[3]))
		a, b = a[4:], b[4:]
	}
	for i, w := range a {
		n += uint32(bits.OnesCount64(w & b[i]))
	}
	return n
}

// sorted returns the values of r that were counted, most frequent first.
func (c *counter) sorted(r span) []Count {
	// A count turned around and the value's number sort in one go as the order
	// wanted: values are numbered by name.
	keys := c.s.keys[:0]
	for v := r.lo; v < r.hi; v++ {
		if c.counts[v] > 0 {
			keys = append(keys, uint64(^c.counts[v])<<32|uint64(v))
		}
	}
	slices.Sort(keys)
	out := make([]Count, len(keys))
	for i, k := range keys {
		out[i] = Count{c.ix.facets.valueNames[uint32(k)], int(^uint32(k >> 32))}
	}
	c.s.keys = keys
	return out
}

// withChosen adds the chosen values that are missing, with a count of 0.
func withChosen(counted []Count, chosen []string) []Count {
	for _, v := range slices.Sorted(slices.Values(chosen)) {
		if !slices.ContainsFunc(counted, func(c Count) bool { return c.Value == v }) {
			counted = append(counted, Count{Value: v})
		}
	}
	return counted
}

// overlaid adds the values that an overlay gives facet f.
func (c *counter) overlaid(f Facet, counted []Count, values map[string][]uint32, set bitset) []Count {
	if i := slices.IndexFunc(c.list, func(l filter) bool { return l.facet == f }); i >= 0 {
		set = c.list[i].without
	}
	for v, docs := range values {
		n := 0
		for _, doc := range docs {
			if set.has(doc) {
				n++
			}
		}
		i := slices.IndexFunc(counted, func(c Count) bool { return c.Value == v })
		switch {
		case i >= 0:
			counted[i].Count += n
		case n > 0:
			counted = append(counted, Count{v, n})
		}
	}
	slices.SortFunc(counted, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return counted
}

// top keeps the first most values and the chosen ones; all if most is 0.
func top(counted []Count, chosen []string, most int) []Count {
	if most <= 0 || len(counted) <= most {
		return counted
	}
	kept := counted[:most:most]
	for _, c := range counted[most:] {
		if slices.Contains(chosen, c.Value) {
			kept = append(kept, c)
		}
	}
	return kept
}
