package indextest

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"patchbay/app/listing/index"
)

// Config says what to measure.
type Config struct {
	Seed     uint64
	Listings int
	Sessions int
	// Rounds is how often the log is run; 0 means 3. Other programs can only make
	// a round slower, so the one with the lowest p99 counts, as a whole.
	Rounds int
	// Plain is how many queries of the log, evenly spread, are put to plain FTS5
	// as well; 0 leaves it out. One takes some two seconds at 100,000 listings.
	Plain int
	// Dir is an existing folder for plain FTS5's file, about 2 kB a listing.
	Dir string
}

// Figures are what [Measure] found. Times are in milliseconds.
type Figures struct {
	Queries            int
	P50, P99, Max      float64 // the index over the whole log
	Slowest            string  // the text of the slowest query
	Build, Load        float64
	BlockMB, HeapMB    float64 // serialised; live heap that the index adds when loaded
	PlainQueries       int
	PlainP50, PlainP99 float64 // plain FTS5: rows, total and facet counts
	PlainRowsP99       float64 // plain FTS5: rows alone
	PlainFill          float64
}

// Ratio is how many times faster at p99 the index is than plain FTS5 doing the
// same: rows, total and facet counts.
func (f Figures) Ratio() float64 { return f.PlainP99 / f.P99 }

// RowsRatio is how many times faster at p99 the index is, counts and all, than
// plain FTS5 reading only the rows.
func (f Figures) RowsRatio() float64 { return f.PlainRowsP99 / f.P99 }

// Measure builds an index of made-up listings and times every query of the log,
// one after the other, after running the first hundred once to warm up; then it
// puts a sample of them to plain FTS5.
func Measure(ctx context.Context, c Config) (Figures, error) {
	var f Figures
	ix, err := f.prepare(c)
	if err != nil {
		return f, err
	}
	log := Log(c.Seed, c.Sessions, c.Listings)
	for _, q := range log[:min(100, len(log))] {
		ix.Search(q)
	}
	for i := range cmp.Or(c.Rounds, 3) {
		f.round(ix, log, i == 0)
	}
	if c.Plain == 0 {
		return f, nil
	}
	return f, f.plain(ctx, c, log)
}

// round runs the log once and keeps its figures if they are the first or the best.
func (f *Figures) round(ix *index.Index, log []index.Query, first bool) {
	times := make([]float64, len(log))
	slowest := 0
	for i, q := range log {
		start := time.Now()
		ix.Search(q)
		times[i] = milliseconds(start)
		if times[i] > times[slowest] {
			slowest = i
		}
	}
	if p99 := Percentile(times, 99); first || p99 < f.P99 {
		q := log[slowest]
		f.Queries, f.P50, f.P99, f.Max = len(log), Percentile(times, 50), p99, times[slowest]
		f.Slowest = fmt.Sprintf("%q %v %s", q.Text, q.Filters, q.Sort)
	}
}

func (f *Figures) prepare(c Config) (*index.Index, error) {
	start := time.Now()
	ix := index.Build(Listings(c.Seed, c.Listings))
	// Making the listings up is not building.
	f.Build = milliseconds(start)
	start = time.Now()
	for range Listings(c.Seed, c.Listings) {
	}
	f.Build -= milliseconds(start)
	block, err := ix.MarshalBinary()
	if err != nil {
		return nil, err
	}
	ix = nil
	f.BlockMB = float64(len(block)) / 1e6
	start = time.Now()
	loaded, err := index.Load(block)
	f.Load = milliseconds(start)
	if err != nil {
		return nil, err
	}
	before := liveHeap()
	again, err := index.Load(slices.Clone(block))
	f.HeapMB = float64(liveHeap()-before) / 1e6
	runtime.KeepAlive(again)
	return loaded, err
}

func (f *Figures) plain(ctx context.Context, c Config, log []index.Query) error {
	start := time.Now()
	p, err := OpenPlain(ctx, filepath.Join(c.Dir, "plain.db"), Listings(c.Seed, c.Listings))
	if err != nil {
		return err
	}
	defer p.Close()
	f.PlainFill = milliseconds(start)
	var all, rows []float64
	for i := 0; i < len(log); i += max(len(log)/c.Plain, 1) {
		start := time.Now()
		if _, err := p.Rows(ctx, log[i]); err != nil {
			return err
		}
		rows = append(rows, milliseconds(start))
		if err := p.Counts(ctx, log[i]); err != nil {
			return err
		}
		all = append(all, milliseconds(start))
	}
	f.PlainQueries = len(all)
	f.PlainP50, f.PlainP99 = Percentile(all, 50), Percentile(all, 99)
	f.PlainRowsP99 = Percentile(rows, 99)
	return nil
}

// Percentile returns the value that p per cent of values do not exceed; 0 of none.
func Percentile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(float64(len(sorted))*p/100), len(sorted)-1)]
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since)) / 1e6 }

func liveHeap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
