package index

// few is how many matches are too few to be content with what was typed.
const few = 5

// places are the documents that have a word: in the name; there or in the
// summary; anywhere.
type places [numPlaces]bitset

// reading is one way to understand a query, and what it finds.
type reading struct {
	words []places
	all   bitset // documents that have all words
	names bitset // documents that have them all in the name
	bases []base // sets with known counts that may be near
}

// read finds the documents that have all words, as typed or loosely: there,
// words that only begin as typed, and typing errors, are accepted too.
func (ix *Index) read(s *scratch, words []word, loosely bool) reading {
	var r reading
	for _, w := range words {
		spans := ix.spans(w, loosely)
		p := ix.lookUp(s, spans)
		r.words = append(r.words, p)
		r.bases = ix.addBases(s, r.bases, spans, p[inBody])
		if r.all == nil {
			r.all, r.names = s.copyOf(p[inBody]), s.copyOf(p[inName])
			continue
		}
		r.all.and(p[inBody])
		r.names.and(p[inName])
	}
	return r
}

// spans returns the stretches of the dictionary that w may mean.
func (ix *Index) spans(w word, loosely bool) []span {
	r := ix.terms.narrow(ix.terms.all(), 0, w.text)
	if !w.prefix && (!loosely || w.unspaced) {
		r = ix.terms.exactly(r, len(w.text))
	}
	spans := []span{r}
	if loosely && w.mayErr() {
		ix.terms.typos(w.text, w.prefix, func(r span) { spans = append(spans, r) })
	}
	return spans
}

func (ix *Index) lookUp(s *scratch, spans []span) (found places) {
	for p := range numPlaces {
		if p == 0 {
			found[p] = s.empty()
		} else {
			found[p] = s.copyOf(found[p-1])
		}
		for _, r := range spans {
			ix.places[p].addTo(found[p], r)
		}
	}
	return found
}

// addBases adds the landmarks among spans to bases; all is what spans find together.
func (ix *Index) addBases(s *scratch, bases []base, spans []span, all bitset) []base {
	const enough = 8 // for comparing with them to stay cheap
	for _, r := range spans {
		counts := ix.landmarks.at(r, len(ix.facets.valueNames))
		if counts == nil || len(bases) == enough {
			continue
		}
		set := all
		if len(spans) > 1 {
			set = ix.lookUp(s, []span{r})[inBody]
		}
		bases = append(bases, base{set, counts})
	}
	return bases
}

// matches is what a query's text finds.
type matches struct {
	phrase
	all      bitset
	typed    reading // all nil if there is no text
	loose    reading // all nil if it was not needed
	hasLoose bool
}

func (ix *Index) match(s *scratch, text string) matches {
	m := matches{phrase: parse(text)}
	if len(m.words) == 0 {
		m.all = s.raw()
		m.all.fill(ix.n)
		return m
	}
	m.typed = ix.read(s, m.words, false)
	m.all = m.typed.all
	n := m.all.count()
	if n >= few {
		return m
	}
	for _, w := range m.words {
		m.hasLoose = m.hasLoose || w.loose()
	}
	if m.hasLoose {
		m.loose = ix.read(s, m.words, true)
		m.loose.all.or(m.all)
		if m.hasLoose = m.loose.all.count() > n; m.hasLoose {
			m.all = m.loose.all
		}
	}
	return m
}
