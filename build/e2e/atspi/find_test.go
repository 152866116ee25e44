package atspi

import (
	"strings"
	"testing"
)

// page is a small snapshot: a window with a list of two apps.
func page() *Element {
	in := func(role Role, name, text string, children ...*Element) *Element {
		e := &Element{Role: role, Name: name, Text: text, State: Enabled | Showing, Children: children}
		for _, c := range children {
			c.Parent = e
		}
		return e
	}
	return in("desktop", "", "", in("application", "patchbay", "", in("window", "Patchbay", "",
		in("list", "Apps", "",
			in("list item", "Sandbox CRM", "\uFFFC\uFFFC", in("paragraph", "", "Contacts and deals"), in("button", "Open", "")),
			in("list item", "Sandbox Chat", "\uFFFC", in("link", "Open", ""))))))
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		query Query
		want  int
	}{
		{Query{"button", "Open"}, 1},
		{Query{"push button", "Open"}, 1},
		{Query{"link|button", "Open"}, 2},
		{Query{"", "Open"}, 2},
		{Query{"list item", "/^Sandbox C/"}, 2},
		{Query{"list item", "Sandbox"}, 0},
		{Query{"list item", ""}, 2},
		{Query{"tab", "Open"}, 0},
	} {
		if got := len(page().Find(c.query)); got != c.want {
			t.Errorf("%+v finds %d, want %d", c.query, got, c.want)
		}
	}
}

func TestFindTextIsInnermost(t *testing.T) {
	found := page().FindText("Contacts")
	if len(found) != 1 || found[0].Role != "paragraph" {
		t.Fatalf("found %v, want the paragraph alone", found)
	}
	if list := page().FindText("/^Sandbox C[RM]+$/"); len(list) != 1 || list[0].Name != "Sandbox CRM" {
		t.Fatalf("found %v, want the list item", list)
	}
}

func TestWindowAndContent(t *testing.T) {
	button := page().Find(Query{"button", "Open"})[0]
	if w := button.Window(); w == nil || w.Name != "Patchbay" {
		t.Errorf("window %v, want Patchbay", w)
	}
	if got := button.Parent.Content(); got != "Contacts and deals Open" {
		t.Errorf("content %q", got)
	}
	if !button.Within(button.Parent) || button.Within(page()) {
		t.Error("Within mistakes what holds the button")
	}
}

func TestDumpSeenLeavesOutWhatIsScrolledAway(t *testing.T) {
	root := page()
	root.Find(Query{"link", "Open"})[0].State = Enabled
	var all, seen strings.Builder
	root.Dump(&all)
	root.DumpSeen(&seen)
	if !strings.Contains(all.String(), `link "Open" (out of view)`) {
		t.Errorf("the dump lacks the link:\n%s", all.String())
	}
	if strings.Contains(seen.String(), "link") {
		t.Errorf("the dump of what is seen has the link:\n%s", seen.String())
	}
}

func TestStateWords(t *testing.T) {
	for _, c := range []struct {
		state State
		want  string
	}{
		{Enabled | Showing, ""},
		{Enabled | Showing | Focused | Checked, "checked focused"},
		{Showing, "disabled"},
		{Enabled | Expanded, "expanded out of view"},
	} {
		if got := c.state.String(); got != c.want {
			t.Errorf("%b is %q, want %q", c.state, got, c.want)
		}
	}
}
