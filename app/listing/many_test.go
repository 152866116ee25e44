//go:build !race

// Thousands of listings, one after another: they run without the race detector.

package listing_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestCards_moreThanAreKept(t *testing.T) {
	b := newBench(t)
	var documents [][]byte
	var slugs []string
	template := string(app(t, "SLUG", nil))
	for i := range 4500 {
		slug := fmt.Sprintf("app-%d", i)
		slugs = append(slugs, slug)
		documents = append(documents, []byte(strings.ReplaceAll(template, "SLUG", slug)))
	}
	b.source.put("", "v1", documents...)
	must(t, b.Open(t.Context()))
	for _, some := range [][]string{slugs[:3000], slugs[2000:4500], slugs} {
		cards, err := b.Cards(t.Context(), some)
		must(t, err)
		if len(cards) != len(some) || cards[0].Slug != some[0] || cards[len(cards)-1].Slug != some[len(some)-1] {
			t.Errorf("%d cards for %d slugs", len(cards), len(some))
		}
	}
}
