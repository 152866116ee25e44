package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"

	"patchbay/app"
	"patchbay/app/bridge"
)

// tags are those that the program is built with.
const tags = "desktop,production,webkit2_41"

const rounds = 5

// window measures the program's window beside an empty one: the time to the
// first picture, the memory of all processes, and what it costs to do nothing.
func window(ctx context.Context) ([]figure, error) {
	program, err := filepath.Abs(filepath.Join(out, "patchbay"))
	if err != nil {
		return nil, err
	}
	empty, err := filepath.Abs(filepath.Join(out, "empty-window"))
	if err != nil {
		return nil, err
	}
	if err := build(ctx, empty); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "patchbay-bench-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := prepare(ctx, dir); err != nil {
		return nil, err
	}
	windows := []subject{
		{Name: "patchbay", Program: program, Env: []string{"PATCHBAY_DATA=" + dir}},
		{Name: "empty", Program: empty},
	}
	started, err := measure(ctx, order{Task: "start", Rounds: rounds, Windows: windows})
	if err != nil {
		return nil, err
	}
	rested, err := measure(ctx, order{Task: "rest", Rounds: 1, Windows: windows, Rest: 10, Idle: 30})
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(program)
	if err != nil {
		return nil, err
	}
	return []figure{
		{"start_vs_empty_window", ratio(started, "painted_ms"), "≤ 1.3"},
		{"start_settled_vs_empty_window", ratio(started, "settled_ms"), ""},
		{"rss_vs_empty_window", ratio(rested, "pss_mb"), "≤ 1.3"},
		{"idle_cpu_percent", median(rested["patchbay"]["cpu_percent"]), "< 0.5"},
		{"idle_cpu_percent_empty_window", median(rested["empty"]["cpu_percent"]), ""},
		{"binary_mb", float64(info.Size()) / (1 << 20), ""},
	}, nil
}

// order and subject are what command measure of the e2e module reads.
type order struct {
	Task       string
	Rounds     int
	Windows    []subject
	Rest, Idle float64
}

type subject struct {
	Name, Program string
	Env           []string
}

// samples are figures by window and name.
type samples map[string]map[string][]float64

// ratio is the median of neighbouring measurements' ratios.
func ratio(s samples, name string) float64 {
	var ratios []float64
	for i, value := range s["patchbay"][name] {
		ratios = append(ratios, value/s["empty"][name][i])
	}
	return median(ratios)
}

func build(ctx context.Context, to string) error {
	c := exec.CommandContext(ctx, "go", "build", "-tags", tags, "-ldflags", "-s -w", "-o", to, "./build/bench/emptywindow")
	c.Stderr = os.Stderr
	return c.Run()
}

func measure(ctx context.Context, o order) (s samples, err error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, "go", "run", "./measure")
	c.Dir, c.Stdin, c.Stderr = "build/e2e", bytes.NewReader(text), os.Stderr
	answer, err := c.Output()
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal(answer, &s)
}

// prepare makes the data folder of somebody who has used Patchbay before: an
// account, and the catalogue taken in.
func prepare(ctx context.Context, dir string) error {
	a, err := app.New(ctx, app.Config{Dir: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	a.Start()
	if err := begin(a.Bridge); err != nil {
		return fmt.Errorf("prepare the data folder: %w", err)
	}
	return a.Close()
}

func begin(b *bridge.Bridge) error {
	for _, facade := range b.Bound() {
		switch f := facade.(type) {
		case *bridge.Accounts:
			first := bridge.FirstStart{AccountName: "Acme", Language: "en", PersonName: "Ada", Email: "ada@example.com"}
			if _, err := f.Start(first); err != nil {
				return err
			}
		case *bridge.Catalogue:
			// Waits until the catalogue is there.
			if _, err := f.Search(bridge.Search{Limit: 1}); err != nil {
				return err
			}
		}
	}
	return nil
}
