package alert

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"patchbay/app/wording"
)

// Explanation is an alert in words. All of it is plain text in one language, and
// names in it are untrusted: show it as text, never as markup.
type Explanation struct {
	// Title is the cause in a few words, Sentence what happened, naming app and
	// account, Effect what it means for the rest.
	Title    string
	Sentence string
	Effect   string
	// Since says from when on, and how often: "3 times since Monday, 14:05".
	Since string
	// State says what else is to be known: settling, snoozed, ignored, how it
	// ended. It is often empty.
	State string
	// Steps are what to do, in order, without their numbers.
	Steps []string
	// Remedy is what the button does, and RemedyLabel what it says; the label is
	// empty for [NoRemedy].
	Remedy      Remedy
	RemedyLabel string
	// Details are technical, to be copied into a support request.
	Details []Detail
}

// Detail is one labelled technical detail.
type Detail struct{ Label, Value string }

// Explain puts a in the words of lang.
func (r *Registry) Explain(lang string, a Alert) Explanation {
	d, _ := DeclarationOf(a.Kind)
	now := r.now()
	id := "alert." + string(a.Kind)
	args := r.args(lang, a, now)
	e := Explanation{
		Title:    r.words.Say(lang, id+".title", args),
		Sentence: r.words.Say(lang, id+".sentence", args),
		Effect:   r.words.Say(lang, id+".effect", args),
		Since:    r.words.Repeats(lang, a.Count, a.Since, now),
		State:    r.state(lang, a, now),
		Steps:    r.steps(lang, id, args),
		Remedy:   d.Remedy,
		Details:  r.details(lang, a),
	}
	if a.Subject.Connection == "" && r.words.Has(id+".sentence_machine") {
		e.Sentence = r.words.Say(lang, id+".sentence_machine", args)
	}
	if d.Remedy != NoRemedy {
		e.RemedyLabel = r.words.Say(lang, "remedy."+string(d.Remedy), nil)
	}
	return e
}

// args are the placeholders that the texts of an alert may use.
func (r *Registry) args(lang string, a Alert, now time.Time) wording.Args {
	unnamed := r.words.Say(lang, "alert.unnamed", nil)
	// A date that does not parse is told as "soon".
	expires, _ := time.Parse(time.RFC3339, a.Detail[DetailExpires])
	return wording.Args{
		"App":     cmp.Or(a.Subject.AppName, a.Subject.App, unnamed),
		"Account": cmp.Or(a.Subject.Account, unnamed),
		"When":    r.words.When(lang, expires, now),
	}
}

func (r *Registry) steps(lang, id string, args wording.Args) []string {
	var steps []string
	for n := 1; r.words.Has(id + ".step_" + strconv.Itoa(n)); n++ {
		steps = append(steps, r.words.Say(lang, id+".step_"+strconv.Itoa(n), args))
	}
	return steps
}

func (r *Registry) state(lang string, a Alert, now time.Time) string {
	switch {
	case !a.Standing():
		return r.words.Say(lang, "ended."+string(a.How), wording.Args{"When": r.words.When(lang, a.Ended, now)})
	case a.Ignored:
		return r.words.Say(lang, "alert.ignored", nil)
	case now.Before(a.SnoozedUntil):
		return r.words.Say(lang, "alert.snoozed", wording.Args{"When": r.words.When(lang, a.SnoozedUntil, now)})
	case !a.QuietSince.IsZero():
		return r.words.Say(lang, "alert.settling", wording.Args{"Since": r.words.Since(lang, a.QuietSince, now)})
	}
	return ""
}

// details lists what the raising code knew, by key, then what the registry knows.
func (r *Registry) details(lang string, a Alert) []Detail {
	var details []Detail
	add := func(key, value string) {
		label := key
		if r.words.Has("detail." + key) {
			label = r.words.Say(lang, "detail."+key, nil)
		}
		details = append(details, Detail{label, value})
	}
	for _, key := range slices.Sorted(maps.Keys(a.Detail)) {
		add(key, a.Detail[key])
	}
	add("kind", string(a.Kind))
	add("alert", a.ID)
	add("since", a.Since.UTC().Format(time.RFC3339))
	add("last_seen", a.LastSeen.UTC().Format(time.RFC3339))
	add("count", strconv.Itoa(a.Count))
	return details
}
