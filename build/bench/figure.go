package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// figure is one measured number with what to hope for, such as "≤ 1.3"; "" is
// nothing in particular.
type figure struct {
	name  string
	value float64
	aim   string
}

// verdict says how the value stands to the aim.
func (f figure) verdict() string {
	sign, text, _ := strings.Cut(f.aim, " ")
	want, err := strconv.ParseFloat(text, 64)
	holds, known := map[string]bool{
		"≤": f.value <= want, "<": f.value < want, "≥": f.value >= want, "=": f.value == want,
	}[sign]
	switch {
	case err != nil || !known:
		return "-"
	case holds:
		return "ok"
	default:
		return "missed"
	}
}

func table(to io.Writer, all []figure) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "figure\tvalue\taim\tverdict")
	for _, f := range all {
		aim := f.aim
		if aim == "" {
			aim = "-"
		}
		fmt.Fprintf(w, "%s\t%.4g\t%s\t%s\n", f.name, f.value, aim, f.verdict())
	}
	return w.Flush()
}

// save adds the figures to those of earlier runs and of other commands.
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
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// median returns the middle of samples, of which there is at least one.
func median(samples []float64) float64 {
	s := slices.Sorted(slices.Values(samples))
	return s[len(s)/2]
}
