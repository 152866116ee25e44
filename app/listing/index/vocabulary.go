package index

import (
	"bytes"
	"hash/maphash"
)

// vocabulary numbers words in order of appearance. It is a hash table without
// pointers; building an index asks it for every word of every text.
type vocabulary struct {
	words table
	seed  maphash.Seed
	// A slot is the upper half of a word's hash and 1 + its number, or 0; a word
	// stands at the slot its hash says or after it. At most half of them are taken.
	slots []uint64
}

func newVocabulary() vocabulary {
	return vocabulary{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<12)}
}

// number returns the number of word and whether it is a new one.
func (v *vocabulary) number(word []byte) (uint32, bool) {
	hash := maphash.Bytes(v.seed, word)
	mask := uint64(len(v.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := v.slots[i]
		if slot == 0 {
			v.words.add(string(word))
			n := v.words.len()
			v.slots[i] = hash&^0xffffffff | uint64(n)
			if n > len(v.slots)/2 {
				v.grow()
			}
			return uint32(n - 1), true
		}
		if n := uint32(slot) - 1; slot>>32 == hash>>32 && bytes.Equal(v.words.at(int(n)), word) {
			return n, false
		}
	}
}

func (v *vocabulary) grow() {
	v.slots = make([]uint64, 4*len(v.slots))
	mask := uint64(len(v.slots) - 1)
	for n := range v.words.len() {
		hash := maphash.Bytes(v.seed, v.words.at(n))
		i := hash & mask
		for v.slots[i] != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = hash&^0xffffffff | uint64(n+1)
	}
}
