// Command bench measures Patchbay, prints the figures as a table and writes them
// to build/bin/bench.json as a flat object of numbers. It judges nothing: an aim
// that is missed is a line to look at, not a failure.
//
// Speed and memory are ratios against a baseline in the same run, because
// machines differ and are noisy: an empty window of the same framework, built
// here, and plain FTS5 over the same rows.
//
//	go run ./build/bench          the usual figures
//	go run ./build/bench -long    also with 1,000,000 listings
//	go run ./build/bench -only window
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

const out = "build/bin"

// figure is one measured number with what to hope for.
type figure struct {
	name  string
	value float64
	aim   string
}

// sections are measured one after the other, never at once.
var sections = []struct {
	name    string
	long    bool
	measure func(context.Context) ([]figure, error)
}{
	{"window", false, window},
	{"search", false, search(100_000, "100k")},
	{"ingest", false, ingest},
	{"search-1m", true, search(1_000_000, "1m")},
}

func main() {
	long := flag.Bool("long", false, "measure what takes long too")
	only := flag.String("only", "", "sections to measure, separated by commas")
	flag.Parse()
	if err := run(*long, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(long bool, only string) error {
	ctx := context.Background()
	var all []figure
	for _, s := range sections {
		named := slices.Contains(strings.Split(only, ","), s.name)
		if only != "" && !named || only == "" && s.long && !long {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring %s …\n", s.name)
		figures, err := s.measure(ctx)
		if err != nil {
			return fmt.Errorf("measure %s: %w", s.name, err)
		}
		all = append(all, figures...)
	}
	table(all)
	return save(all)
}

func table(all []figure) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "figure\tvalue\taim")
	for _, f := range all {
		fmt.Fprintf(w, "%s\t%.4g\t%s\n", f.name, f.value, cmp.Or(f.aim, "-"))
	}
	_ = w.Flush() // standard output
}

// save adds the figures to those of earlier runs of other sections.
func save(all []figure) error {
	path := filepath.Join(out, "bench.json")
	values := map[string]float64{}
	if text, err := os.ReadFile(path); err == nil {
		_ = json.Unmarshal(text, &values) // a damaged file is written anew
	}
	for _, f := range all {
		values[f.name] = f.value
	}
	text, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// median returns the middle of samples.
func median(samples []float64) float64 {
	s := slices.Sorted(slices.Values(samples))
	return s[len(s)/2]
}
