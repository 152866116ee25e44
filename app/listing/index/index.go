package index

import (
	"sort"
	"sync"
)

// Index is an immutable search index. Any number of goroutines may search it at
// the same time. Its memory is the block it was loaded from, plus the names of
// the facet values.
type Index struct {
	block []byte
	n     int // documents
	words int // length of a bitset

	slugs     table    // by document
	slugOrder []uint32 // documents by slug

	names    table    // name keys, sorted by name, then slug
	nameDocs []uint32 // documents in that order
	nameRank []uint32 // place in that order, by document
	newDocs  []uint32 // documents by day, name, slug
	newRank  []uint32
	pop      []byte // popularity, by document: never rises from one to the next

	terms  table // words, sorted
	places [numPlaces]lists

	facets    facets
	landmarks landmarks

	scratch sync.Pool
}

// place is where in a document a word stands. Of several places the first
// counts.
type place int

const (
	inName place = iota
	inSummary
	inBody
	numPlaces
)

// Len returns the number of documents.
func (ix *Index) Len() int { return ix.n }

// table is a list of strings in one block: string i is text[offs[i]:offs[i+1]].
type table struct {
	offs []uint32
	text []byte
}

func (t *table) len() int { return max(len(t.offs)-1, 0) }

func (t *table) at(i int) []byte { return t.text[t.offs[i]:t.offs[i+1]] }

func (t *table) add(s string) {
	if len(t.offs) == 0 {
		t.offs = append(t.offs, 0)
	}
	t.text = append(t.text, s...)
	t.offs = append(t.offs, uint32(len(t.text)))
}

// span is a stretch of neighbours in a sorted table.
type span struct{ lo, hi int }

func (r span) empty() bool { return r.lo >= r.hi }

// key is r as one number; keys sort by where stretches begin.
func (r span) key() uint64 { return uint64(r.lo)<<32 | uint64(r.hi) }

// all is the whole table.
func (t *table) all() span { return span{0, t.len()} }

// narrow returns the part of r, whose strings all share their first depth bytes,
// that goes on with next.
func (t *table) narrow(r span, depth int, next string) span {
	if next == "" {
		return r
	}
	lo := r.lo + sort.Search(r.hi-r.lo, func(i int) bool {
		return comparePrefix(t.at(r.lo + i)[depth:], next) >= 0
	})
	// Most prefixes are of few words: look near before looking far.
	step := 1
	for lo+step < r.hi && comparePrefix(t.at(lo + step)[depth:], next) == 0 {
		step *= 2
	}
	from, to := lo+step/2, min(lo+step, r.hi)
	hi := from + sort.Search(to-from, func(i int) bool {
		return comparePrefix(t.at(from + i)[depth:], next) > 0
	})
	return span{lo, hi}
}

// exactly returns the part of r, narrowed to a string of n bytes, that is only
// that string.
func (t *table) exactly(r span, n int) span {
	if r.empty() || len(t.at(r.lo)) != n {
		return span{}
	}
	return span{r.lo, r.lo + 1}
}

// comparePrefix compares as much of s as prefix is long with prefix.
func comparePrefix(s []byte, prefix string) int {
	n := min(len(s), len(prefix))
	for i := range n {
		if s[i] != prefix[i] {
			return int(s[i]) - int(prefix[i])
		}
	}
	return n - len(prefix)
}

// take returns working memory for one search; give it back with release.
func (ix *Index) take() *scratch {
	if s, ok := ix.scratch.Get().(*scratch); ok {
		return s
	}
	return &scratch{words: ix.words}
}

func (ix *Index) release(s *scratch) {
	s.used = 0
	ix.scratch.Put(s)
}
