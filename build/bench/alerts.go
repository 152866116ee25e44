package main

import (
	"context"
	"image"

	"patchbay/app/listing/index/indextest"
)

// firstRows is where the first rows of alerts stand in a window.
var firstRows = image.Rect(240, 160, 860, 420)

// alertRounds is how many alerts are timed. Each takes a new sign-in.
const alertRounds = 8

// alerts measures the time from a probe's answer to the row of the alert in the
// real window, with a practice app.
func alerts(ctx context.Context) ([]figure, error) {
	program, err := program()
	if err != nil {
		return nil, err
	}
	s, err := measure(ctx, order{Task: "alerts", Rounds: alertRounds, Windows: []subject{
		{Name: ourWindow, Program: program, Env: []string{"PATCHBAY_LANG=en"}, Area: firstRows},
	}})
	if err != nil {
		return nil, err
	}
	times := s[ourWindow]["row_ms"]
	return []figure{
		{"alert_to_screen_ms_p50", indextest.Percentile(times, 50), ""},
		{"alert_to_screen_ms_p95", indextest.Percentile(times, 95), "≤ 100"},
		{"alerts_timed", float64(len(times)), ""},
	}, nil
}
