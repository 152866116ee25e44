package index

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// How long a stretch of lists has to be, as a part of all documents, to be kept
// as a bit set as well: reading an eighth of the documents from a list costs some
// 25 µs at 100,000 documents. A bit set of facet values pays earlier, as every
// query with broad results counts all of them.
const (
	wideWords  = 8
	wideValues = 32
	leastWide  = 256
)

// finish numbers the documents by installs and packs everything into one block.
func (b *builder) finish() *Index {
	ix := &Index{}
	order := b.order(ix)
	ix.n, ix.words = len(order), (len(order)+63)/64
	number := make([]uint32, len(b.docs)) // entry to document
	for i := range number {
		number[i] = gone
	}
	for doc, e := range order {
		number[e] = uint32(doc)
		ix.slugs.add(b.docs[e].slug)
		ix.pop = append(ix.pop, popularity(b.docs[e].installs))
	}
	toDocs := func(entries []uint32) []uint32 {
		for i, e := range entries {
			entries[i] = number[e]
		}
		return entries
	}
	ix.slugOrder = toDocs(ix.slugOrder)
	ix.nameDocs = toDocs(ix.nameDocs)
	ix.nameRank = inverse(ix.nameDocs)
	ix.newDocs = toDocs(ix.newDocs)
	ix.newRank = inverse(ix.newDocs)
	b.finishWords(ix, order)
	b.finishFacets(ix, order)
	ix.facets.load(ix.words)
	ix.landmark()
	return mustLoad(ix.pack())
}

const gone = ^uint32(0)

// order returns the entries by installs, name and slug. On the way it fills the
// other orders of ix, still as entries, and the names.
func (b *builder) order(ix *Index) []uint32 {
	bySlug := ordered(len(b.docs), func(x, y uint32) int {
		return cmp.Or(cmp.Compare(b.docs[x].slug, b.docs[y].slug), cmp.Compare(y, x))
	})
	bySlug = slices.CompactFunc(bySlug, func(x, y uint32) bool { return b.docs[x].slug == b.docs[y].slug })
	ix.slugOrder = bySlug

	ix.nameDocs = slices.Clone(bySlug)
	slices.SortStableFunc(ix.nameDocs, func(x, y uint32) int { return cmp.Compare(b.docs[x].key, b.docs[y].key) })
	for _, e := range ix.nameDocs {
		ix.names.add(b.docs[e].key)
	}
	ix.newDocs = slices.Clone(ix.nameDocs)
	slices.SortStableFunc(ix.newDocs, func(x, y uint32) int { return cmp.Compare(b.docs[y].published, b.docs[x].published) })

	order := slices.Clone(ix.nameDocs)
	slices.SortStableFunc(order, func(x, y uint32) int { return cmp.Compare(b.docs[y].installs, b.docs[x].installs) })
	return order
}

// foundBy returns the part of found that belongs to entry e, and likewise chosenBy.
func (b *builder) foundBy(e uint32) []uint32 {
	if e == 0 {
		return b.found[:b.docs[0].found]
	}
	return b.found[b.docs[e-1].found:b.docs[e].found]
}

func (b *builder) chosenBy(e uint32) []uint32 {
	if e == 0 {
		return b.chosen[:b.docs[0].chosen]
	}
	return b.chosen[b.docs[e-1].chosen:b.docs[e].chosen]
}

func (b *builder) finishWords(ix *Index, order []uint32) {
	words := &b.words.words
	sorted := ordered(words.len(), func(x, y uint32) int { return bytes.Compare(words.at(int(x)), words.at(int(y))) })
	for _, w := range sorted {
		ix.terms.add(string(words.at(int(w))))
	}
	rank := inverse(sorted)
	for i, f := range b.found {
		b.found[i] = rank[f>>2]<<2 | f&3
	}
	for p := range numPlaces {
		lists := invert(order, len(sorted), func(e uint32, yield func(key uint32)) {
			for _, f := range b.foundBy(e) {
				if place(f&3) == p {
					yield(f >> 2)
				}
			}
		})
		least := max(ix.n/wideWords, leastWide)
		ix.places[p] = lists.pack(wideStretches(&ix.terms, lists, least), ix.words)
	}
}

// invert lists for each of n keys the documents that have it.
func invert(order []uint32, n int, keys func(e uint32, yield func(key uint32))) *postings {
	p := &postings{offs: make([]int, n+1)}
	for _, e := range order {
		keys(e, func(key uint32) { p.offs[key+1]++ })
	}
	for key := range n {
		p.offs[key+1] += p.offs[key]
	}
	p.docs = make([]uint32, p.offs[n])
	next := slices.Clone(p.offs)
	for doc, e := range order {
		keys(e, func(key uint32) {
			p.docs[next[key]] = uint32(doc)
			next[key]++
		})
	}
	return p
}

func (b *builder) finishFacets(ix *Index, order []uint32) {
	fs := &ix.facets
	rank := make([]uint32, b.valueCount)
	for _, f := range slices.Sorted(maps.Keys(b.values)) {
		fs.names.add(string(f))
		fs.first = append(fs.first, uint32(fs.values.len()))
		for _, v := range slices.Sorted(maps.Keys(b.values[f])) {
			rank[b.values[f][v]] = uint32(fs.values.len())
			fs.values.add(v)
		}
	}
	fs.first = append(fs.first, b.valueCount)
	for _, e := range order {
		b.rename(e, rank)
	}
	docs := invert(order, int(b.valueCount), func(e uint32, yield func(uint32)) { eachOnce(b.chosenBy(e), yield) })
	least := max(ix.n/wideValues, 1)
	var common []span
	for v := range int(b.valueCount) {
		fs.totals = append(fs.totals, uint32(len(docs.at(v))))
		if len(docs.at(v)) >= least {
			common = append(common, span{v, v + 1})
		}
	}
	fs.docs = docs.pack(common, ix.words)
	fs.ends = []uint32{0}
	for _, e := range order {
		for _, isCommon := range []bool{false, true} {
			if isCommon {
				fs.mids = append(fs.mids, uint32(len(fs.held)))
			}
			eachOnce(b.chosenBy(e), func(v uint32) {
				if len(docs.at(int(v))) >= least == isCommon {
					fs.held = append(fs.held, v)
				}
			})
		}
		fs.ends = append(fs.ends, uint32(len(fs.held)))
	}
}

// rename replaces the values chosen by e with their final numbers, sorted.
func (b *builder) rename(e uint32, rank []uint32) {
	chosen := b.chosenBy(e)
	for i, v := range chosen {
		chosen[i] = rank[v]
	}
	slices.Sort(chosen)
}

// eachOnce calls yield for each different number of sorted.
func eachOnce(sorted []uint32, yield func(uint32)) {
	for i, v := range sorted {
		if i == 0 || sorted[i-1] != v {
			yield(v)
		}
	}
}
