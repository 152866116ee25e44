package wording

import (
	"testing"
	"time"
)

// Monday.
var now = time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)

func TestSince(t *testing.T) {
	w := New(time.UTC)
	tests := []struct {
		name   string
		from   time.Time
		en, pl string
	}{
		{"today", now.Add(-time.Hour), "since 13:05", "od 13:05"},
		{"a little in the future", now.Add(time.Minute), "since 14:06", "od 14:06"},
		{"yesterday", now.AddDate(0, 0, -1), "since yesterday, 14:05", "od wczoraj, 14:05"},
		{"this week", now.AddDate(0, 0, -5), "since Wednesday, 14:05", "od środy, 14:05"},
		{"six days", now.AddDate(0, 0, -6), "since Tuesday, 14:05", "od wtorku, 14:05"},
		{"a week", now.AddDate(0, 0, -7), "since 16 November", "od 16 listopada"},
		{"last year", now.AddDate(-1, 0, 0), "since 23 November 2025", "od 23 listopada 2025"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.Since("en", tt.from, now); got != tt.en {
				t.Errorf("English = %q, want %q", got, tt.en)
			}
			if got := w.Since("pl", tt.from, now); got != tt.pl {
				t.Errorf("Polish = %q, want %q", got, tt.pl)
			}
		})
	}
}

func TestSince_inTheZoneOfTheMachine(t *testing.T) {
	warsaw := time.FixedZone("CET", 3600)
	// 23:30 UTC on Sunday is half past midnight on Monday in Warsaw.
	from := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC)
	if got := New(warsaw).Since("en", from, now); got != "since 00:30" {
		t.Errorf("Since = %q, want the same day", got)
	}
	if got := New(time.UTC).Since("en", from, now); got != "since yesterday, 23:30" {
		t.Errorf("Since = %q, want the day before", got)
	}
}

func TestRepeats(t *testing.T) {
	w := New(time.UTC)
	tests := []struct {
		count  int
		en, pl string
	}{
		{0, "since 14:05", "od 14:05"},
		{1, "since 14:05", "od 14:05"},
		{3, "3 times since 14:05", "3 razy od 14:05"},
		{21, "21 times since 14:05", "21 razy od 14:05"},
	}
	for _, tt := range tests {
		if got := w.Repeats("en", tt.count, now, now); got != tt.en {
			t.Errorf("Repeats(%d) = %q, want %q", tt.count, got, tt.en)
		}
		if got := w.Repeats("pl", tt.count, now, now); got != tt.pl {
			t.Errorf("Repeats(%d) = %q, want %q", tt.count, got, tt.pl)
		}
	}
}

func TestWhen(t *testing.T) {
	w := New(time.UTC)
	tests := []struct {
		at     time.Time
		en, pl string
	}{
		{time.Time{}, "soon", "wkrótce"},
		{now, "today at 14:05", "dziś o 14:05"},
		{now.AddDate(0, 0, 1), "tomorrow at 14:05", "jutro o 14:05"},
		{now.AddDate(0, 0, -1), "yesterday at 14:05", "wczoraj o 14:05"},
		{now.AddDate(0, 0, 10), "on 3 December", "3 grudnia"},
		{now.AddDate(0, 2, 0), "on 23 January 2027", "23 stycznia 2027"},
	}
	for _, tt := range tests {
		if got := w.When("en", tt.at, now); got != tt.en {
			t.Errorf("When(%s) = %q, want %q", tt.at, got, tt.en)
		}
		if got := w.When("pl", tt.at, now); got != tt.pl {
			t.Errorf("When(%s) = %q, want %q", tt.at, got, tt.pl)
		}
	}
}

func TestParts_everyWeekdayAndMonthHasAName(t *testing.T) {
	w := New(time.UTC)
	for n := range 12 {
		day := time.Date(2026, time.Month(n+1), n+1, 0, 0, 0, 0, time.UTC)
		for _, lang := range Languages {
			p := w.parts(lang, day)
			if !w.Has("time.month_"+day.Format("1")) || p["Month"] == "" || p["Weekday"] == "" {
				t.Errorf("%s has no words for %s: %v", lang, day, p)
			}
		}
	}
	if got := w.parts("en", now); got["Weekday"] != "Monday" || got["Month"] != "November" {
		t.Errorf("parts of a Monday in November = %v", got)
	}
}
