package story

import (
	"fmt"
	"strings"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/desk"
)

// See waits until there is such an element and returns it as it was then.
func (s *Story) See(role, name string) *atspi.Element {
	s.fail.Helper()
	var seen *atspi.Element
	s.until(fmt.Sprintf("see %s %q", role, name), func(views []*atspi.Element) (err error) {
		seen, err = pick(views, query(role, name))
		return err
	})
	return seen
}

// SeeText waits until the text, or a match of a /pattern/, can be read.
func (s *Story) SeeText(text string) *atspi.Element {
	s.fail.Helper()
	var seen *atspi.Element
	s.until(fmt.Sprintf("see the text %q", text), func(views []*atspi.Element) error {
		for _, v := range views {
			if found := v.FindText(text); len(found) > 0 {
				seen = found[0]
				return nil
			}
		}
		return errAbsent
	})
	return seen
}

// SeeState waits until such an element has all of the states.
func (s *Story) SeeState(role, name string, state atspi.State) *atspi.Element {
	s.fail.Helper()
	var seen *atspi.Element
	s.until(fmt.Sprintf("see %s %q (%s)", role, name, state|atspi.Enabled|atspi.Showing), func(views []*atspi.Element) error {
		return each(views, query(role, name), func(e *atspi.Element) error {
			seen = e
			if !e.State.Has(state) {
				return fmt.Errorf("it is %s", e)
			}
			return nil
		})
	})
	return seen
}

// SeeDisabled waits until such an element is there and cannot be used.
func (s *Story) SeeDisabled(role, name string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see %s %q disabled", role, name), func(views []*atspi.Element) error {
		return each(views, query(role, name), func(e *atspi.Element) error {
			if e.State.Has(atspi.Enabled) {
				return fmt.Errorf("it is enabled")
			}
			return nil
		})
	})
}

// Gone waits until there is no such element.
func (s *Story) Gone(role, name string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see no %s %q", role, name), func(views []*atspi.Element) error {
		if e, err := pick(views, query(role, name)); err == nil {
			return fmt.Errorf("%s is there", e)
		}
		return nil
	})
}

// GoneText waits until the text cannot be read.
func (s *Story) GoneText(text string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see no text %q", text), func(views []*atspi.Element) error {
		for _, v := range views {
			if found := v.FindText(text); len(found) > 0 {
				return fmt.Errorf("%s is there", found[0])
			}
		}
		return nil
	})
}

// Count waits until there are exactly n such elements.
func (s *Story) Count(n int, role, name string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see %d of %s %q", n, role, name), func(views []*atspi.Element) error {
		found := 0
		for _, v := range views {
			found += len(v.Find(query(role, name)))
		}
		if found != n {
			return fmt.Errorf("there are %d", found)
		}
		return nil
	})
}

// Has reports at once whether there is such an element.
func (s *Story) Has(role, name string) bool {
	_, err := pick(s.views(s.Tree()), query(role, name))
	return err == nil
}

// Notice waits until the desktop was asked to show a notification whose title
// and body together contain all of the texts, and returns it.
func (s *Story) Notice(texts ...string) desk.Notice {
	s.fail.Helper()
	var seen desk.Notice
	s.until(fmt.Sprintf("be notified of %q", texts), func([]*atspi.Element) error {
		notices := s.Desk.Notices()
		for _, n := range notices {
			if containsAll(n.Title+"\n"+n.Body, texts) {
				seen = n
				return nil
			}
		}
		return fmt.Errorf("notifications so far: %+v", notices)
	})
	return seen
}

// Active waits until the window that keys go to has the title, "" for none.
func (s *Story) Active(title string) {
	s.fail.Helper()
	s.until(fmt.Sprintf("see the window %q in front", title), func([]*atspi.Element) error {
		got, err := s.Desk.ActiveWindow()
		if err == nil && got != title {
			err = fmt.Errorf("%q is", got)
		}
		return err
	})
}

// Reads waits until the program's log contains the text.
func (s *Story) Reads(p *desk.Program, text string) {
	s.fail.Helper()
	deadline := time.Now().Add(s.limit)
	for !strings.Contains(p.Log(), text) {
		if time.Now().After(deadline) {
			s.giveUp(fmt.Sprintf("read %q on the terminal", text), fmt.Errorf("it says %q", p.Log()), s.Tree())
		}
		time.Sleep(pause)
	}
}

// each calls test for the matches until one passes; the last error otherwise.
func each(views []*atspi.Element, q atspi.Query, test func(*atspi.Element) error) error {
	err := errAbsent
	for _, v := range views {
		for _, e := range v.Find(q) {
			if err = test(e); err == nil {
				return nil
			}
		}
	}
	return err
}

func containsAll(text string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}
