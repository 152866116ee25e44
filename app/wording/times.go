package wording

import (
	"strconv"
	"time"
)

// Since says from when on something is true, as shortly as it stays clear:
// "since 14:05", "since yesterday, 14:05", "since Monday, 14:05", "since
// 3 November". Both times are told in the zone given to [New].
func (w *Wording) Since(lang string, from, now time.Time) string {
	from, now = from.In(w.zone), now.In(w.zone)
	args := w.parts(lang, from)
	switch days := daysBetween(from, now); {
	case days <= 0:
		return w.Say(lang, "time.since_today", args)
	case days == 1:
		return w.Say(lang, "time.since_yesterday", args)
	case days < 7:
		return w.Say(lang, "time.since_weekday", args)
	case from.Year() == now.Year():
		return w.Say(lang, "time.since_date", args)
	}
	return w.Say(lang, "time.since_date_year", args)
}

// Repeats says how often something was seen since when: "since 14:05" for once,
// "3 times since Monday, 14:05" for more.
func (w *Wording) Repeats(lang string, count int, from, now time.Time) string {
	since := w.Since(lang, from, now)
	if count <= 1 {
		return since
	}
	return w.Say(lang, "time.repeats", Args{"Count": count, "Since": since})
}

// When says at what moment something happens or happened, fit for the end of a
// sentence: "today at 14:05", "tomorrow at 09:00", "on 3 December", "on
// 3 January 2027". The zero time is "soon".
func (w *Wording) When(lang string, at, now time.Time) string {
	if at.IsZero() {
		return w.Say(lang, "time.soon", nil)
	}
	at, now = at.In(w.zone), now.In(w.zone)
	args := w.parts(lang, at)
	switch days := daysBetween(now, at); {
	case days == 0:
		return w.Say(lang, "time.today", args)
	case days == 1:
		return w.Say(lang, "time.tomorrow", args)
	case days == -1:
		return w.Say(lang, "time.yesterday", args)
	case at.Year() == now.Year():
		return w.Say(lang, "time.on_date", args)
	}
	return w.Say(lang, "time.on_date_year", args)
}

// parts are the pieces that the sentences about time are built from. Weekday and
// month come in the form that follows "since" (in Polish the genitive).
func (w *Wording) parts(lang string, t time.Time) Args {
	return Args{
		"Time":    t.Format("15:04"),
		"Weekday": w.Say(lang, "time.weekday_"+strconv.Itoa(int(t.Weekday())), nil),
		"Day":     strconv.Itoa(t.Day()),
		"Month":   w.Say(lang, "time.month_"+strconv.Itoa(int(t.Month())), nil),
		"Year":    strconv.Itoa(t.Year()),
	}
}

// daysBetween counts midnights from a to b. Days are counted in UTC because a
// local day can have 23 or 25 hours.
func daysBetween(a, b time.Time) int {
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}
