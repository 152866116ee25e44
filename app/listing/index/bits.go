package index

import "math/bits"

// bitset holds one bit per document.
type bitset []uint64

func (b bitset) has(doc uint32) bool { return b[doc>>6]&(1<<(doc&63)) != 0 }

func (b bitset) set(doc uint32) { b[doc>>6] |= 1 << (doc & 63) }

func (b bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countWithout counts the bits that are set in b but not in o.
func (b bitset) countWithout(o bitset) (n int) {
	o = o[:len(b)]
	for i, w := range b {
		n += bits.OnesCount64(w &^ o[i])
	}
	return n
}

func (b bitset) or(o bitset) {
	o = o[:len(b)]
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitset) and(o bitset) {
	o = o[:len(b)]
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitset) andNot(o bitset) {
	o = o[:len(b)]
	for i := range b {
		b[i] &^= o[i]
	}
}

// fill sets the first n bits and clears the rest.
func (b bitset) fill(n int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n&63 != 0 {
		b[len(b)-1] = 1<<(n&63) - 1
	}
}

// each calls yield with the set bits, lowest first, until it returns false.
func (b bitset) each(yield func(doc uint32) bool) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i<<6 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// scratch is the working memory of one search: bit sets that are handed out and
// all taken back at its end.
type scratch struct {
	words  int
	sets   []bitset
	used   int
	docs   []uint32
	scores []uint16
	counts []uint32
	keys   []uint64
}

// raw returns a bit set with anything in it.
func (s *scratch) raw() bitset {
	if s.used == len(s.sets) {
		s.sets = append(s.sets, make(bitset, s.words))
	}
	s.used++
	return s.sets[s.used-1]
}

// empty returns a bit set without a bit.
func (s *scratch) empty() bitset {
	b := s.raw()
	clear(b)
	return b
}

// copyOf returns a bit set equal to o.
func (s *scratch) copyOf(o bitset) bitset {
	b := s.raw()
	copy(b, o)
	return b
}
