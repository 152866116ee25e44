package index

import (
	"math/bits"
	"slices"
)

// How much a word's place weighs against popularity, whose unit is a tenth of a
// doubling: a listing that has the word in its name stands level with one
// installed 28 times as often that has it only in the description.
var weights = [numPlaces]int{inName: 48, inSummary: 32, inBody: 0}

// mostScore is the highest score: popularity and the best place.
const mostScore = 255 + 48

// page collects one page of documents from groups that follow each other.
type page struct {
	ix   *Index
	s    *scratch
	skip int // documents still to pass over
	want int // documents still to take
	docs []uint32
}

// group is called for each group in its order; put appends from..to of it.
func (p *page) group(set bitset, put func(set bitset, from, to int)) {
	n := set.count()
	if p.skip >= n {
		p.skip -= n
		return
	}
	to := min(n, p.skip+p.want)
	put(set, p.skip, to)
	p.want -= to - p.skip
	p.skip = 0
}

// page returns one page of the documents of set in the order of q.
func (ix *Index) page(s *scratch, q Query, m *matches, set bitset) []uint32 {
	p := page{ix: ix, s: s, skip: max(q.Offset, 0), want: q.limit()}
	if q.Language == "" {
		p.sorted(q.Sort, m, set)
		return p.docs
	}
	first := s.empty()
	ix.facets.addTo(first, Language, q.Language)
	rest := s.copyOf(set)
	rest.andNot(first)
	first.and(set)
	p.sorted(q.Sort, m, first)
	p.sorted(q.Sort, m, rest)
	return p.docs
}

func (p *page) sorted(by Sort, m *matches, set bitset) {
	if p.want == 0 {
		return
	}
	switch {
	case by == Newest:
		p.group(set, func(set bitset, from, to int) { p.ranked(set, p.ix.newDocs, p.ix.newRank, from, to) })
	case by == ByName:
		p.group(set, func(set bitset, from, to int) { p.ranked(set, p.ix.nameDocs, p.ix.nameRank, from, to) })
	case by == MostInstalled || len(m.words) == 0:
		p.group(set, p.byNumber)
	default:
		p.relevant(m, set)
	}
}

// relevant puts what matches as typed before what matches loosely, and in each
// the whole name, its beginning, all words in the name, and the rest.
func (p *page) relevant(m *matches, set bitset) {
	left := p.s.copyOf(set)
	take := func(tier bitset, put func(set bitset, from, to int)) {
		if p.want == 0 {
			return
		}
		tier.and(left)
		left.andNot(tier)
		p.group(tier, put)
	}
	typed := p.s.copyOf(m.typed.all)
	whole, begins := p.ix.named(p.s, m.phrase)
	whole.and(typed)
	begins.and(typed)
	take(whole, p.byNumber)
	take(begins, p.byNumber)
	take(p.s.copyOf(m.typed.names), p.byNumber)
	take(typed, func(set bitset, from, to int) { p.scored(set, m.typed.words, from, to) })
	if m.hasLoose && p.want > 0 {
		take(p.ix.nameWords(p.s, m.loose.names, len(m.words)), p.byNumber)
		take(p.s.copyOf(m.loose.names), p.byNumber)
		take(p.s.copyOf(left), func(set bitset, from, to int) { p.scored(set, m.loose.words, from, to) })
	}
}

// named returns the documents whose name is the phrase, and those whose name
// begins with it.
func (ix *Index) named(s *scratch, ph phrase) (whole, begins bitset) {
	whole, begins = s.empty(), s.empty()
	r := ix.names.narrow(ix.names.all(), 0, ph.key)
	for i := r.lo; i < r.hi; i++ {
		name := ix.names.at(i)
		switch {
		case len(name) == len(ph.key):
			whole.set(ix.nameDocs[i])
		case !ph.whole || name[len(ph.key)] == ' ':
			begins.set(ix.nameDocs[i])
		}
	}
	return whole, begins
}

// nameWords returns those of set whose name has exactly n words.
func (ix *Index) nameWords(s *scratch, set bitset, n int) bitset {
	out := s.empty()
	for doc := range set.each {
		spaces := 0
		for _, c := range ix.names.at(int(ix.nameRank[doc])) {
			if c == ' ' {
				spaces++
			}
		}
		if spaces == n-1 {
			out.set(doc)
		}
	}
	return out
}

// byNumber puts documents in their own order, which is by installs.
func (p *page) byNumber(set bitset, from, to int) {
	for i, w := range set {
		if to <= 0 {
			return
		}
		n := bits.OnesCount64(w)
		if from >= n {
			from, to = from-n, to-n
			continue
		}
		for ; w != 0 && to > 0; w &= w - 1 {
			if from <= 0 {
				p.docs = append(p.docs, uint32(i<<6+bits.TrailingZeros64(w)))
			}
			from, to = from-1, to-1
		}
	}
}

// ranked puts documents in an order that the index keeps: by walking it, or, if
// there are few, by sorting their ranks.
func (p *page) ranked(set bitset, order, rank []uint32, from, to int) {
	n := set.count()
	if n > len(order)/16 {
		at := 0
		for _, doc := range order {
			if !set.has(doc) {
				continue
			}
			if at >= from {
				p.docs = append(p.docs, doc)
			}
			if at++; at == to {
				return
			}
		}
	}
	ranks := p.s.docs[:0]
	for doc := range set.each {
		ranks = append(ranks, rank[doc])
	}
	slices.Sort(ranks)
	for _, r := range ranks[from:to] {
		p.docs = append(p.docs, order[r])
	}
	p.s.docs = ranks
}
