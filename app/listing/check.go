package listing

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Problem is one thing that is wrong with a document, said so that the person
// who wrote it can mend it without knowing JSON Schema.
type Problem struct {
	// Path is the JSON pointer (RFC 6901) of the wrong value; "" is the document.
	Path string
	// Message says what is wrong, as a sentence without full stop.
	Message string
	// Mend says what to do about it, as a sentence without full stop.
	Mend string
	// Line is where the document stops being JSON that can be read, from 1. It is
	// 0 for every other problem; [Line] finds those.
	Line int
}

// String is the problem on one line: where, what, and how to mend it.
func (p Problem) String() string {
	where := p.Path
	if where == "" {
		where = "document"
	}
	return fmt.Sprintf("%s: %s. %s.", where, p.Message, p.Mend)
}

// maxProblems bounds what a hostile document can make us write about it.
const maxProblems = 100

// Check holds one listing document against the schema and against the rules
// that a schema cannot say. It returns nil when the document may be published,
// else at most 100 problems in the order of discovery. The rules beyond the
// schema are looked at only when the schema holds. It is safe for concurrent use.
func Check(document []byte) []Problem {
	_, problems := inspect(document)
	return problems
}

// inspect is Check for who needs the listing as well. Of a document with
// problems it may hold no more than the slug.
func inspect(document []byte) (l Listing, problems []Problem) {
	tree, problem := decode(document, maxDocument)
	if problem != nil {
		return l, []Problem{*problem}
	}
	r := &report{}
	checkSchema(r, listingSchema(), tree)
	checkCharacters(r, tree)
	if len(r.problems) > 0 {
		if object, ok := tree.(map[string]any); ok {
			l.Slug, _ = object["slug"].(string)
		}
		return l, r.problems
	}
	l, err := Parse(document)
	if err != nil {
		r.add("", "a number does not fit its field", "Use smaller whole numbers")
		return l, r.problems
	}
	for _, rule := range rules {
		rule(r, l)
	}
	return l, r.problems
}

// CheckFeed holds a feed's own fields (id, name, collections) against the feed
// schema, of at most 4 MiB. Leave the listings out, or see to it that they are
// few: they are not looked at, since [Check] takes them one by one.
func CheckFeed(document []byte) []Problem {
	tree, problem := decode(document, maxFeed)
	if problem != nil {
		return []Problem{*problem}
	}
	r := &report{}
	checkSchema(r, feedSchema(), tree)
	checkCharacters(r, tree)
	return r.problems
}

var rules = []func(*report, Listing){
	checkLanguages,
	checkMarkdown,
	checkLinks,
	checkPricing,
	checkKind,
	checkVariables,
	checkHosts,
	checkScopes,
	checkParameters,
	checkAnswers,
	checkDurations,
	checkConnectionRequests,
	checkOperations,
}

// report gathers problems, and keeps compiled patterns: one stands in many hosts.
type report struct {
	problems []Problem
	patterns map[string]*regexp.Regexp
}

// pattern compiles an expression of the document once.
func (r *report) pattern(expression string) (*regexp.Regexp, error) {
	if compiled, ok := r.patterns[expression]; ok {
		return compiled, nil
	}
	compiled, err := regexp.Compile(expression)
	if err == nil {
		if r.patterns == nil {
			r.patterns = map[string]*regexp.Regexp{}
		}
		r.patterns[expression] = compiled
	}
	return compiled, err
}

func (r *report) add(path, message, mend string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, Problem{Path: path, Message: message, Mend: mend})
	}
}

// addOnce is add for what several parts of a document would report alike.
func (r *report) addOnce(path, message, mend string) {
	if p := (Problem{Path: path, Message: message, Mend: mend}); !slices.Contains(r.problems, p) {
		r.add(path, message, mend)
	}
}

var pointerEscape = strings.NewReplacer("~", "~0", "/", "~1")

// at appends steps (names or indexes) to a JSON pointer; nil is no step.
func at(path string, steps ...any) string {
	var b strings.Builder
	b.WriteString(path)
	for _, step := range steps {
		if step == nil {
			continue
		}
		b.WriteByte('/')
		switch s := step.(type) {
		case int:
			b.WriteString(strconv.Itoa(s))
		case string:
			b.WriteString(pointerEscape.Replace(s))
		}
	}
	return b.String()
}

// shorten keeps a quoted value from filling the screen.
func shorten(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
