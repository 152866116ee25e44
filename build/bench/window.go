package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
)

// tags are those that the program is built with.
const tags = "desktop,production,webkit2_41"

const rounds = 5

// The names of the windows that are measured.
const (
	emptyWindow = "empty"
	ourWindow   = "patchbay"
	largeWindow = "patchbay_100k"
)

// window measures the program's window beside an empty one: the time to the
// first picture, the memory of all processes, and what it costs to do nothing;
// with the built-in catalogue and with 100,000 listings.
func window(ctx context.Context) ([]figure, error) {
	windows, remove, err := subjects(ctx)
	if err != nil {
		return nil, err
	}
	defer remove()
	started, err := measure(ctx, order{Task: "start", Rounds: rounds, Windows: windows})
	if err != nil {
		return nil, err
	}
	rested, err := measure(ctx, order{Task: "rest", Rounds: 1, Windows: windows, Rest: 10, Idle: 30})
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(windows[1].Program)
	if err != nil {
		return nil, err
	}
	idle := func(name string) float64 { return median(rested[name]["cpu_percent"]) }
	return []figure{
		{"start_vs_empty_window", started.ratio(ourWindow, "painted_ms"), "≤ 1.3"},
		{"start_vs_empty_window_100k", started.ratio(largeWindow, "painted_ms"), "≤ 1.3"},
		{"start_settled_vs_empty_window", started.ratio(ourWindow, "settled_ms"), ""},
		{"start_settled_vs_empty_window_100k", started.ratio(largeWindow, "settled_ms"), ""},
		{"start_ms", median(started[ourWindow]["painted_ms"]), ""},
		{"start_ms_empty_window", median(started[emptyWindow]["painted_ms"]), ""},
		{"rss_vs_empty_window", rested.ratio(ourWindow, "pss_mb"), "≤ 1.3"},
		{"rss_vs_empty_window_100k", rested.ratio(largeWindow, "pss_mb"), "≤ 1.6"},
		{"rss_mb", median(rested[ourWindow]["pss_mb"]), ""},
		{"rss_mb_empty_window", median(rested[emptyWindow]["pss_mb"]), ""},
		{"idle_cpu_percent", idle(ourWindow), "< 0.5"},
		{"idle_cpu_percent_100k", idle(largeWindow), "< 0.5"},
		{"idle_cpu_percent_empty_window", idle(emptyWindow), ""},
		{"binary_mb", float64(info.Size()) / (1 << 20), ""},
	}, nil
}

// subjects are the windows to measure, the empty one first.
func subjects(ctx context.Context) ([]subject, func(), error) {
	empty, err := build(ctx)
	if err != nil {
		return nil, nil, err
	}
	program, err := program()
	if err != nil {
		return nil, nil, err
	}
	usual, remove, err := folder(ctx, 0)
	if err != nil {
		return nil, nil, err
	}
	large, removeLarge, err := folder(ctx, many)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return []subject{
		{Name: emptyWindow, Program: empty},
		{Name: ourWindow, Program: program, Env: []string{"PATCHBAY_DATA=" + usual}},
		{Name: largeWindow, Program: program, Env: []string{"PATCHBAY_DATA=" + large}},
	}, func() { remove(); removeLarge() }, nil
}

// program is the path of the program under measurement.
func program() (string, error) {
	if path := os.Getenv("PATCHBAY_BIN"); path != "" {
		return path, nil
	}
	return filepath.Abs(filepath.Join(out, "patchbay"))
}

// build makes the empty window with the modules and tags of the program.
func build(ctx context.Context) (path string, err error) {
	if path, err = filepath.Abs(filepath.Join(out, "emptywindow")); err != nil {
		return "", err
	}
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", tags, "-ldflags", "-s -w", "-o", path, "./build/bench/emptywindow")
	c.Stderr = os.Stderr
	return path, c.Run()
}
