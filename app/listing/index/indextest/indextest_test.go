package indextest

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"patchbay/app/listing/index"
)

func TestListing_followsFromSeed(t *testing.T) {
	i := 0
	slugs := map[string]bool{}
	for d := range Listings(3, 500) {
		if again := Listing(3, i); !reflect.DeepEqual(d, again) {
			t.Fatalf("listing %d differs the second time:\n%+v\n%+v", i, d, again)
		}
		if slugs[d.Slug] {
			t.Fatalf("slug %q shows twice", d.Slug)
		}
		slugs[d.Slug] = true
		i++
	}
	if reflect.DeepEqual(Listing(3, 0), Listing(4, 0)) {
		t.Error("another seed gives the same listing")
	}
}

// TestLog_isVaried holds the log to what it promises to contain.
func TestLog_isVaried(t *testing.T) {
	log := Log(1, 500, 1000)
	if !reflect.DeepEqual(log, Log(1, 500, 1000)) {
		t.Fatal("the log differs the second time")
	}
	count := func(has func(i int, q index.Query) bool) (n int) {
		for i, q := range log {
			if has(i, q) {
				n++
			}
		}
		return n
	}
	for name, n := range map[string]int{
		"starts":  count(func(_ int, q index.Query) bool { return q.Text == "" }) / 10,
		"filters": count(func(_ int, q index.Query) bool { return len(q.Filters) > 0 }),
		"backspaces": count(func(i int, q index.Query) bool {
			return i > 0 && q.Text != "" && q.Text != log[i-1].Text && strings.HasPrefix(log[i-1].Text, q.Text)
		}),
		"Japanese": count(func(_ int, q index.Query) bool {
			return strings.ContainsFunc(q.Text, func(r rune) bool { return r > 0x3000 })
		}),
		"orders":    count(func(_ int, q index.Query) bool { return q.Sort != "" }),
		"languages": count(func(_ int, q index.Query) bool { return q.Language != "" }),
	} {
		if n < 20 {
			t.Errorf("only %d queries with %s", n, name)
		}
	}
	if len(log) < 5000 {
		t.Errorf("only %d queries in 500 sessions", len(log))
	}
}

// TestMeasure_plainFindsTheSame makes sure that both sides do the same work:
// for words in plain English the totals agree.
func TestMeasure_plainFindsTheSame(t *testing.T) {
	ctx := context.Background()
	docs := slices.Collect(Listings(5, 300))
	p, err := OpenPlain(ctx, t.TempDir()+"/plain.db", slices.Values(docs))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	ix := index.Build(slices.Values(docs))
	for _, text := range []string{"", "invoice", "send mess", "manage contact ta"} {
		q := index.Query{Text: text, Filters: map[index.Facet][]string{index.Price: {"free", "paid"}}}
		n, err := p.Rows(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		r := ix.Search(q)
		if want := min(r.Total, 50); n != want || r.Corrected || n == 0 {
			t.Errorf("%q: plain finds %d, the index %d (corrected %v)", text, n, want, r.Corrected)
		}
		if err := p.Counts(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMeasure(t *testing.T) {
	f, err := Measure(context.Background(), Config{Seed: 1, Listings: 200, Sessions: 3, Plain: 5, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if f.Queries == 0 || f.PlainQueries < 5 || f.P50 <= 0 || f.P99 < f.P50 || f.PlainP99 < f.PlainRowsP99 || f.BlockMB <= 0 || f.Ratio() <= 0 {
		t.Errorf("figures %+v", f)
	}
}

func TestPercentile(t *testing.T) {
	for p, want := range map[float64]float64{0: 1, 50: 3, 99: 4, 100: 4} {
		if got := Percentile([]float64{4, 1, 3, 2}, p); got != want {
			t.Errorf("percentile %v is %v, want %v", p, got, want)
		}
	}
	if got := Percentile(nil, 50); got != 0 {
		t.Errorf("percentile of nothing is %v", got)
	}
}
