// Package wording holds the sentences that Go itself says to a person: alerts,
// notifications, failures before there is a window, and the page that the
// browser shows after a sign-in. The window has catalogues of its own.
//
// A sentence has an id ("alert.sign_in_expired.title"), and both languages have
// the same ids with the same placeholders; a test holds that. Placeholders are
// filled as plain text and never read as a template, so a hostile name stays a
// name. What comes out is plain text too: whoever shows it as markup escapes it.
//
// Each id belongs to one package by its first part: "alert", "remedy", "detail"
// and "ended" to app/alert, "notify" to app/notify, "mail" to app/alert/report and
// the bridge; the rest is declared in ids.go.
package wording

import (
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en.json pl.json
var files embed.FS

// Languages are the languages that every sentence exists in, English first.
var Languages = []string{"en", "pl"}

// Args are the values for the placeholders of a sentence, by placeholder name.
// An int under "Count" also chooses the plural form.
type Args map[string]any

// Wording says sentences. It is read-only after [New], and may be used by
// several goroutines.
type Wording struct {
	zone    *time.Location
	speak   map[string]*i18n.Localizer
	ids     map[string]bool
	matcher language.Matcher
}

// New reads the sentences that are compiled into the program. Times are told in
// zone; the program passes time.Local. It panics if a compiled-in file is
// malformed, which no built and tested program can meet.
func New(zone *time.Location) *Wording {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	w := &Wording{zone: zone, speak: map[string]*i18n.Localizer{}, ids: map[string]bool{}}
	var tags []language.Tag
	for _, lang := range Languages {
		file, err := bundle.LoadMessageFileFS(files, lang+".json")
		if err != nil {
			panic("wording: " + err.Error())
		}
		for _, m := range file.Messages {
			w.ids[m.ID] = true
		}
		tags = append(tags, language.MustParse(lang))
		w.speak[lang] = i18n.NewLocalizer(bundle, lang)
	}
	w.matcher = language.NewMatcher(tags)
	return w
}

// Say returns the sentence called id in lang, which may be any language tag or
// POSIX locale ("pl", "pl-PL", "pl_PL.UTF-8"); an unknown language is told in
// English. Data is nil or an [Args]. An unknown id comes back as it is, because
// at this point there is nobody to report a mistake to but the reader.
func (w *Wording) Say(lang, id string, data any) string {
	config := &i18n.LocalizeConfig{MessageID: id, TemplateData: data}
	if args, ok := data.(Args); ok {
		if n, ok := args["Count"].(int); ok {
			config.PluralCount = n
		}
	}
	text, err := w.speak[w.Match(lang)].Localize(config)
	if err != nil && text == "" {
		return id
	}
	return text
}

// Has reports whether there is a sentence called id.
func (w *Wording) Has(id string) bool { return w.ids[id] }

// IDs returns the ids that start with prefix, sorted, for the tests of the
// packages that own them.
func (w *Wording) IDs(prefix string) []string {
	var found []string
	for id := range maps.Keys(w.ids) {
		if strings.HasPrefix(id, prefix) {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

// Match returns the one of [Languages] that serves a reader of lang best.
func (w *Wording) Match(lang string) string {
	lang, _, _ = strings.Cut(lang, ".")
	lang, _, _ = strings.Cut(lang, "@")
	tag, err := language.Parse(lang)
	if err != nil {
		return Languages[0]
	}
	_, index, _ := w.matcher.Match(tag)
	return Languages[index]
}
