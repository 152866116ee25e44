package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

const (
	// probeEvery is longer than the time between two probes of a practice app.
	probeEvery = 5 * time.Second
	rowLimit   = 10 * time.Second
	patience   = 60 * time.Second
)

// alerts measures the time from a provider's answer, which ends a sign-in, to the
// row of the alert on the screen. The probe hangs at the provider until it is let
// go, so the time counts from just before its answer, and a second question, for a
// renewal, is in it too.
func alerts(o order) (out samples, err error) {
	defer func() {
		if why, stopped := recover().(gaveUp); stopped {
			err = why
		}
	}()
	out = samples{}
	for _, w := range o.Windows {
		if err := alertsOf(w, o.Rounds, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func alertsOf(w window, rounds int, out samples) error {
	s := story.Begin(voice{}, story.Setup{Bin: w.Program, Env: w.Env, Out: filepath.Join(os.TempDir(), "patchbay-measure")})
	defer s.End()
	journey.FirstStart(s)
	s.Type("Search apps", "sandbox c")
	s.Click("link", journey.App)
	journey.Install(s)
	s.Click("tab", "/^Alerts/")
	s.Away()
	screen, err := openScreen(s.Desk.Display())
	if err != nil {
		return err
	}
	defer screen.close()
	id, ok := screen.window(s.Program.Pid())
	if !ok {
		return fmt.Errorf("the window is not there")
	}
	o := &opened{program: s.Program, screen: screen, window: id}
	for range rounds {
		if err := o.alert(w, out); err != nil {
			return err
		}
		mend(s)
	}
	return nil
}

// alert times one.
func (o *opened) alert(w window, out samples) error {
	if err := journey.Command("hang"); err != nil {
		return err
	}
	time.Sleep(probeEvery)
	if err := journey.Command("revoke"); err != nil {
		return err
	}
	before, err := o.rested(w)
	if err != nil {
		return err
	}
	began := time.Now()
	released := make(chan error, 1)
	go func() { released <- journey.Command("mend") }()
	err = await("the alert's row", rowLimit, func() bool {
		now, failed := o.screen.look(o.window, w.Area)
		return failed == nil && now.differs(before)
	})
	if err == nil {
		out.add(w, "row_ms", milliseconds(time.Since(began)))
		err = <-released
	}
	return err
}

// mend signs in again from the alert's card.
func mend(s *story.Story) {
	row := "/^" + journey.App + "/"
	s.Hover("button", row)
	s.Click("button", "Reconnect")
	s.Within(patience).Click("button", "/^Sign in as /")
	s.Click("button", "Allow")
	s.Within(patience).See("heading", "Everything works")
	s.Away()
}

// voice ends a measurement that cannot go on.
type voice struct{}

type gaveUp struct{ error }

func (voice) Helper()             {}
func (voice) Logf(string, ...any) {}
func (voice) Fatalf(format string, args ...any) {
	panic(gaveUp{fmt.Errorf(format, args...)})
}
