package index

import (
	"encoding/binary"
	"slices"
)

// lists holds a sorted list of documents for each of a row of keys: the words
// of the dictionary for one place, or the values of the facets. A list is
// written as differences in base 128; the lists of neighbouring keys touch.
//
// Stretches of keys with many documents are kept as bit sets as well, those of
// a single key instead.
type lists struct {
	offs []uint32
	data []byte
	wide []uint64 // the key of each stretch that has a bit set, sorted
	bits []uint64
}

// wideSet returns the bit set kept for r, or nil.
func (l *lists) wideSet(r span, words int) bitset {
	i, ok := slices.BinarySearch(l.wide, r.key())
	if !ok {
		return nil
	}
	return l.bits[i*words : (i+1)*words]
}

// addTo sets the bits of all documents of the keys of r.
func (l *lists) addTo(b bitset, r span) {
	if r.empty() {
		return
	}
	if w := l.wideSet(r, len(b)); w != nil {
		b.or(w)
		return
	}
	end := l.offs[r.lo]
	for key := r.lo; key < r.hi; key++ {
		at := end
		end = l.offs[key+1]
		for doc := uint32(0); at < end; {
			d := uint32(l.data[at])
			at++
			if d >= 0x80 {
				d &= 0x7f
				for shift := 7; ; shift += 7 {
					c := uint32(l.data[at])
					at++
					d |= c & 0x7f << shift
					if c < 0x80 {
						break
					}
				}
			}
			doc += d
			b[doc>>6] |= 1 << (doc & 63)
		}
	}
}

// postings are lists while an index is being built.
type postings struct {
	offs []int
	docs []uint32
}

func (p *postings) sum(r span) int { return p.offs[r.hi] - p.offs[r.lo] }

func (p *postings) at(key int) []uint32 { return p.docs[p.offs[key]:p.offs[key+1]] }

// pack writes the lists, with bit sets for the stretches given.
func (p *postings) pack(wide []span, words int) lists {
	var l lists
	single := make(map[int]bool)
	for _, r := range wide {
		l.wide = append(l.wide, r.key())
		if r.hi == r.lo+1 {
			single[r.lo] = true
		}
	}
	slices.Sort(l.wide)
	l.wide = slices.Compact(l.wide)
	l.bits = make([]uint64, len(l.wide)*words)
	for i, w := range l.wide {
		set := bitset(l.bits[i*words : (i+1)*words])
		for _, doc := range p.docs[p.offs[w>>32]:p.offs[uint32(w)]] {
			set.set(doc)
		}
	}
	l.offs = make([]uint32, len(p.offs))
	for key := range len(p.offs) - 1 {
		if !single[key] {
			last := uint32(0)
			for _, doc := range p.at(key) {
				l.data = binary.AppendUvarint(l.data, uint64(doc-last))
				last = doc
			}
		}
		l.offs[key+1] = uint32(len(l.data))
	}
	return l
}

// wideStretches finds the stretches that a prefix, or a whole word, can ask for
// and that have at least least documents to read.
func wideStretches(t *table, p *postings, least int) []span {
	var found []span
	var descend func(r span, depth int)
	descend = func(r span, depth int) {
		if p.sum(r) < least {
			return
		}
		found = append(found, r)
		if len(t.at(r.lo)) == depth {
			if word := (span{r.lo, r.lo + 1}); p.sum(word) >= least {
				found = append(found, word)
			}
			r.lo++
		}
		for r.lo < r.hi {
			child := t.narrow(r, depth, string(t.at(r.lo)[depth:depth+1]))
			descend(child, depth+1)
			r.lo = child.hi
		}
	}
	for r := t.all(); r.lo < r.hi; {
		if len(t.at(r.lo)) == 0 {
			r.lo++
			continue
		}
		child := t.narrow(r, 0, string(t.at(r.lo)[:1]))
		descend(child, 1)
		r.lo = child.hi
	}
	return found
}
