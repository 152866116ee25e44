package index

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many folded bytes of a word are compared; a longer word is
// cut there, so that hostile text cannot fill the dictionary.
const longestWord = 48

// scanner cuts text into folded words: runs of letters and digits, or runs of
// characters of an unspaced script. A scanner may be used again by setting src
// and pos; word is valid until the next call of next.
type scanner struct {
	src string
	pos int

	word       []byte
	isUnspaced bool
	start, end int // of the word in src, in bytes

	// ends holds, for every byte of word, where in src the character it came
	// from ends. It is kept only if track is set.
	track bool
	ends  []int
	tmp   []byte
}

func (s *scanner) reset(src string) { s.src, s.pos = src, 0 }

// next moves to the next word and reports whether there is one.
func (s *scanner) next() bool {
	s.word, s.ends = s.word[:0], s.ends[:0]
	for s.pos < len(s.src) {
		if s.plain(s.pos) {
			if f := asciiFold[s.src[s.pos]]; f != 0 {
				if !s.take1(f) {
					return true
				}
				continue
			}
			if len(s.word) == 0 || s.joins() {
				s.pos++
				continue
			}
			return true
		}
		if !s.segment() {
			return true
		}
	}
	return len(s.word) > 0
}

// plain reports whether the byte at i is ASCII and no mark can follow it.
func (s *scanner) plain(i int) bool {
	return s.src[i] < utf8.RuneSelf && (i+1 == len(s.src) || s.src[i+1] < utf8.RuneSelf)
}

// joins reports whether the hyphen at pos is part of the word: "e-mail" is
// written "email" as well, so a single letter and what it is hyphenated to are
// one word.
func (s *scanner) joins() bool {
	return s.src[s.pos] == '-' && len(s.word) == 1 && !s.isUnspaced &&
		s.word[0] >= 'a' && s.pos+1 < len(s.src) && s.plain(s.pos+1) && asciiFold[s.src[s.pos+1]] >= 'a'
}

func (s *scanner) take1(f byte) bool {
	if len(s.word) == 0 {
		s.start, s.isUnspaced = s.pos, false
	} else if s.isUnspaced {
		return false
	}
	s.pos++
	s.end = s.pos
	if len(s.word) < longestWord {
		s.word = append(s.word, f)
		if s.track {
			s.ends = append(s.ends, s.end)
		}
	}
	return true
}

// segment takes what lies between pos and the next normalization boundary. It
// reports false, taking nothing, if the word ends before it.
func (s *scanner) segment() bool {
	n, invisible := s.fold()
	if len(s.tmp) == 0 {
		if len(s.word) > 0 && !invisible {
			return false
		}
		s.pos += n
		return true
	}
	r, _ := utf8.DecodeRune(s.tmp)
	if len(s.word) == 0 {
		s.start, s.isUnspaced = s.pos, unspaced(r)
	} else if s.isUnspaced != unspaced(r) {
		return false
	}
	s.pos += n
	s.end = s.pos
	if s.isUnspaced || len(s.word)+len(s.tmp) <= longestWord {
		s.word = append(s.word, s.tmp...)
		for range s.tmp {
			if s.track {
				s.ends = append(s.ends, s.end)
			}
		}
	}
	return true
}

// fold puts what lies between pos and the next normalization boundary, folded,
// into tmp and returns its length. Text that needs no looking around goes the
// short way.
func (s *scanner) fold() (n int, invisible bool) {
	r, n := utf8.DecodeRuneInString(s.src[s.pos:])
	if next, _ := utf8.DecodeRuneInString(s.src[s.pos+n:]); r != utf8.RuneError && (next < 0x300 || ideograph(next)) {
		if r < latinEnd {
			s.tmp = append(s.tmp[:0], latinFold[r]...)
			return n, r == softHyphen
		}
		if ideograph(r) {
			s.tmp = append(s.tmp[:0], s.src[s.pos:s.pos+n]...)
			return n, false
		}
	}
	n = max(norm.NFKC.NextBoundaryInString(s.src[s.pos:], true), 1)
	s.tmp, invisible = foldSegment(s.tmp[:0], s.src[s.pos:s.pos+n])
	return n, invisible
}

// pieces calls yield with the byte range of each piece of an unspaced run that
// is a word of the dictionary: every pair of neighbours and the last character
// alone. The pairs that begin with a character and that last one together are
// all its places, so one character can be sought as a prefix.
func pieces(run []byte, yield func(from, to int)) {
	_, n := utf8.DecodeRune(run)
	from := 0
	for from+n < len(run) {
		_, m := utf8.DecodeRune(run[from+n:])
		yield(from, from+n+m)
		from, n = from+n, m
	}
	if len(run) > 0 {
		yield(from, len(run))
	}
}

// nameKey returns the words of name with single spaces between them: what names
// are compared and sorted by.
func nameKey(s *scanner, name string) string {
	var key []byte
	for s.reset(name); s.next(); {
		if len(key) > 0 {
			key = append(key, ' ')
		}
		key = append(key, s.word...)
	}
	return string(key)
}
