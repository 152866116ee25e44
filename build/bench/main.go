// Command bench measures Patchbay, prints the figures as a table and writes them
// to build/bin/bench.json as a flat object of numbers. An aim that is missed is
// a line to look at, not a failure; but for what a kill may not cost.
//
// Speed and memory are ratios against a baseline in the same run, because
// machines differ and are noisy: an empty window of the same framework, built
// here, and plain FTS5 over the same rows.
//
//	go run ./build/bench          the usual figures
//	go run ./build/bench -long    also with 1,000,000 listings
//	go run ./build/bench -only window,keys   these sections
//
//	go run ./build/bench -only crash -rounds 200   kill it so many times
//
// The sections are window, keys, search, bound, ingest, refresh, probe, alerts, and, only
// when asked for, crash and search-1m. The program is build/bin/patchbay, or what
// PATCHBAY_BIN names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"patchbay/build/bench/crash"
)

const out = "build/bin"

// sections are measured one after the other, never at once.
var sections = []struct {
	name    string
	long    bool
	measure func(context.Context) ([]figure, error)
}{
	{"window", false, window},
	{"keys", false, keys},
	{"search", false, search(100_000, "100k")},
	{"bound", false, bound},
	{"ingest", false, ingest},
	{"refresh", false, refresh},
	{"probe", false, probe},
	{"alerts", false, alerts},
	{"crash", true, kills},
	{"search-1m", true, search(1_000_000, "1m")},
}

// killed is how often the crash section kills the program.
var killed = flag.Int("rounds", 8, "how often the crash section kills the program")

func main() {
	if crash.IsChild() {
		exit(crash.Child())
	}
	long := flag.Bool("long", false, "measure what takes long too")
	only := flag.String("only", "", "sections to measure, separated by commas")
	flag.Parse()
	exit(run(*long, *only))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(long bool, only string) error {
	ctx := context.Background()
	var all []figure
	var wrong error
	for _, s := range sections {
		named := slices.Contains(strings.Split(only, ","), s.name)
		if only != "" && !named || only == "" && s.long && !long {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring %s …\n", s.name)
		figures, err := s.measure(ctx)
		if err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("measure %s: %w", s.name, err))
		}
		all = append(all, figures...)
	}
	if err := table(os.Stdout, all); err != nil {
		return err
	}
	return errors.Join(save(all), wrong)
}
