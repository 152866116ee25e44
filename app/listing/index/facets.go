package index

import (
	"bytes"
	"slices"
	"sort"
)

// facets hold what can be filtered by. Values are numbered facet by facet, each
// facet's in order.
type facets struct {
	names  table    // facets, sorted
	first  []uint32 // first value of each facet, and of the one after the last
	values table
	totals []uint32 // documents of each value
	docs   lists    // documents of each value; a bit set for each common one

	// The values of document d, for counting: from held[ends[d]] up to
	// held[ends[d+1]], the rare ones before held[mids[d]].
	ends, mids, held []uint32

	// Filled on loading.
	facetNames []Facet
	valueNames []string
	common     []bitset // by value; nil if rare
	rareHeld   int      // how many of held are rare
}

// find returns the values of facet f.
func (fs *facets) find(f Facet) span {
	i, ok := slices.BinarySearch(fs.facetNames, f)
	if !ok {
		return span{}
	}
	return fs.of(i)
}

// of returns the values of facet number i.
func (fs *facets) of(i int) span { return span{int(fs.first[i]), int(fs.first[i+1])} }

// value returns the number of a value in r, which is what find returned.
func (fs *facets) value(r span, name string) (int, bool) {
	i := sort.Search(r.hi-r.lo, func(i int) bool { return fs.valueNames[r.lo+i] >= name })
	return r.lo + i, r.lo+i < r.hi && fs.valueNames[r.lo+i] == name
}

// addTo sets the bits of the documents of a value.
func (fs *facets) addTo(b bitset, f Facet, name string) {
	if v, ok := fs.value(fs.find(f), name); ok {
		fs.docs.addTo(b, span{v, v + 1})
	}
}

// load fills what is not kept in the block.
func (fs *facets) load(words int) {
	fs.facetNames = make([]Facet, fs.names.len())
	for i := range fs.facetNames {
		fs.facetNames[i] = Facet(fs.names.at(i))
	}
	all := string(bytes.Clone(fs.values.text))
	fs.valueNames = make([]string, fs.values.len())
	fs.common = make([]bitset, len(fs.valueNames))
	for v := range fs.valueNames {
		fs.valueNames[v] = all[fs.values.offs[v]:fs.values.offs[v+1]]
		if fs.common[v] = fs.docs.wideSet(span{v, v + 1}, words); fs.common[v] == nil {
			fs.rareHeld += int(fs.totals[v])
		}
	}
}
