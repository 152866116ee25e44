package index

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a part of a text, from Start up to but not including End, counted in
// UTF-16 code units as JavaScript's String.slice counts.
type Span struct{ Start, End int }

// Matches returns the parts of a shown text that match what was typed, in order
// and without overlap: for a word still being typed what was typed of it. Letters
// are compared without case and without marks and variants of form ("łódź" is
// "lodz", full width is plain), and a single letter is one word with what it is
// hyphenated to ("e-mail" is "email"). Set corrected to what [Result.Corrected]
// was; then words that begin as typed, and for a word that stands nowhere in the
// text those one typing error away, are marked too.
func Matches(query, text string, corrected bool) []Span {
	p := parse(query)
	if len(p.words) == 0 {
		return nil
	}
	mk := marker{phrase: p, corrected: corrected, hit: make([]bool, len(p.words))}
	mk.walk(text, mk.typed)
	if corrected && slices.Contains(mk.hit, false) {
		mk.walk(text, mk.mistyped)
	}
	return utf16Spans(text, mk.found)
}

// marker collects the byte ranges to mark.
type marker struct {
	phrase
	corrected bool
	hit       []bool // by word of the phrase: found as typed
	found     []Span // in bytes of the text
}

func (mk *marker) walk(text string, visit func(s *scanner)) {
	s := scanner{track: true}
	for s.reset(text); s.next(); {
		visit(&s)
	}
}

// typed marks what of the scanner's word was typed.
func (mk *marker) typed(s *scanner) {
	for i, w := range mk.words {
		if w.unspaced != s.isUnspaced {
			continue
		}
		if w.unspaced {
			mk.within(s, i)
			continue
		}
		if whole := string(s.word) == w.text; whole ||
			(w.prefix || mk.corrected) && strings.HasPrefix(string(s.word), w.text) {
			mk.hit[i] = true
			end := s.ends[len(w.text)-1]
			if whole {
				end = s.end // a word longer than is compared
			}
			mk.found = append(mk.found, Span{s.start, end})
		}
	}
}

// within marks every place of an unspaced word in a run.
func (mk *marker) within(s *scanner, i int) {
	w := []byte(mk.words[i].text)
	for at := 0; at+len(w) <= len(s.word); {
		j := bytes.Index(s.word[at:], w)
		if j < 0 {
			return
		}
		mk.hit[i] = true
		from := s.start
		if at += j; at > 0 {
			from = s.ends[at-1]
		}
		mk.found = append(mk.found, Span{from, s.ends[at+len(w)-1]})
		_, n := utf8.DecodeRune(s.word[at:])
		at += n
	}
}

// mistyped marks a word that may have been meant by one that was not found.
func (mk *marker) mistyped(s *scanner) {
	for i, w := range mk.words {
		if !mk.hit[i] && w.mayErr() && !s.isUnspaced && nearly(w.text, string(s.word), w.prefix) {
			mk.found = append(mk.found, Span{s.start, s.end})
		}
	}
}

// utf16Spans merges byte ranges of text and counts them anew in UTF-16.
func utf16Spans(text string, found []Span) []Span {
	slices.SortFunc(found, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []Span
	at, units := 0, 0
	count := func(to int) int {
		for at < to {
			r, n := utf8.DecodeRuneInString(text[at:])
			units++
			if r >= 0x10000 {
				units++
			}
			at += n
		}
		return units
	}
	for i := 0; i < len(found); {
		start, end := found[i].Start, found[i].End
		for i++; i < len(found) && found[i].Start <= end; i++ {
			end = max(end, found[i].End)
		}
		out = append(out, Span{count(start), count(end)})
	}
	return out
}
