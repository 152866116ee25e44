package listing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/language"
)

// checkCharacters refuses what can be read one way and mean another: control
// characters, bidi overrides (CVE-2021-42574) and characters without width.
// Line feeds and tabs are fine.
func checkCharacters(r *report, tree any, trail ...any) {
	switch node := tree.(type) {
	case string:
		checkHidden(r, node, trail)
	case []any:
		for i, item := range node {
			checkCharacters(r, item, append(trail, i)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(node)) {
			checkHidden(r, name, trail)
			checkCharacters(r, node[name], append(trail, name)...)
		}
	}
}

func checkHidden(r *report, s string, trail []any) {
	if c, found := hiddenCharacter(s); found {
		r.add(at("", trail...), fmt.Sprintf("it holds the invisible character U+%04X", c), "Remove it; typing the text anew is the easiest way")
	}
}

func hiddenCharacter(s string) (rune, bool) {
	for _, c := range s {
		visible := c >= ' ' && c < 0x7f || c == '\n' || c == '\t'
		if !visible && hidden(c) {
			return c, true
		}
	}
	return 0, false
}

// hidden says whether a character leaves no mark of its own. Format characters
// (Cf) include the zero-width and bidi ones, but also tags and soft hyphens; the
// Hangul fillers are letters that look like nothing.
func hidden(c rune) bool {
	return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) ||
		c == '\u3164' || c == '\u115f' || c == '\u1160' || c == '\uffa0'
}

func checkLanguages(r *report, l Listing) {
	for i, tag := range l.Languages {
		checkLanguage(r, at("/languages", i), tag)
	}
	for i, s := range l.Resources.Support {
		for j, tag := range s.Languages {
			checkLanguage(r, at("/resources/support", i, "languages", j), tag)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(l.Texts)) {
		checkLanguage(r, at("/texts", tag), tag)
	}
}

func checkLanguage(r *report, path, tag string) {
	parsed, err := language.Parse(tag)
	if err != nil || parsed.String() != tag {
		r.add(path, fmt.Sprintf("%q is not a language tag as BCP 47 writes them", tag), "Use a tag such as en, pl or pt-BR")
	}
}

// markdown is made once: building a parser costs more than a listing's text.
var markdown = sync.OnceValue(goldmark.DefaultParser)

func checkMarkdown(r *report, l Listing) {
	checkMarkdownText(r, "/description", l.Description)
	for _, tag := range slices.Sorted(maps.Keys(l.Texts)) {
		checkMarkdownText(r, at("/texts", tag, "description"), l.Texts[tag].Description)
	}
}

func checkMarkdownText(r *report, path, source string) {
	if !strings.ContainsAny(source, "<!:") {
		return
	}
	document := markdown().Parse(text.NewReader([]byte(source)))
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML:
			r.add(path, "it holds HTML", "Write it in Markdown")
			return ast.WalkStop, nil
		case *ast.Image:
			r.add(path, "it holds an image", "Put pictures into screenshots")
			return ast.WalkStop, nil
		case *ast.Link:
			if !strings.HasPrefix(string(n.Destination), "https://") {
				r.add(path, fmt.Sprintf("it links to %s", shorten(string(n.Destination))), "Link to https addresses only")
			}
		}
		return ast.WalkContinue, nil
	})
}
