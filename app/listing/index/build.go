package index

import (
	"iter"
	"math"
	"slices"
	"strings"
)

// Build makes an index of docs. It keeps nothing of a document after asking for
// the next, so they may be streamed from a database. The result does not depend
// on the order of docs, unless slugs repeat.
func Build(docs iter.Seq[Document]) *Index {
	b := builder{words: newVocabulary(), values: map[Facet]map[string]uint32{}}
	for d := range docs {
		b.add(d)
	}
	return b.finish()
}

// builder collects documents in the order they come in and numbers them anew
// at the end, when the order by installs is known.
type builder struct {
	docs []entry

	words vocabulary
	last  []uint32 // by word: 1 + the entry that had it last
	found []uint32 // word<<2 | place, entry by entry

	values     map[Facet]map[string]uint32
	valueCount uint32
	chosen     []uint32 // values, entry by entry

	scan scanner
}

// entry is what ordering needs of a document, and where its part of found and
// chosen ends.
type entry struct {
	slug, key           string
	installs, published int64
	found, chosen       int
}

func (b *builder) add(d Document) {
	key := nameKey(&b.scan, d.Name)
	b.text(inName, d.Name)
	b.text(inSummary, d.Tagline, d.Publisher)
	b.text(inSummary, d.Features...)
	b.text(inSummary, d.SearchTerms...)
	b.text(inSummary, d.Actions...)
	for _, t := range d.Texts {
		b.text(inSummary, t.Tagline)
		b.text(inSummary, t.Features...)
	}
	b.text(inBody, d.Description)
	for _, t := range d.Texts {
		b.text(inBody, t.Description)
	}
	for f, values := range d.Facets {
		if f != Language {
			b.choose(f, values)
		}
	}
	b.choose(Language, d.Languages)
	b.docs = append(b.docs, entry{
		slug: strings.Clone(d.Slug), key: key,
		installs: max(d.Installs, 0), published: d.Published,
		found: len(b.found), chosen: len(b.chosen),
	})
}

// text notes the words of texts. Places have to come in their order, so that a
// word is noted where it counts most.
func (b *builder) text(p place, texts ...string) {
	for _, t := range texts {
		for b.scan.reset(t); b.scan.next(); {
			if !b.scan.isUnspaced {
				b.word(p, b.scan.word)
				continue
			}
			pieces(b.scan.word, func(from, to int) { b.word(p, b.scan.word[from:to]) })
		}
	}
}

func (b *builder) word(p place, word []byte) {
	id, fresh := b.words.number(word)
	if fresh {
		b.last = append(b.last, 0)
	}
	if now := uint32(len(b.docs)) + 1; b.last[id] != now {
		b.last[id] = now
		b.found = append(b.found, id<<2|uint32(p))
	}
}

func (b *builder) choose(f Facet, values []string) {
	known := b.values[f]
	if known == nil && len(values) > 0 {
		known = map[string]uint32{}
		b.values[f] = known
	}
	for _, v := range values {
		id, ok := known[v]
		if !ok {
			id = b.valueCount
			b.valueCount++
			known[strings.Clone(v)] = id
		}
		b.chosen = append(b.chosen, id)
	}
}

// popularity is ten times the binary logarithm of the install count, at most 255.
func popularity(installs int64) byte {
	return byte(min(255, 10*math.Log2(1+float64(installs))))
}

// ordered returns the numbers 0 to n-1 sorted by compare.
func ordered(n int, compare func(a, b uint32) int) []uint32 {
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, compare)
	return order
}

// inverse returns the place of each number in order.
func inverse(order []uint32) []uint32 {
	rank := make([]uint32, len(order))
	for i, o := range order {
		rank[o] = uint32(i)
	}
	return rank
}
