package notify

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

// Limits in runes: of a name inside a text, and of the texts.
const (
	maxName   = 60
	maxTitle  = 120
	maxBody   = 400
	appsNamed = 3
)

// Ids of buttons, and beginnings of notification ids.
const (
	Show         = "show"
	Snooze       = "snooze"
	aboutAlert   = "alert."
	aboutMany    = "many."
	aboutMending = "over."
)

// program stands for the app in an alert about the machine.
const program = "Patchbay"

// compose puts alerts, worst first, into one notification.
func (n *Notifier) compose(lang string, alerts []alert.Alert) Notification {
	if len(alerts) == 1 {
		return n.composeOne(lang, alerts[0])
	}
	apps := appNames(alerts)
	worst := n.Alerts.Explain(lang, tame(alerts[0]))
	args := wording.Args{"App": apps[0], "Count": len(alerts), "Title": worst.Title}
	title, body := "notify.same_app_title", "notify.same_app_body"
	if len(apps) > 1 {
		title, body = "notify.many_title", "notify.many_body"
		args["Count"] = len(apps)
	}
	note := n.note(lang, aboutMany, title, args)
	if more := len(apps) - appsNamed; more > 0 {
		body, args["Count"] = "notify.many_body_more", more
	}
	args["Apps"] = strings.Join(apps[:min(len(apps), appsNamed)], ", ")
	note.Body = plain.Line(n.Words.Say(lang, body, args), maxBody)
	return note
}

func (n *Notifier) composeOne(lang string, a alert.Alert) Notification {
	tamed := tame(a)
	e := n.Alerts.Explain(lang, tamed)
	app := cmp.Or(tamed.Subject.AppName, tamed.Subject.App, program)
	note := n.note(lang, aboutAlert, "notify.title", wording.Args{"App": app, "Title": e.Title})
	note.ID, note.Alert = aboutAlert+a.ID, a.ID
	note.Body = plain.Line(n.Words.Say(lang, "notify.body", wording.Args{"Sentence": e.Sentence, "Effect": e.Effect}), maxBody)
	buttons := []Button{{Snooze, n.Words.Say(lang, "notify.snooze", nil)}, note.Buttons[0]}
	if runsFromDesk(e.Remedy) {
		buttons = slices.Insert(buttons, 0, Button{string(e.Remedy), e.RemedyLabel})
	}
	return note.with(lang, buttons)
}

// composeRecovery puts ended alerts into one notification.
func (n *Notifier) composeRecovery(lang string, alerts []alert.Alert) Notification {
	apps := appNames(alerts)
	if len(apps) > 1 {
		note := n.note(lang, aboutMending, "notify.recovered_many_title", wording.Args{"Count": len(apps)})
		named := strings.Join(apps[:min(len(apps), appsNamed)], ", ")
		note.Body = plain.Line(n.Words.Say(lang, "notify.recovered_many_body", wording.Args{"Apps": named}), maxBody)
		return note
	}
	tamed := tame(alerts[0])
	e := n.Alerts.Explain(lang, tamed)
	unnamed := n.Words.Say(lang, "alert.unnamed", nil)
	note := n.note(lang, aboutMending, "notify.recovered_title", wording.Args{"App": apps[0]})
	note.Body = plain.Line(n.Words.Say(lang, "notify.recovered_body", wording.Args{
		"Account": cmp.Or(tamed.Subject.Account, unnamed), "Title": e.Title,
	}), maxBody)
	return note
}

// note starts a notification with a title, an id of its own and the show button.
func (n *Notifier) note(lang, about, title string, args wording.Args) Notification {
	n.sentEver++
	note := Notification{
		// The time keeps ids apart from those of an earlier run.
		ID:    about + strconv.FormatInt(n.Now().UnixNano(), 36) + "." + strconv.Itoa(n.sentEver),
		Title: plain.Line(n.Words.Say(lang, title, args), maxTitle),
	}
	return note.with(lang, []Button{{Show, n.Words.Say(lang, "notify.show", nil)}})
}

// with returns the notification with these buttons.
func (note Notification) with(lang string, buttons []Button) Notification {
	ids := []string{lang}
	for _, b := range buttons {
		ids = append(ids, b.ID)
	}
	note.Buttons, note.Category = buttons, strings.Join(ids, "-")
	return note
}

// runsFromDesk reports whether a remedy makes sense as a button of a notification:
// one that acts, rather than one that shows a page, which Show does.
func runsFromDesk(r alert.Remedy) bool {
	return r == alert.Reconnect || r == alert.RetryNow || r == alert.UnlockKeychain
}

// tame returns a with every name that a text may show made plain and short.
func tame(a alert.Alert) alert.Alert {
	s := &a.Subject
	s.App, s.AppName, s.Account = plain.Line(s.App, maxName), plain.Line(s.AppName, maxName), plain.Line(s.Account, maxName)
	a.Detail = maps.Clone(a.Detail)
	for k, v := range a.Detail {
		// Explain reads a date from here, which plain.Line leaves as it is.
		a.Detail[k] = plain.Line(v, maxName)
	}
	return a
}

// appNames returns the names of the apps in alerts, each once, in their order.
func appNames(alerts []alert.Alert) []string {
	var names []string
	seen := map[string]bool{}
	for _, a := range alerts {
		if seen[a.Subject.App] {
			continue
		}
		seen[a.Subject.App] = true
		s := tame(a).Subject
		names = append(names, cmp.Or(s.AppName, s.App, program))
	}
	return names
}
