package index

// Search answers q.
func (ix *Index) Search(q Query) Result {
	s := ix.take()
	defer ix.release(s) // keeps ix, and so what it is mapped from, until then
	overlay := q.Overlay.on(ix)
	m := ix.match(s, q.Text)
	list := ix.filters(s, q, overlay)
	set := m.all
	if len(list) > 0 {
		set = apply(s, m.all, list)
	}
	r := Result{Total: set.count(), Corrected: m.hasLoose}
	c := counter{ix: ix, s: s, q: q, list: list, overlay: overlay, bases: m.typed.bases}
	if m.hasLoose {
		c.bases = m.loose.bases
	}
	r.Facets = c.facetCounts(set, r.Total)
	if r.Total == 0 {
		r.Drops = drops(list, m.all)
	}
	r.Hits = ix.hits(ix.page(s, q, &m, set))
	return r
}

func (ix *Index) hits(docs []uint32) []Hit {
	size := 0
	for _, doc := range docs {
		size += len(ix.slugs.at(int(doc)))
	}
	// One string for the page, copied: a slug must not keep the block alive.
	text := make([]byte, 0, size)
	for _, doc := range docs {
		text = append(text, ix.slugs.at(int(doc))...)
	}
	rest := string(text)
	hits := make([]Hit, len(docs))
	for i, doc := range docs {
		n := len(ix.slugs.at(int(doc)))
		hits[i].Slug, rest = rest[:n], rest[n:]
	}
	return hits
}
