package sandbox

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

// pages renders what people see, in the language of the account.
type pages struct {
	language func() string
	byLang   map[string]map[string]*template.Template // by language, then by page
}

var pageNames = []string{"home", "signin", "consent", "problem", "control", "data"}

// newPages parses every page in every language, so that a mistake in one shows
// when the server starts.
func newPages(language func() string) (*pages, error) {
	p := &pages{language: language, byLang: map[string]map[string]*template.Template{}}
	for lang := range texts {
		p.byLang[lang] = map[string]*template.Template{}
		for _, name := range pageNames {
			t, err := template.New("layout.html").Funcs(functions(lang)).ParseFS(web, "web/layout.html", "web/"+name+".html")
			if err != nil {
				return nil, fmt.Errorf("parse page %s: %w", name, err)
			}
			p.byLang[lang][name] = t
		}
	}
	return p, nil
}

func functions(lang string) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string, args ...any) (string, error) { return say(lang, key, args...) },
		"time":    func(t time.Time) string { return t.Local().Format(timeFormats[lang]) },
		"iso":     func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"initial": initial,
		"lang":    func() string { return lang },
		"part":    func(name string) string { return strings.TrimPrefix(name, "Sandbox ") },
		"dict":    fields,
	}
}

// fields lets a template hand several values to another one.
func fields(pairs ...any) map[string]any {
	out := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return out
}

var timeFormats = map[string]string{"en": "2 Jan 2006, 15:04", "pl": "2.01.2006, 15:04"}

// initial is the letter on the tile of an account: that of its last word, since
// the first is the same for all.
func initial(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	return string([]rune(words[len(words)-1])[:1])
}

// say returns the text for key in lang with args put in. A missing text is an
// error, which a test of all pages turns into a failure.
func say(lang, key string, args ...any) (string, error) {
	text, ok := texts[lang][key]
	if !ok {
		return "", fmt.Errorf("no %s text for %q", lang, key)
	}
	if len(args) == 0 {
		return text, nil
	}
	return fmt.Sprintf(text, args...), nil
}

func (p *pages) lang() string {
	if lang := p.language(); texts[lang] != nil {
		return lang
	}
	return "en"
}

// show writes a page. a may be nil; then the page belongs to no app.
func (p *pages) show(w http.ResponseWriter, r *http.Request, page string, a *app, data map[string]any) {
	p.write(w, r, http.StatusOK, page, a, data)
}

// problem writes a page that says what went wrong and what helps. key is that of
// the text; its heading is under key + ".title".
func (p *pages) problem(w http.ResponseWriter, r *http.Request, a *app, status int, key string) {
	p.write(w, r, status, "problem", a, map[string]any{"Key": key})
}

func (p *pages) write(w http.ResponseWriter, _ *http.Request, status int, page string, a *app, data map[string]any) {
	data["Page"], data["App"] = page, nil
	if a != nil {
		data["App"] = a.public("")
	}
	var out bytes.Buffer
	if err := p.byLang[p.lang()][page].Execute(&out, data); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	noStore(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}
