package indextest

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strings"

	"patchbay/app/listing/index"
)

// Listings streams the first n listings of seed.
func Listings(seed uint64, n int) iter.Seq[index.Document] {
	return func(yield func(index.Document) bool) {
		for i := range n {
			if !yield(Listing(seed, i)) {
				return
			}
		}
	}
}

// Listing returns listing i of seed: some 130 words of text with a fitting name,
// facets and, for one in three, translations.
func Listing(seed uint64, i int) index.Document {
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	d := index.Document{
		Name:        name(r),
		Tagline:     sentence(r) + " " + prose(r, 4),
		Description: prose(r, 60+r.IntN(60)),
		Publisher:   brand(r) + []string{" Inc.", " GmbH", " Labs", ""}[r.IntN(4)],
		// A few are installed millions of times, most hardly ever.
		Installs:  int64(math.Pow(10, 7*math.Pow(r.Float64(), 3))) - 1,
		Published: 17_000 + int64(r.IntN(3_500)),
		Languages: []string{"en"},
		Facets:    facets(r),
	}
	d.Slug = fmt.Sprintf("%s-%d", strings.ReplaceAll(strings.ToLower(d.Name), " ", "-"), i)
	for range 3 + r.IntN(4) {
		d.Features = append(d.Features, sentence(r))
	}
	for range 2 + r.IntN(4) {
		d.SearchTerms = append(d.SearchTerms, pick(r, things))
	}
	for range r.IntN(6) {
		d.Actions = append(d.Actions, pick(r, verbs)+" "+pick(r, things))
	}
	if r.IntN(3) == 0 {
		translate(r, &d)
	}
	return d
}

func translate(r *rand.Rand, d *index.Document) {
	d.Texts = map[string]index.Text{}
	for range 1 + r.IntN(4) {
		t := tongues[r.IntN(len(tongues))]
		if _, ok := d.Texts[t.code]; ok {
			continue
		}
		d.Languages = append(d.Languages, t.code)
		d.Texts[t.code] = index.Text{
			Tagline: say(r, t, 6), Description: say(r, t, 30), Features: []string{say(r, t, 4), say(r, t, 4)},
		}
	}
}

func sentence(r *rand.Rand) string {
	s := pick(r, verbs) + " " + pick(r, things)
	if r.IntN(2) == 0 {
		s += " " + pick(r, adjectives) + " " + pick(r, things)
	}
	return s
}

func brand(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(pick(r, syllables))
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

func name(r *rand.Rand) string {
	switch r.IntN(6) {
	case 0, 1:
		return brand(r)
	case 2, 3:
		return brand(r) + " " + pick(r, kinds)
	case 4:
		return brand(r) + " for " + pick(r, kinds)
	}
	thing := pick(r, things)
	return strings.ToUpper(thing[:1]) + thing[1:] + " " + pick(r, kinds) + " by " + brand(r)
}

func facets(r *rand.Rand) map[index.Facet][]string {
	f := map[index.Facet][]string{
		index.Category:   {categories[skewed(r, len(categories))]},
		index.Price:      {pick(r, list("free freemium trial paid"))},
		index.Connection: {pick(r, list("oauth2 oauth2 oauth2 api_key mcp"))},
	}
	if r.IntN(2) == 0 {
		f[index.Category] = append(f[index.Category], pick(r, categories))
	}
	for range 2 + r.IntN(5) {
		f[index.Feature] = append(f[index.Feature], fmt.Sprintf("feature-%03d", skewed(r, 150)))
	}
	for range r.IntN(8) {
		f[index.WorksWith] = append(f[index.WorksWith], fmt.Sprintf("app-%03d", skewed(r, 500)))
	}
	for _, flag := range []struct {
		facet index.Facet
		one   int // in so many
	}{{index.Certified, 6}, {index.NoSetup, 3}, {index.BuiltByUs, 400}} {
		if r.IntN(flag.one) == 0 {
			f[flag.facet] = []string{"yes"}
		}
	}
	return f
}
