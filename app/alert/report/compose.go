package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"patchbay/app/alert"
	"patchbay/app/plain"
	"patchbay/app/wording"
)

// Limits: of a name, a subject and a detail in runes, and of the alerts that are
// told in full and by name.
const (
	maxName    = 60
	maxSubject = 120
	inFull     = 10
	byName     = 30
)

// program stands for the app in an alert about the machine.
const program = "Patchbay"

// compose puts news into a subject and a body.
func (s *Service) compose(r Reader, n news) (subject, body string) {
	slices.SortFunc(n.fresh, alert.WorstFirst)
	slices.SortFunc(n.over, alert.WorstFirst)
	w := writer{s, s.Words.Match(s.Language()), &strings.Builder{}}
	if len(n.fresh) > 0 {
		w.line("mail.fresh", wording.Args{"Count": len(n.fresh), "Account": plain.Line(s.Account(), maxName)})
	}
	for i, a := range n.fresh[:min(len(n.fresh), byName)] {
		w.alert(a, i < inFull)
	}
	if more := len(n.fresh) - byName; more > 0 {
		w.line("mail.more", wording.Args{"Count": more})
	}
	if len(n.over) > 0 {
		w.line("mail.over", nil)
		for _, a := range n.over[:min(len(n.over), byName)] {
			e := s.Alerts.Explain(w.lang, tame(a))
			w.item("- ", w.head(a, e)+". "+e.State)
		}
		w.gap()
	}
	w.line("mail.foot", wording.Args{"Email": r.Email})
	return plain.Line(w.subject(n), maxSubject), w.text.String()
}

// writer writes a body in one language.
type writer struct {
	*Service
	lang string
	text *strings.Builder
}

// subject names the app of a single alert, and counts several.
func (w writer) subject(n news) string {
	told, one, many := n.fresh, "mail.subject_one", "mail.subject_many"
	if len(told) == 0 {
		told, one, many = n.over, "mail.subject_over_one", "mail.subject_over_many"
	}
	if len(told) > 1 {
		return w.Words.Say(w.lang, many, wording.Args{"Count": len(told)})
	}
	a := tame(told[0])
	return w.Words.Say(w.lang, one, wording.Args{"App": appOf(a), "Title": w.Alerts.Explain(w.lang, a).Title})
}

// alert tells one alert; in full with what it affects and how to mend it.
func (w writer) alert(a alert.Alert, full bool) {
	e := w.Alerts.Explain(w.lang, tame(a))
	w.item("", w.head(a, e))
	w.item("", e.Sentence)
	if full {
		w.item("", e.Effect)
	}
	w.item("", w.Words.Say(w.lang, "mail.seen", wording.Args{"Since": e.Since}))
	if full && len(e.Steps) > 0 {
		w.item("", w.Words.Say(w.lang, "mail.steps", nil))
		for i, step := range e.Steps {
			w.item(strconv.Itoa(i+1)+". ", step)
		}
	}
	w.gap()
}

// head names app, account and cause.
func (w writer) head(a alert.Alert, e alert.Explanation) string {
	a = tame(a)
	if a.Subject.Account == "" {
		return appOf(a) + ": " + e.Title
	}
	return appOf(a) + ", " + a.Subject.Account + ": " + e.Title
}

// maxLine is longer than any sentence of ours with names in it.
const maxLine = 600

func (w writer) item(mark, text string) {
	if text = plain.Line(text, maxLine); text != "" {
		w.text.WriteString(mark + text + "\n")
	}
}

func (w writer) gap() { w.text.WriteByte('\n') }

// line says a sentence of ours, and leaves a gap after it.
func (w writer) line(id string, args wording.Args) {
	var data any
	if args != nil {
		data = args
	}
	w.item("", w.Words.Say(w.lang, id, data))
	w.gap()
}

func appOf(a alert.Alert) string { return cmp.Or(a.Subject.AppName, a.Subject.App, program) }

// tame returns a with every name that a text may show made plain and short.
func tame(a alert.Alert) alert.Alert {
	s := &a.Subject
	s.App, s.AppName, s.Account = plain.Line(s.App, maxName), plain.Line(s.AppName, maxName), plain.Line(s.Account, maxName)
	a.Detail = maps.Clone(a.Detail)
	for k, v := range a.Detail {
		a.Detail[k] = plain.Line(v, maxName) // a date stays as it is
	}
	return a
}
