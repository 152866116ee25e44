package listingbench

import (
	"compress/gzip"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"patchbay/app/feed"
	"patchbay/app/listing"
	"patchbay/app/listing/index/indextest"
	"patchbay/app/sqlite"
)

// Config says what to measure.
type Config struct {
	Seed     uint64
	Listings int
	// Dir is an existing folder for both databases and the feed: about 15 kB a
	// listing.
	Dir string
}

// Figures are what [Measure] found.
type Figures struct {
	Taken, SetAside int
	// Ingest is from the request to the moment when every listing can be found;
	// Unchanged is how long asking again took.
	Ingest, Unchanged time.Duration
	// Plain is the bare insert of the same texts and facets with plain FTS5.
	Plain time.Duration
	// PeakMB is the most memory that the heap took during Ingest.
	PeakMB float64
}

// Ratio is how many times longer than a bare insert with plain FTS5 it takes.
func (f Figures) Ratio() float64 { return f.Ingest.Seconds() / f.Plain.Seconds() }

// Measure takes in a feed of made-up listings from a server on this machine, and
// then inserts the same texts plainly.
func Measure(ctx context.Context, c Config) (f Figures, err error) {
	server, err := serve(c)
	if err != nil {
		return f, err
	}
	defer server.Close()
	if err := f.ingest(ctx, c, server); err != nil {
		return f, err
	}
	return f, f.plain(ctx, c)
}

// serve writes the feed into a file and serves it, packed as feeds are.
func serve(c Config) (*httptest.Server, error) {
	name := filepath.Join(c.Dir, "feed.json.gz")
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	packed := gzip.NewWriter(file)
	if err := errors.Join(WriteFeed(packed, c.Seed, c.Listings), packed.Close(), file.Close()); err != nil {
		return nil, err
	}
	return httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		http.ServeFile(w, r, name)
	})), nil
}

func (f *Figures) ingest(ctx context.Context, c Config, server *httptest.Server) (err error) {
	store, _, err := sqlite.OpenCatalogue(ctx, c.Dir, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	sources := &feed.Sources{Web: feed.Web{Transport: server.Client().Transport, Dir: c.Dir}}
	catalogue := listing.New(store, sources, time.Now, slog.New(slog.DiscardHandler))
	peak := watchHeap()
	start := time.Now()
	taken, err := catalogue.AddFeed(ctx, "made-up", server.URL)
	f.Ingest = time.Since(start)
	f.PeakMB = peak()
	if err != nil {
		return err
	}
	f.Taken, f.SetAside = taken.Listings, taken.SetAside
	start = time.Now()
	_, err = catalogue.Sync(ctx, "made-up")
	f.Unchanged = time.Since(start)
	return err
}

func (f *Figures) plain(ctx context.Context, c Config) error {
	start := time.Now()
	p, err := indextest.OpenPlain(ctx, filepath.Join(c.Dir, "plain.db"), indextest.Listings(c.Seed, c.Listings))
	if err != nil {
		return err
	}
	f.Plain = time.Since(start)
	// Making the listings up is not inserting.
	start = time.Now()
	for range indextest.Listings(c.Seed, c.Listings) {
	}
	f.Plain -= time.Since(start)
	return p.Close()
}

// watchHeap notes the size of the heap until the returned function is called,
// which returns the largest in megabytes.
func watchHeap() (peak func() float64) {
	var most atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	look := func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		most.Store(max(most.Load(), sample[0].Value.Uint64()))
	}
	go func() {
		defer close(ended)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			look()
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	return func() float64 {
		close(done)
		<-ended
		return float64(most.Load()) / 1e6
	}
}
