package index

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSearch_wideStretches compares an index that is large enough to have
// landmarks, bit sets and values counted either way with the oracle.
func TestSearch_wideStretches(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	var docs oracle
	for i := range 1200 {
		docs = append(docs, randomDocument(r, i))
	}
	ix := Build(slices.Values(docs))
	if len(ix.landmarks.keys) < 10 || len(ix.places[inBody].wide) < 5 || ix.facets.rareHeld == 0 {
		t.Fatalf("%d landmarks, %d wide stretches, %d rare values: nothing to test",
			len(ix.landmarks.keys), len(ix.places[inBody].wide), ix.facets.rareHeld)
	}
	queries := []Query{{}, {Text: "a"}, {Text: "ab s"}, {Text: "mail sla"}, {Text: "mial "}, {Text: "abxd sync"}, {Text: "a m s"}}
	for range 12 {
		queries = append(queries, randomQuery(r))
	}
	for _, q := range queries {
		if diff := differ(ix.Search(q), docs.search(q, nil)); diff != "" {
			t.Fatalf("query %+v: %s", q, diff)
		}
	}
}

// TestLandmarks_haveTheirCounts counts every landmark anew.
func TestLandmarks_haveTheirCounts(t *testing.T) {
	ix := randomIndex(6, 2000)
	s := ix.take()
	for _, k := range ix.landmarks.keys {
		r := span{int(k >> 32), int(uint32(k))}
		set := ix.lookUp(s, []span{r})[inBody]
		for v, got := range ix.landmarks.at(r, len(ix.facets.valueNames)) {
			has := s.empty()
			ix.facets.docs.addTo(has, span{v, v + 1})
			has.and(set)
			if want := uint32(has.count()); got != want {
				t.Fatalf("landmark %v, value %q: %d, want %d", r, ix.facets.valueNames[v], got, want)
			}
		}
	}
}

// TestSearch_countsAgreeWithHits counts the values of all hits by hand, for
// queries whose counts start from landmarks, also when read loosely.
func TestSearch_countsAgreeWithHits(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 9))
	docs := map[string]Document{}
	for i := range 6000 {
		d := randomDocument(r, i)
		docs[d.Slug] = d
	}
	ix := Build(maps.Values(docs))
	for _, text := range []string{"", "a", "ab", "mail s", "a m", "slakc", "mial", "sxnc", "fxrm", "taems", "abxd", "chta", "sned m"} {
		for _, filters := range []map[Facet][]string{nil, {Category: {"k"}}, {WorksWith: {"k", "p"}}} {
			result := ix.Search(Query{Text: text, Filters: filters, Limit: len(docs)})
			var found oracle
			for _, s := range slugs(result) {
				found = append(found, docs[s])
			}
			for _, f := range []Facet{Category, WorksWith, Language} {
				if _, own := filters[f]; own {
					continue
				}
				if want := found.counted(f, nil, nil); !slices.Equal(result.Facets[f], want) {
					t.Errorf("%q %v: %s counts %v, want %v", text, filters, f, result.Facets[f], want)
				}
			}
		}
	}
}
