package wording

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"
	"time"
)

// flat reads a message file without the library: plural forms by id.
func flat(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	raw, err := files.ReadFile(lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]string{}
	walk(tree, "", found)
	return found
}

func walk(node map[string]any, id string, found map[string]map[string]string) {
	if _, plural := node["other"].(string); plural {
		found[id] = map[string]string{}
		for form, text := range node {
			found[id][form] = text.(string)
		}
		return
	}
	for name, child := range node {
		path := strings.TrimPrefix(id+"."+name, ".")
		switch child := child.(type) {
		case string:
			found[path] = map[string]string{"only": child}
		case map[string]any:
			walk(child, path, found)
		}
	}
}

// placeholders returns the fields that text uses, sorted.
func placeholders(t *testing.T, text string) []string {
	t.Helper()
	tmpl, err := template.New("").Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	used := map[string]bool{}
	for _, node := range tmpl.Root.Nodes {
		if action, ok := node.(*parse.ActionNode); ok {
			used[strings.Trim(action.String(), "{}.")] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

func TestFiles_sameIDsPlaceholdersAndPluralForms(t *testing.T) {
	forms := map[string][]string{"en": {"one", "other"}, "pl": {"few", "many", "one", "other"}}
	en, pl := flat(t, "en"), flat(t, "pl")
	for _, id := range slices.Sorted(maps.Keys(en)) {
		if pl[id] == nil {
			t.Errorf("%s is missing in Polish", id)
			continue
		}
		_, plural := en[id]["other"]
		want := placeholders(t, en[id][map[bool]string{true: "other", false: "only"}[plural]])
		for lang, texts := range map[string]map[string]string{"en": en[id], "pl": pl[id]} {
			if got := slices.Sorted(maps.Keys(texts)); plural && !slices.Equal(got, forms[lang]) {
				t.Errorf("%s %s has the plural forms %v, want %v", lang, id, got, forms[lang])
			}
			for form, text := range texts {
				got, want := placeholders(t, text), slices.Clone(want)
				if form == "one" {
					// "once" needs no number.
					isCount := func(name string) bool { return name == "Count" }
					got, want = slices.DeleteFunc(got, isCount), slices.DeleteFunc(want, isCount)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s %s (%s) uses %v, want %v", lang, id, form, got, want)
				}
				if strings.TrimSpace(text) != text || text == "" || strings.Contains(text, "  ") {
					t.Errorf("%s %s: stray white space in %q", lang, id, text)
				}
			}
		}
	}
	for id := range pl {
		if en[id] == nil {
			t.Errorf("%s is missing in English", id)
		}
	}
	if read := New(time.UTC).IDs(""); len(read) != len(en) {
		t.Errorf("the library reads %d sentences, the file has %d", len(read), len(en))
	}
}

// Ids of other packages are held by those packages' tests.
func TestFiles_everyIDIsDeclared(t *testing.T) {
	w := New(time.UTC)
	for _, id := range Declared {
		if !w.Has(id) {
			t.Errorf("%s is declared, but has no sentence", id)
		}
	}
	for _, id := range slices.Concat(w.IDs("start."), w.IDs("answer."), w.IDs("uninstall."), w.IDs("save.")) {
		if !slices.Contains(Declared, id) {
			t.Errorf("%s has a sentence, but is not declared", id)
		}
	}
	for _, id := range w.IDs("") {
		first, _, _ := strings.Cut(id, ".")
		if !slices.Contains([]string{"time", "start", "answer", "uninstall", "save", "alert", "remedy", "detail", "ended", "notify", "mail"}, first) {
			t.Errorf("%s belongs to no package", id)
		}
	}
}

func TestSay(t *testing.T) {
	w := New(time.UTC)
	tests := []struct {
		name, lang, id string
		data           any
		want           string
	}{
		{"English", "en", AnswerDoneTitle, nil, "Signed in"},
		{"Polish", "pl", AnswerDoneTitle, nil, "Zalogowano"},
		{"a region does not matter", "pl-PL", AnswerDoneTitle, nil, "Zalogowano"},
		{"a POSIX locale", "pl_PL.UTF-8", AnswerDoneTitle, nil, "Zalogowano"},
		{"an unknown language is told in English", "de", AnswerDoneTitle, nil, "Signed in"},
		{"so is nonsense", "<>", AnswerDoneTitle, nil, "Signed in"},
		{"so is none", "", AnswerDoneTitle, nil, "Signed in"},
		{"an unknown id comes back", "pl", "no.such", nil, "no.such"},
		{"a name is not a template", "en", StartPortInUse, Args{"Port": "{{.Port}}"},
			"Another program uses the port {{.Port}}. Close that program and try again."},
		{"one in Polish", "pl", "notify.many_title", Args{"Count": 1}, "1 aplikacja wymaga uwagi"},
		{"few in Polish", "pl", "notify.many_title", Args{"Count": 22}, "22 aplikacje wymagają uwagi"},
		{"many in Polish", "pl", "notify.many_title", Args{"Count": 12}, "12 aplikacji wymaga uwagi"},
		{"one in English", "en", "notify.many_title", Args{"Count": 1}, "1 app needs attention"},
		{"other in English", "en", "notify.many_title", Args{"Count": 22}, "22 apps need attention"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.Say(tt.lang, tt.id, tt.data); got != tt.want {
				t.Errorf("Say(%q, %q) = %q, want %q", tt.lang, tt.id, got, tt.want)
			}
		})
	}
}

func TestSay_manyAtOnce(t *testing.T) {
	w := New(time.UTC)
	done := make(chan string)
	for range 50 {
		go func() { done <- w.Say("pl", "notify.many_title", Args{"Count": 5}) }()
	}
	for range 50 {
		if got := <-done; got != "5 aplikacji wymaga uwagi" {
			t.Fatalf("Say = %q", got)
		}
	}
}
