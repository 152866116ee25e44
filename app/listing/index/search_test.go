package index

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// differ says where two answers differ, or nothing.
func differ(got, want Result) string {
	switch {
	case got.Total != want.Total:
		return fmt.Sprintf("total %d, want %d", got.Total, want.Total)
	case got.Corrected != want.Corrected:
		return fmt.Sprintf("corrected %v, want %v", got.Corrected, want.Corrected)
	case !slices.Equal(got.Hits, want.Hits):
		return fmt.Sprintf("hits\n%v, want\n%v", got.Hits, want.Hits)
	case !slices.Equal(got.Drops, want.Drops):
		return fmt.Sprintf("drops %v, want %v", got.Drops, want.Drops)
	case !maps.EqualFunc(got.Facets, want.Facets, slices.Equal[[]Count]):
		return fmt.Sprintf("facets\n%v, want\n%v", got.Facets, want.Facets)
	}
	return ""
}

func named(names ...string) *Index {
	var docs []Document
	for i, n := range names {
		docs = append(docs, Document{Slug: n, Name: n, Installs: int64(i)})
	}
	return Build(slices.Values(docs))
}

func slugs(r Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, h.Slug)
	}
	return out
}

func TestSearch_matching(t *testing.T) {
	tests := []struct {
		name, text string
		doc        Document
		want       bool
	}{
		{"name", "slack", Document{Name: "Slack"}, true},
		{"prefix of the last word", "sla", Document{Name: "Slack"}, true},
		{"tagline", "invoice", Document{Tagline: "Invoices made easy"}, true},
		{"description", "easy", Document{Description: "Made easy."}, true},
		{"feature", "two way", Document{Features: []string{"x", "Two-way sync"}}, true},
		{"publisher", "acme", Document{Publisher: "Acme"}, true},
		{"search term", "crm", Document{SearchTerms: []string{"CRM"}}, true},
		{"action", "send mess", Document{Actions: []string{"Send message"}}, true},
		{"translated", "rechnung", Document{Texts: map[string]Text{"de": {Description: "Rechnungen"}}}, true},
		{"words from several places", "acme slack", Document{Name: "Slack", Publisher: "Acme"}, true},
		{"one word missing", "acme slack", Document{Name: "Slack"}, false},
		{"middle of a word", "lack", Document{Name: "Xslack"}, false},
		{"case", "SLACK", Document{Name: "slack"}, true},
		{"accents typed", "łódź", Document{Name: "Lodz"}, true},
		{"accents stored", "zazolc gesla jazn", Document{Name: "Zażółć gęślą jaźń"}, true},
		{"accents apart", "cafe", Document{Name: "Cafe\u0301"}, true},
		{"sharp s", "strasse", Document{Name: "Straße"}, true},
		{"full width", "slack", Document{Name: "Ｓｌａｃｋ"}, true},
		{"soft hyphen", "slack", Document{Name: "Sla\u00adck"}, true},
		{"hyphened letter", "email", Document{Name: "E-Mail"}, true},
		{"hyphened letter typed", "e-mail", Document{Name: "Email"}, true},
		{"Greek final sigma", "ΛΟΓΟΣ", Document{Name: "λόγος"}, true},
		{"Cyrillic", "ёлка", Document{Name: "Елка"}, true},
		{"punctuation", "monday.com", Document{Name: "monday com"}, true},
		{"CJK pair", "連携", Document{Name: "外部連携アプリ"}, true},
		{"CJK run", "連携アプリ", Document{Name: "外部連携アプリ"}, true},
		{"CJK not there", "携連", Document{Name: "外部連携アプリ"}, false},
		{"CJK one character", "携", Document{Name: "外部連携アプリ"}, true},
		{"CJK last character", "リ", Document{Name: "外部連携アプリ"}, true},
		{"CJK and Latin", "line連", Document{Name: "LINE連携"}, true},
		{"CJK and Latin apart", "連携 line", Document{Name: "LINE連携"}, true},
		{"kana with its marks", "か", Document{Name: "が"}, false},
		{"half-width kana", "ガイド", Document{Name: "ｶﾞｲﾄﾞ"}, true},
		{"Korean", "캘린더", Document{Name: "구글캘린더"}, true},
		{"typo: swapped", "salck", Document{Name: "Slack"}, true},
		{"typo: missing", "slck", Document{Name: "Slack"}, true},
		{"typo: too many", "slaack", Document{Name: "Slack"}, true},
		{"typo: another", "slaxk", Document{Name: "Slack"}, true},
		{"typo: first letter", "zlack", Document{Name: "Slack"}, true},
		{"typo in a word half typed", "mesag", Document{Name: "Messaging"}, true},
		{"typo in an earlier word", "salck bot", Document{Name: "Slack bot"}, true},
		{"typo in an accented word", "zazlc", Document{Name: "Zażółć"}, true},
		{"two typos", "slxxk ", Document{Name: "Slack"}, false},
		{"typo in a short word", "crn", Document{Name: "CRM"}, false},
		{"four letters as typed in three", "fom ", Document{Name: "Form"}, false},
		{"earlier word unfinished", "cal sync", Document{Name: "Calendar sync"}, true},
		{"numbers", "365", Document{Name: "Office 365"}, true},
		{"nothing to find", "!?", Document{Name: "Slack"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.doc.Slug = "it"
			ix := Build(slices.Values([]Document{tt.doc, {Slug: "other", Name: "Qqq", Installs: 5}}))
			if got := slices.Contains(slugs(ix.Search(Query{Text: tt.text})), "it"); got != tt.want {
				t.Errorf("%q finds it: %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

func TestSearch_ranking(t *testing.T) {
	docs := []Document{
		{Slug: "rest-weak", Name: "One", Description: "slack", Installs: 10},
		{Slug: "rest-summary", Name: "Two", Tagline: "for slack", Installs: 10},
		{Slug: "rest-popular", Name: "Three", Description: "slack", Installs: 1_000_000},
		{Slug: "in-name", Name: "Bot for Slack", Installs: 5},
		{Slug: "begins", Name: "Slack Backup", Installs: 1},
		{Slug: "begins-more", Name: "Slackline", Installs: 2},
		{Slug: "whole", Name: "Släck", Installs: 0},
	}
	ix := Build(slices.Values(docs))
	want := []string{"whole", "begins-more", "begins", "in-name", "rest-popular", "rest-summary", "rest-weak"}
	if got := slugs(ix.Search(Query{Text: "slack"})); !slices.Equal(got, want) {
		t.Errorf("slack: %v, want %v", got, want)
	}
	if got := slugs(ix.Search(Query{Text: "slack "})); slices.Contains(got, "begins-more") || got[1] != "begins" {
		t.Errorf("a finished word still matches longer ones: %v", got)
	}
}

func TestSearch_typedBeforeCorrected(t *testing.T) {
	ix := named("Form", "From", "Forms", "Platform")
	r := ix.Search(Query{Text: "from"})
	if want := []string{"From", "Forms", "Form"}; !slices.Equal(slugs(r), want) || !r.Corrected {
		t.Errorf("from: %v corrected %v, want %v", slugs(r), r.Corrected, want)
	}
	many := named("form a", "form b", "form c", "form d", "form e", "from")
	if r := many.Search(Query{Text: "form"}); r.Total != few || r.Corrected {
		t.Errorf("enough as typed, yet %d found, corrected %v", r.Total, r.Corrected)
	}
}

func TestSearch_languageFirst(t *testing.T) {
	ix := Build(slices.Values([]Document{
		{Slug: "a", Name: "Mail", Installs: 9, Languages: []string{"en"}},
		{Slug: "b", Name: "Post", Tagline: "mail", Installs: 1, Languages: []string{"en", "de"}},
		{Slug: "c", Name: "Brief", Tagline: "mail", Installs: 2, Languages: []string{"de"}},
	}))
	for sort, want := range map[Sort]string{Relevance: "c b a", MostInstalled: "c b a", ByName: "c b a", Newest: "c b a"} {
		if got := strings.Join(slugs(ix.Search(Query{Text: "mail", Sort: sort, Language: "de"})), " "); got != want {
			t.Errorf("%s: %s, want %s", sort, got, want)
		}
	}
	if got := slugs(ix.Search(Query{Text: "mail", Language: "ja"})); got[0] != "a" {
		t.Errorf("nothing in the language: %v", got)
	}
}

func TestSearch_dropSaysWhatItGives(t *testing.T) {
	ix := Build(slices.Values([]Document{
		{Slug: "a", Name: "Slack", Facets: map[Facet][]string{Category: {"chat"}, Price: {"free"}}},
		{Slug: "b", Name: "Slack too", Facets: map[Facet][]string{Category: {"chat"}, Price: {"paid"}}},
	}))
	r := ix.Search(Query{Text: "slack", Filters: map[Facet][]string{Category: {"crm"}, Price: {"free"}}})
	if want := []Drop{{Category, 1}}; r.Total != 0 || !slices.Equal(r.Drops, want) {
		t.Errorf("drops %v, want %v", r.Drops, want)
	}
	r = ix.Search(Query{Text: "slack", Filters: map[Facet][]string{Category: {"crm"}, Price: {"trial"}}})
	if want := []Drop{{"", 2}}; !slices.Equal(r.Drops, want) {
		t.Errorf("drops %v, want %v", r.Drops, want)
	}
}

func TestSearch_valuesLimit(t *testing.T) {
	var docs []Document
	for i, v := range strings.Fields("a a a b b c d") {
		docs = append(docs, Document{Slug: fmt.Sprint(i), Facets: map[Facet][]string{Category: {v}}})
	}
	ix := Build(slices.Values(docs))
	got := ix.Search(Query{Values: 2, Filters: map[Facet][]string{Category: {"d"}}}).Facets[Category]
	if want := []Count{{"a", 3}, {"b", 2}, {"d", 1}}; !slices.Equal(got, want) {
		t.Errorf("counts %v, want %v", got, want)
	}
}

// TestSearch_pagesAreTheWhole walks every order page by page.
func TestSearch_pagesAreTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var docs []Document
	for i := range 700 {
		docs = append(docs, randomDocument(r, i))
	}
	ix := Build(slices.Values(docs))
	for _, sort := range []Sort{Relevance, MostInstalled, Newest, ByName} {
		for _, text := range []string{"", "a", "sla", "mail sync", "slakc"} {
			whole := slugs(ix.Search(Query{Text: text, Sort: sort, Language: "de", Limit: 1000}))
			var pages []string
			for {
				page := slugs(ix.Search(Query{Text: text, Sort: sort, Language: "de", Offset: len(pages), Limit: 13}))
				if len(page) == 0 {
					break
				}
				pages = append(pages, page...)
			}
			if !slices.Equal(pages, whole) {
				t.Errorf("%s %q: pages differ from the whole", sort, text)
			}
			if slices.Sort(pages); len(slices.Compact(pages)) != len(whole) {
				t.Errorf("%s %q: a listing shows twice", sort, text)
			}
		}
	}
}

func TestBuild_orderOfDocumentsDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var docs []Document
	for i := range 200 {
		docs = append(docs, randomDocument(r, i))
	}
	one, _ := Build(slices.Values(docs)).MarshalBinary()
	r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	two, _ := Build(slices.Values(docs)).MarshalBinary()
	if !slices.Equal(one, two) {
		t.Error("the same documents in another order give another index")
	}
}

func TestBuild_laterOfTheSameSlugCounts(t *testing.T) {
	ix := Build(slices.Values([]Document{{Slug: "a", Name: "Old"}, {Slug: "b", Name: "B"}, {Slug: "a", Name: "New"}}))
	if got := slugs(ix.Search(Query{Sort: ByName})); !slices.Equal(got, []string{"b", "a"}) || ix.Len() != 2 {
		t.Errorf("all: %v", got)
	}
	if r := ix.Search(Query{Text: "old"}); r.Total != 0 {
		t.Errorf("the earlier one is found")
	}
}

func TestBuild_hostileDocuments(t *testing.T) {
	docs := []Document{
		{Slug: "long", Name: strings.Repeat("a", 1<<16), Description: strings.Repeat("連", 1<<14)},
		{Slug: "invalid", Name: "\xff\xfe\x80", Tagline: "ok\xffok"},
		{Slug: "marks", Name: "z" + strings.Repeat("\u0301", 5000)},
		{Slug: "", Name: "", Installs: -5, Published: -9, Facets: map[Facet][]string{"": {""}, Price: nil}},
		{Slug: "zero\x00", Name: "\u202eevil\u200b", Languages: []string{"de", "de"}},
	}
	ix := Build(slices.Values(docs))
	for text, want := range map[string]string{strings.Repeat("a", 100): "long", "ok": "invalid", "z": "marks", "evil": "zero\x00"} {
		if got := slugs(ix.Search(Query{Text: text})); len(got) == 0 || got[0] != want {
			t.Errorf("%.20q: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"\xff", strings.Repeat("x ", 10_000), strings.Repeat("語", 10_000), "\u0301", "a\x00b"} {
		ix.Search(Query{Text: text, Offset: 1 << 40, Limit: 1 << 40})
	}
	if got := ix.Search(Query{}).Facets[Language]; !slices.Equal(got, []Count{{"de", 1}}) {
		t.Errorf("a language named twice counts %v", got)
	}
}

func TestSearch_overlayOfAnotherIndex(t *testing.T) {
	o := named("x", "y", "z").Overlay(map[Facet]map[string][]string{Installed: {"yes": {"z", "a"}}})
	ix := named("z", "w", "a")
	r := ix.Search(Query{Overlay: o, Filters: map[Facet][]string{Installed: {"yes"}}})
	if want := []string{"a", "z"}; !slices.Equal(slugs(r), want) {
		t.Errorf("installed: %v, want %v", slugs(r), want)
	}
}

func TestSearch_concurrently(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var docs []Document
	for i := range 300 {
		docs = append(docs, randomDocument(r, i))
	}
	ix := Build(slices.Values(docs))
	var queries []Query
	var want []Result
	for range 200 {
		queries = append(queries, randomQuery(r))
		want = append(want, ix.Search(queries[len(queries)-1]))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, q := range queries {
				if got := ix.Search(q); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("query %d gives another answer among others", i)
				}
			}
		})
	}
	wg.Wait()
}
