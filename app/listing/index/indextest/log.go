package indextest

import (
	"math/rand/v2"
	"strings"

	"patchbay/app/listing/index"
)

// Log returns what so many sessions ask of an index of the first n listings of
// seed, keystroke by keystroke and click by click: names and needs typed out,
// typing errors left in or taken back, Japanese, filters, languages, orders,
// and browsing without a word.
func Log(seed uint64, sessions, n int) []index.Query {
	var log []index.Query
	for i := range sessions {
		s := session{r: rand.New(rand.NewPCG(seed^0x5e55, uint64(i))), seed: seed, n: n}
		s.play()
		log = append(log, s.queries...)
	}
	return log
}

// session is one search from the first keystroke to the last click.
type session struct {
	r       *rand.Rand
	seed    uint64
	n       int
	now     index.Query
	queries []index.Query
}

func (s *session) ask() { s.queries = append(s.queries, s.now) }

func (s *session) play() {
	if s.r.IntN(3) == 0 {
		s.now.Language = tongues[s.r.IntN(len(tongues))].code
	}
	s.ask() // the page before the first keystroke
	if s.r.IntN(8) == 0 {
		s.filter()
	}
	switch k := s.r.IntN(20); {
	case k < 7:
		s.typeText(Listing(s.seed, s.r.IntN(s.n)).Name)
	case k < 13:
		s.typeText(s.need())
	case k < 16:
		s.typeText(mistyped(s.r, Listing(s.seed, s.r.IntN(s.n)).Name))
	case k < 17:
		s.typeText(mistyped(s.r, s.need()))
	case k < 18:
		s.typeText(say(s.r, tongues[len(tongues)-1], 1+s.r.IntN(2)))
	case k < 19:
		s.typeText(say(s.r, tongues[s.r.IntN(len(tongues)-1)], 1+s.r.IntN(2)))
	default:
		s.filter()
	}
	if s.r.IntN(3) == 0 {
		s.filter()
	}
	if s.r.IntN(10) == 0 {
		s.now.Sort = []index.Sort{index.MostInstalled, index.Newest, index.ByName}[s.r.IntN(3)]
		s.ask()
	}
}

func (s *session) need() string {
	switch s.r.IntN(3) {
	case 0:
		return pick(s.r, things)
	case 1:
		return pick(s.r, verbs) + " " + pick(s.r, things)
	}
	return pick(s.r, verbs) + " " + pick(s.r, things) + " " + pick(s.r, things)
}

// typeText types text, now and then taking some of it back.
func (s *session) typeText(text string) {
	chars := []rune(text)
	for i := range chars {
		s.now.Text = string(chars[:i+1])
		s.ask()
		if s.r.IntN(30) == 0 {
			wrong := string(rune('a' + s.r.IntN(26)))
			for _, t := range []string{s.now.Text + wrong, s.now.Text, string(chars[:i]), s.now.Text} {
				s.now.Text = t
				s.ask()
			}
		}
	}
}

// filter clicks on one or two filters of a random listing.
func (s *session) filter() {
	d := Listing(s.seed, s.r.IntN(s.n))
	s.now.Filters = map[index.Facet][]string{}
	for _, f := range []index.Facet{index.Category, index.Price, index.Feature, index.WorksWith, index.Certified} {
		if values := d.Facets[f]; len(values) > 0 && s.r.IntN(3) == 0 && len(s.now.Filters) < 2 {
			filters := map[index.Facet][]string{f: values[:1]}
			for g, v := range s.now.Filters {
				filters[g] = v
			}
			s.now.Filters = filters
			s.ask()
		}
	}
}

// mistyped makes one typing error in the longest word of text.
func mistyped(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	longest := 0
	for i, w := range words {
		if len(w) > len(words[longest]) {
			longest = i
		}
	}
	c := []rune(words[longest])
	if len(c) < 4 {
		return text
	}
	i := 1 + r.IntN(len(c)-2)
	switch r.IntN(4) {
	case 0:
		c[i], c[i+1] = c[i+1], c[i]
	case 1:
		c = append(c[:i], c[i+1:]...)
	case 2:
		c[i] = rune('a' + r.IntN(26))
	default:
		c = append(c[:i+1], c[i:]...)
	}
	words[longest] = string(c)
	return strings.Join(words, " ")
}
