package index

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The oracle answers queries the slow and obvious way: it looks at every
// document for every query. Its documents have plain ASCII words, so that it
// needs none of the index's reading of text.
type oracle []Document

func fieldWords(s ...string) []string {
	return strings.Fields(strings.ToLower(strings.Join(s, " ")))
}

func (d Document) wordsAt(p place) []string {
	switch p {
	case inName:
		return fieldWords(d.Name)
	case inSummary:
		w := fieldWords(d.Tagline, d.Publisher)
		for _, s := range [][]string{d.Features, d.SearchTerms, d.Actions} {
			w = append(w, fieldWords(s...)...)
		}
		for _, t := range d.Texts {
			w = append(append(w, fieldWords(t.Tagline)...), fieldWords(t.Features...)...)
		}
		return w
	}
	w := fieldWords(d.Description)
	for _, t := range d.Texts {
		w = append(w, fieldWords(t.Description)...)
	}
	return w
}

func onceEach(words []string) (out []string) {
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// fits is whether the word of a document is what was typed.
func fits(typed, has string, last, loosely bool) bool {
	if typed == has || (last || loosely) && strings.HasPrefix(has, typed) {
		return true
	}
	if !loosely || len(typed) < leastTypo {
		return false
	}
	if !last {
		return slowDistance(typed, has) == 1
	}
	for i := range len(has) + 1 {
		if slowDistance(typed, has[:i]) == 1 {
			return true
		}
	}
	return false
}

// slowDistance is the optimal string alignment distance by its definition.
func slowDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], 1+d[i-2][j-2])
			}
		}
	}
	return d[len(a)][len(b)]
}

// judgement is how a document answers a text: lower is better in tier, higher in score.
type judgement struct {
	matches, allInName bool
	score              int
}

func (d Document) judge(text string, loosely bool) judgement {
	typed := onceEach(fieldWords(text))
	all := fieldWords(text)
	j := judgement{matches: true, allInName: true}
	sum := 0
	for _, w := range typed {
		// A word typed twice is finished once.
		last := slices.Index(all, w) == len(all)-1 && !strings.HasSuffix(text, " ")
		found := numPlaces
		for p := numPlaces - 1; p >= 0; p-- {
			if slices.ContainsFunc(d.wordsAt(p), func(has string) bool { return fits(w, has, last, loosely) }) {
				found = p
			}
		}
		j.matches = j.matches && found < numPlaces
		j.allInName = j.allInName && found == inName
		if found < numPlaces {
			sum += weights[found]
		}
	}
	if len(typed) > 0 {
		j.score = int(popularity(d.Installs)) + sum/len(typed)
	}
	return j
}

// tier is the group of a matching document: typed before loose, and in each by name.
func (d Document) tier(text string) (tier, score int) {
	typed := d.judge(text, false)
	name, key := strings.Join(fieldWords(d.Name), " "), strings.Join(fieldWords(text), " ")
	whole := strings.HasSuffix(text, " ")
	switch {
	case typed.matches && name == key:
		return 0, 0
	case typed.matches && (strings.HasPrefix(name, key+" ") || !whole && strings.HasPrefix(name, key)):
		return 1, 0
	case typed.matches && typed.allInName:
		return 2, 0
	case typed.matches:
		return 3, typed.score
	}
	loose := d.judge(text, true)
	switch {
	case loose.allInName && len(fieldWords(d.Name)) == len(onceEach(fieldWords(text))):
		return 4, 0
	case loose.allInName:
		return 5, 0
	}
	return 6, loose.score
}

// matching returns what the text alone finds and whether it was read loosely.
func (o oracle) matching(text string) (oracle, bool) {
	var typed, loose oracle
	for _, d := range o {
		if d.judge(text, false).matches {
			typed = append(typed, d)
		}
		if d.judge(text, false).matches || d.judge(text, true).matches {
			loose = append(loose, d)
		}
	}
	if len(typed) < few && len(loose) > len(typed) {
		return loose, true
	}
	return typed, false
}

func (d Document) values(f Facet, overlay map[Facet]map[string][]string) []string {
	values := slices.Clone(d.Facets[f])
	if f == Language {
		values = slices.Clone(d.Languages)
	}
	for v, slugs := range overlay[f] {
		if slices.Contains(slugs, d.Slug) {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func (o oracle) filtered(q Query, overlay map[Facet]map[string][]string, except Facet) (out oracle) {
	for _, d := range o {
		passes := true
		for f, wanted := range q.Filters {
			has := d.values(f, overlay)
			if f != except && len(wanted) > 0 {
				passes = passes && slices.ContainsFunc(wanted, func(v string) bool { return slices.Contains(has, v) })
			}
		}
		if passes {
			out = append(out, d)
		}
	}
	return out
}

func (o oracle) search(q Query, overlay map[Facet]map[string][]string) Result {
	found, corrected := o.matching(q.Text)
	set := found.filtered(q, overlay, "")
	r := Result{Total: len(set), Corrected: corrected, Facets: map[Facet][]Count{}, Hits: []Hit{}}
	slices.SortFunc(set, func(a, b Document) int { return compareDocuments(q, a, b) })
	for i, d := range set {
		if i >= q.Offset && i < q.Offset+q.limit() {
			r.Hits = append(r.Hits, Hit{d.Slug})
		}
	}
	names := map[Facet]bool{}
	for _, d := range o {
		for f := range d.Facets {
			names[f] = true
		}
		if len(d.Languages) > 0 {
			names[Language] = true
		}
	}
	for _, f := range append(slices.Collect(maps.Keys(overlay)), slices.Collect(maps.Keys(q.Filters))...) {
		names[f] = true
	}
	for f := range names {
		r.Facets[f] = found.filtered(q, overlay, f).counted(f, q.Filters[f], overlay)
	}
	if r.Total == 0 {
		r.Drops = found.drops(q, overlay)
	}
	return r
}

func compareDocuments(q Query, a, b Document) int {
	byName := cmp.Or(cmp.Compare(strings.Join(fieldWords(a.Name), " "), strings.Join(fieldWords(b.Name), " ")), cmp.Compare(a.Slug, b.Slug))
	language := 0
	if q.Language != "" {
		in := func(d Document) int { return min(1, 1+slices.Index(d.Languages, q.Language)) }
		language = cmp.Compare(min(in(b), 1), min(in(a), 1))
	}
	byInstalls := cmp.Or(cmp.Compare(b.Installs, a.Installs), byName)
	switch {
	case q.Sort == Newest:
		return cmp.Or(language, cmp.Compare(b.Published, a.Published), byName)
	case q.Sort == ByName:
		return cmp.Or(language, byName)
	case q.Sort == MostInstalled || strings.TrimSpace(q.Text) == "":
		return cmp.Or(language, byInstalls)
	}
	at, as := a.tier(q.Text)
	bt, bs := b.tier(q.Text)
	return cmp.Or(language, cmp.Compare(at, bt), cmp.Compare(bs, as), byInstalls)
}

func (o oracle) counted(f Facet, chosen []string, overlay map[Facet]map[string][]string) []Count {
	n := map[string]int{}
	for _, v := range chosen {
		n[v] = 0
	}
	for _, d := range o {
		for _, v := range d.values(f, overlay) {
			n[v]++
		}
	}
	out := []Count{}
	for v, c := range n {
		out = append(out, Count{v, c})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return out
}

func (o oracle) drops(q Query, overlay map[Facet]map[string][]string) []Drop {
	var out []Drop
	set := 0
	for _, f := range slices.Sorted(maps.Keys(q.Filters)) {
		if len(q.Filters[f]) == 0 {
			continue
		}
		set++
		if n := len(o.filtered(q, overlay, f)); n > 0 {
			out = append(out, Drop{f, n})
		}
	}
	slices.SortStableFunc(out, func(a, b Drop) int { return cmp.Compare(b.Total, a.Total) })
	if len(out) == 0 && set > 1 && len(o) > 0 {
		out = append(out, Drop{Total: len(o)})
	}
	return out
}

// alphabet is small so that words are often beginnings, or one error away, of others.
var oracleWords = strings.Fields(`a ab abc abcd abcde abdc bacd abcdef abxcd mail mails email mali sync synced
	synch slack slac black slackbot form forms from platform send sender seed team teams steam meat chat chats hat`)

func randomText(r *rand.Rand, n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = oracleWords[int(float64(len(oracleWords))*r.Float64()*r.Float64())]
	}
	return strings.Join(w, " ")
}

func randomDocument(r *rand.Rand, i int) Document {
	value := func(n int) string { return string(rune('k' + int(float64(n)*r.Float64()*r.Float64()))) }
	d := Document{
		Slug: randomText(r, 1) + "-" + string(rune('a'+i%26)) + strings.Repeat("x", i/26),
		Name: randomText(r, 1+r.IntN(3)), Tagline: randomText(r, r.IntN(3)), Description: randomText(r, r.IntN(6)),
		Publisher: randomText(r, r.IntN(2)), Features: []string{randomText(r, 2)}, Actions: []string{randomText(r, r.IntN(2))},
		Installs: int64(r.IntN(4)) * int64(r.IntN(4000)), Published: int64(r.IntN(5)),
		Facets: map[Facet][]string{Category: {value(4), value(4)}, WorksWith: {value(12)}},
	}
	for _, l := range []string{"de", "fr"} {
		if r.IntN(3) == 0 {
			d.Languages = append(d.Languages, l)
			d.Texts = map[string]Text{l: {Tagline: randomText(r, 1), Description: randomText(r, 2), Features: []string{randomText(r, 1)}}}
		}
	}
	return d
}

func randomQuery(r *rand.Rand) Query {
	q := Query{
		Sort: []Sort{"", Relevance, MostInstalled, Newest, ByName}[r.IntN(5)], Language: []string{"", "", "de", "xx"}[r.IntN(4)],
		Offset: r.IntN(3) * r.IntN(30), Limit: []int{0, 1, 5, 1000, -1}[r.IntN(5)], Filters: map[Facet][]string{},
	}
	if q.Text = randomText(r, r.IntN(4)); len(q.Text) > 1 {
		switch r.IntN(5) {
		case 0:
			q.Text += " "
		case 1:
			q.Text = q.Text[:1+r.IntN(len(q.Text)-1)]
		case 2:
			i := r.IntN(len(q.Text))
			q.Text = q.Text[:i] + string(rune('a'+r.IntN(26))) + q.Text[i:]
		}
	}
	for _, f := range []Facet{Category, WorksWith, Language, Installed, "unknown"} {
		for range r.IntN(3) * r.IntN(2) * r.IntN(2) {
			q.Filters[f] = append(q.Filters[f], []string{"k", "l", "m", "v", "de", "yes"}[r.IntN(6)])
		}
	}
	return q
}

// TestSearch_agreesWithOracle compares whole answers on random documents.
func TestSearch_agreesWithOracle(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 1))
		var docs oracle
		for i := range []int{0, 1, 40, 64, 300}[seed%5] {
			docs = append(docs, randomDocument(r, i))
		}
		ix := Build(slices.Values(docs))
		installed := map[Facet]map[string][]string{Installed: {"yes": {"no-such-slug"}}}
		for _, d := range docs {
			if r.IntN(4) == 0 {
				installed[Installed]["yes"] = append(installed[Installed]["yes"], d.Slug)
			}
		}
		overlay := ix.Overlay(installed)
		for range 100 {
			q := randomQuery(r)
			got, want := search(ix, q, overlay), docs.search(q, installed)
			if diff := differ(got, want); diff != "" {
				t.Fatalf("seed %d, %d documents, query %+v: %s", seed, len(docs), q, diff)
			}
		}
	}
}

func search(ix *Index, q Query, o *Overlay) Result {
	q.Overlay = o
	return ix.Search(q)
}
