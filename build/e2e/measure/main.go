package main

import (
	"encoding/json"
	"fmt"
	"image"
	"os"

	"patchbay/e2e/desk"
)

// order says what to measure.
type order struct {
	Task    string
	Rounds  int
	Windows []window
	Rest    float64  // seconds before memory is read
	Idle    float64  // seconds over which the processor is watched; 0 is not at all
	Phrases []string // what is typed, one after the other
}

// window is one program to measure.
type window struct {
	Name    string
	Program string
	Args    []string
	Env     []string
	Focus   string // chord that leads to its search field
	Area    image.Rectangle
}

// samples are figures by window and name, in the order they were taken.
type samples map[string]map[string][]float64

func (s samples) add(w window, name string, value float64) {
	if s[w.Name] == nil {
		s[w.Name] = map[string][]float64{}
	}
	s[w.Name][name] = append(s[w.Name][name], value)
}

var tasks = map[string]func(*desk.Desk, order, window, samples) error{
	"start": start, "rest": rest, "keys": keys,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var o order
	if err := json.NewDecoder(os.Stdin).Decode(&o); err != nil {
		return fmt.Errorf("read the order: %w", err)
	}
	if o.Task == "alerts" {
		all, err := alerts(o)
		if err != nil {
			return fmt.Errorf("alerts: %w", err)
		}
		return json.NewEncoder(os.Stdout).Encode(all)
	}
	task, ok := tasks[o.Task]
	if !ok {
		return fmt.Errorf("no task is called %q", o.Task)
	}
	d, err := desk.Start(desk.Options{Size: image.Pt(1440, 960), NoAccessibility: true})
	if err != nil {
		return err
	}
	defer d.Close()
	all := samples{}
	for range o.Rounds {
		for _, w := range o.Windows {
			if err := task(d, o, w, all); err != nil {
				return fmt.Errorf("%s of %s: %w", o.Task, w.Name, err)
			}
		}
	}
	return json.NewEncoder(os.Stdout).Encode(all)
}
