package index

import (
	"cmp"
	"slices"
	"sort"
)

// Overlay is facet values that change while the index does not, such as what is
// installed. It is immutable and may be used with any index; with the one that
// made it the slugs need not be looked up again. A value that documents carry
// themselves does not belong in an overlay: its listings would count twice.
type Overlay struct {
	ix    *Index
	slugs map[Facet]map[string][]string
	docs  map[Facet]map[string][]uint32
}

// Overlay resolves the slugs that have each value of each facet. Slugs that the
// index does not know are passed over. The caller must not change slugs afterwards.
func (ix *Index) Overlay(slugs map[Facet]map[string][]string) *Overlay {
	o := &Overlay{ix: ix, slugs: slugs, docs: map[Facet]map[string][]uint32{}}
	for f, values := range slugs {
		o.docs[f] = map[string][]uint32{}
		for v, list := range values {
			var docs []uint32
			for _, slug := range list {
				if doc, ok := ix.find(slug); ok {
					docs = append(docs, doc)
				}
			}
			slices.Sort(docs)
			o.docs[f][v] = slices.Compact(docs)
		}
	}
	return o
}

// on returns what o means for ix. A nil overlay has no values.
func (o *Overlay) on(ix *Index) map[Facet]map[string][]uint32 {
	switch {
	case o == nil:
		return nil
	case o.ix == ix:
		return o.docs
	}
	return ix.Overlay(o.slugs).docs
}

// find returns the document with slug.
func (ix *Index) find(slug string) (uint32, bool) {
	i := sort.Search(ix.n, func(i int) bool { return string(ix.slugs.at(int(ix.slugOrder[i]))) >= slug })
	if i == ix.n || string(ix.slugs.at(int(ix.slugOrder[i]))) != slug {
		return 0, false
	}
	return ix.slugOrder[i], true
}

// filter is one facet's filter: the documents that pass it.
type filter struct {
	facet  Facet
	values []string
	docs   bitset
	// without is what passes the text and every other filter.
	without bitset
}

// filters resolves the filters that have values, in order of facet.
func (ix *Index) filters(s *scratch, q Query, overlay map[Facet]map[string][]uint32) []filter {
	var list []filter
	for f, values := range q.Filters {
		if len(values) == 0 {
			continue
		}
		docs := s.empty()
		for _, v := range values {
			ix.facets.addTo(docs, f, v)
			for _, doc := range overlay[f][v] {
				docs.set(doc)
			}
		}
		list = append(list, filter{facet: f, values: values, docs: docs})
	}
	slices.SortFunc(list, func(a, b filter) int { return cmp.Compare(a.facet, b.facet) })
	return list
}

// apply narrows all by every filter and fills in, for each, what the others leave.
func apply(s *scratch, all bitset, list []filter) bitset {
	result := s.copyOf(all)
	for i := range list {
		list[i].without = s.copyOf(all)
		for j := range list {
			if j != i {
				list[i].without.and(list[j].docs)
			}
		}
		result.and(list[i].docs)
	}
	return result
}

// drops says what leaving out one filter, or else all, would give.
func drops(list []filter, all bitset) []Drop {
	var found []Drop
	for _, f := range list {
		if n := f.without.count(); n > 0 {
			found = append(found, Drop{Facet: f.facet, Total: n})
		}
	}
	slices.SortStableFunc(found, func(a, b Drop) int { return cmp.Compare(b.Total, a.Total) })
	if n := all.count(); len(found) == 0 && len(list) > 1 && n > 0 {
		found = append(found, Drop{Total: n})
	}
	return found
}
