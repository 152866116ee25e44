package index

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestVocabulary_growing(t *testing.T) {
	v := newVocabulary()
	for round := range 2 {
		for i := range 50_000 {
			n, fresh := v.number([]byte(strconv.Itoa(i)))
			if n != uint32(i) || fresh != (round == 0) {
				t.Fatalf("round %d: word %d is number %d, new %v", round, i, n, fresh)
			}
		}
	}
}

// TestBuild_cutsLongWords feeds words that would fill the dictionary.
func TestBuild_cutsLongWords(t *testing.T) {
	ix := Build(slices.Values([]Document{{
		Slug: "a", Name: strings.Repeat("a", 9999), Tagline: strings.Repeat("é", 9999),
		Description: strings.Repeat("ж", 9999) + " " + strings.Repeat("語", 9999),
	}}))
	for i := range ix.terms.len() {
		if n := len(ix.terms.at(i)); n > longestWord {
			t.Errorf("a word of %d bytes is kept", n)
		}
	}
	for _, text := range []string{"aaaa", "eeee", "жжж", "語語", strings.Repeat("é", 99), strings.Repeat("ж", 99)} {
		if r := ix.Search(Query{Text: text}); r.Total != 1 {
			t.Errorf("%.12s… finds %d", text, r.Total)
		}
	}
}
