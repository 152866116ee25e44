package main

import (
	"context"
	"image"

	"patchbay/app/listing/index/indextest"
)

// frame is the time between two pictures of a screen, in milliseconds.
const frame = 1000.0 / 60

// below is the part of a window under its search field.
var below = image.Rect(80, 110, 1180, 700)

// phrases are typed into the search field: needs and names that the made-up
// catalogue has, and one that it has not.
var phrases = []string{"send invoice", "calendar sync", "forms for contacts", "qqxzv"}

// keys measures the time from pressing a key to changed rows below the search
// field, over a catalogue of 100,000 listings, beside a page that shows such rows
// as soon as a key is pressed: what a search may take more is one picture.
func keys(ctx context.Context) ([]figure, error) {
	empty, err := build(ctx)
	if err != nil {
		return nil, err
	}
	program, err := program()
	if err != nil {
		return nil, err
	}
	dir, remove, err := folder(ctx, many)
	if err != nil {
		return nil, err
	}
	defer remove()
	s, err := measure(ctx, order{Task: "keys", Rounds: 2, Phrases: phrases, Windows: []subject{
		{Name: emptyWindow, Program: empty, Args: []string{"rows"}, Focus: "Ctrl+F", Area: below},
		{Name: largeWindow, Program: program, Env: []string{"PATCHBAY_DATA=" + dir}, Focus: "Ctrl+F", Area: below},
	}})
	if err != nil {
		return nil, err
	}
	ours, bare := s[largeWindow]["paint_ms"], s[emptyWindow]["paint_ms"]
	p50, p95 := indextest.Percentile(ours, 50), indextest.Percentile(ours, 95)
	return []figure{
		{"keystroke_to_paint_ms_p50", p50, ""},
		{"keystroke_to_paint_ms_p95", p95, ""},
		{"keystroke_to_paint_ms_p50_bare_rows", indextest.Percentile(bare, 50), ""},
		{"keystroke_to_paint_ms_p95_bare_rows", indextest.Percentile(bare, 95), ""},
		{"keystroke_frames_over_bare_rows_p50", (p50 - indextest.Percentile(bare, 50)) / frame, "≤ 1"},
		{"keystroke_frames_over_bare_rows_p95", (p95 - indextest.Percentile(bare, 95)) / frame, "≤ 1"},
		{"keystrokes_answered", float64(len(ours)), ""},
		{"keystrokes_without_change", float64(len(s[largeWindow]["unanswered"])), ""},
	}, nil
}
