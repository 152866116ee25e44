package story

import (
	"errors"
	"time"

	"patchbay/e2e/atspi"
)

// pause is the least rest between two looks at the screen; it is as long
// as the look took else, so that looking does not keep the program from working.
const pause = 40 * time.Millisecond

// until looks at the screen until try succeeds; what says it in a failure.
// Try gets the parts of the screen that the story looks at.
func (s *Story) until(what string, try func(views []*atspi.Element) error) {
	s.fail.Helper()
	deadline := time.Now().Add(s.limit)
	for {
		began := time.Now()
		tree := s.Tree()
		took := time.Since(began)
		err := try(s.views(tree))
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			s.giveUp(what, err, tree)
		}
		time.Sleep(max(pause, took))
	}
}

// Until waits for something that is not on the screen, such as a file.
func (s *Story) Until(what string, try func() error) {
	s.fail.Helper()
	s.until(what, func([]*atspi.Element) error { return try() })
}

// views narrows the tree down to the scope; none if its place is not there.
func (s *Story) views(tree *atspi.Element) []*atspi.Element {
	views := []*atspi.Element{tree}
	for _, q := range s.scope {
		var inner []*atspi.Element
		for _, v := range views {
			inner = append(inner, v.Find(q)...)
		}
		views = inner
	}
	return views
}

var errAbsent = errors.New("it is not there")

// pick is the match that a person would take: one in view and enabled before
// any other, else the first.
func pick(views []*atspi.Element, q atspi.Query) (*atspi.Element, error) {
	var first *atspi.Element
	for _, v := range views {
		for _, e := range v.Find(q) {
			if e.State.Has(atspi.Showing | atspi.Enabled) {
				return e, nil
			}
			if first == nil {
				first = e
			}
		}
	}
	if first == nil {
		return nil, errAbsent
	}
	return first, nil
}
