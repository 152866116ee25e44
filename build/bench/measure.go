package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"os/exec"
)

// order and subject are what command measure of the e2e module reads; it says
// what they mean.
type order struct {
	Task       string
	Rounds     int
	Windows    []subject
	Rest, Idle float64
	Phrases    []string
}

type subject struct {
	Name, Program string
	Args, Env     []string
	Focus         string
	Area          image.Rectangle
}

// samples are figures by window and name, in the order they were taken.
type samples map[string]map[string][]float64

// ratio is the median of what each sample of a window is to its neighbour of
// the empty one.
func (s samples) ratio(window, name string) float64 {
	var ratios []float64
	for i, value := range s[window][name] {
		ratios = append(ratios, value/s[emptyWindow][name][i])
	}
	return median(ratios)
}

// measure has an order carried out on a private desktop.
func measure(ctx context.Context, o order) (s samples, err error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, "go", "run", "./measure")
	c.Dir, c.Stdin, c.Stderr = "build/e2e", bytes.NewReader(text), os.Stderr
	answer, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", o.Task, err)
	}
	return s, json.Unmarshal(answer, &s)
}
