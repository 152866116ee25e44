package atspi

import (
	"regexp"
	"strings"
)

// Query says which elements are meant.
type Query struct {
	Role Role   // "" means any, "link|button" one of them; AT-SPI's "push button" works too
	Name string // exact; between slashes it is a regular expression; "" means any
}

// Find lists the matching elements in e, top down in reading order.
func (e *Element) Find(q Query) []*Element {
	var found []*Element
	role, name := q.Role.matcher(), nameMatcher(q.Name)
	e.Walk(func(x *Element) {
		if role(x.Role) && name(x.Name) {
			found = append(found, x)
		}
	})
	return found
}

// FindText lists the innermost elements whose own text or name matches as
// nameMatcher says, with contains instead of equals.
func (e *Element) FindText(text string) []*Element {
	var found []*Element
	match := textMatcher(text)
	e.Walk(func(x *Element) {
		if match(tidy(x.Text)) || match(x.Name) {
			found = append(found, x)
		}
	})
	return innermost(found)
}

func innermost(list []*Element) []*Element {
	var inner []*Element
	for i, e := range list {
		// In reading order whatever stands inside e follows it directly.
		if i+1 == len(list) || !list[i+1].Within(e) {
			inner = append(inner, e)
		}
	}
	return inner
}

func nameMatcher(name string) func(string) bool {
	if name == "" {
		return func(string) bool { return true }
	}
	if re := pattern(name); re != nil {
		return re.MatchString
	}
	return func(s string) bool { return s == name }
}

func textMatcher(text string) func(string) bool {
	if re := pattern(text); re != nil {
		return re.MatchString
	}
	return func(s string) bool { return strings.Contains(s, text) }
}

// pattern is the regular expression between slashes, nil for plain text.
func pattern(s string) *regexp.Regexp {
	if len(s) > 2 && s[0] == '/' && s[len(s)-1] == '/' {
		return regexp.MustCompile(s[1 : len(s)-1])
	}
	return nil
}

// tidy makes one line of a text and takes out the marks of children.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\uFFFC", " ")), " ")
}
