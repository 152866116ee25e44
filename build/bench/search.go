package main

import (
	"context"
	"os"

	"patchbay/app/listing/index/indextest"
	"patchbay/app/listing/listingbench"
)

// seed makes every run measure the same listings and queries.
const seed = 1

// search measures every keystroke of a 500-session query log, facet counts and
// the top 50 included, and a sample of it with plain FTS5.
func search(listings int, suffix string) func(context.Context) ([]figure, error) {
	return func(ctx context.Context) ([]figure, error) {
		dir, err := os.MkdirTemp("", "patchbay-bench-*")
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
		c := indextest.Config{Seed: seed, Listings: listings, Sessions: 500, Plain: 40, Dir: dir}
		if listings > 100_000 {
			c.Plain, c.Rounds = 0, 1
		}
		f, err := indextest.Measure(ctx, c)
		if err != nil {
			return nil, err
		}
		figures := []figure{
			{"search_p50_ms_" + suffix, f.P50, ""},
			{"search_p99_ms_" + suffix, f.P99, map[string]string{"100k": "≤ 3", "1m": "≤ 20"}[suffix]},
			{"search_heap_mb_" + suffix, f.HeapMB, ""},
			{"search_load_ms_" + suffix, f.Load, ""},
		}
		if c.Plain > 0 {
			figures = append(figures, figure{"search_vs_plain_fts5_p99", f.Ratio(), "≥ 200"})
		}
		return figures, nil
	}
}

// ingest measures taking in a feed of 100,000 listings, from the request until
// every one can be found.
func ingest(ctx context.Context) ([]figure, error) {
	dir, err := os.MkdirTemp("", "patchbay-bench-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	f, err := listingbench.Measure(ctx, listingbench.Config{Seed: seed, Listings: 100_000, Dir: dir})
	return []figure{
		{"ingest_vs_plain_fts5", f.Ratio(), "≤ 1.5"},
		{"ingest_s_100k", f.Ingest.Seconds(), ""},
		{"ingest_peak_mb", f.PeakMB, ""},
		{"ingest_unchanged_ms", float64(f.Unchanged.Microseconds()) / 1000, ""},
	}, err
}
