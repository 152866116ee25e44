package story

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/desk"
	"patchbay/e2e/pointer"
)

// Failer is told of the first thing that went wrong; it must not return from
// Fatalf. *testing.T is one.
type Failer interface {
	Helper()
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Setup says where a story plays.
type Setup struct {
	Desk     desk.Options
	Bin      string        // program under test; "" means Binary()
	Args     []string      // its arguments
	Env      []string      // its further KEY=value pairs, such as PATCHBAY_LANG=pl
	Data     string        // its data folder; "" means a new one that ends with the story
	Out      string        // folder for pictures and for what is left of a failure
	Suffix   string        // of the pictures' names, such as "-dark"
	Limit    time.Duration // how long one thing may take; 0 means 10 s
	NoLaunch bool          // the walk starts the program itself, with Launch
}

// Story is a running program and the hand and eyes on it. In makes a Story
// that looks at one part of the screen only. Not for several goroutines.
type Story struct {
	*stage
	scope []atspi.Query // from the outside in
	limit time.Duration
}

// stage is what all views of one story share.
type stage struct {
	Desk    *desk.Desk
	Program *desk.Program // nil before Launch
	Data    string        // data folder of the program
	setup   Setup
	fail    Failer
	bus     *atspi.Bus
	hand    *pointer.Device
	runs    int
}

// Begin brings up a desk and starts the program on it.
func Begin(f Failer, o Setup) *Story {
	f.Helper()
	if o.Limit == 0 {
		o.Limit = 10 * time.Second
	}
	s := &Story{stage: &stage{setup: o, fail: f}, limit: o.Limit}
	if err := s.open(); err != nil {
		s.End()
		f.Fatalf("bring up the desktop: %v", err)
	}
	if !o.NoLaunch {
		s.Launch()
	}
	return s
}

func (s *stage) open() (err error) {
	if s.Desk, err = desk.Start(s.setup.Desk); err != nil {
		return err
	}
	if s.bus, err = atspi.Connect(s.Desk.AccessibilityBus()); err != nil {
		return err
	}
	if s.hand, err = pointer.Open(s.Desk.Display()); err != nil {
		return err
	}
	s.Data = s.setup.Data
	if s.Data == "" {
		s.Data = filepath.Join(s.Desk.Dir(), "data")
	}
	return nil
}

// End takes everything down. It may be called more than once.
func (s *Story) End() {
	if s.hand != nil {
		s.hand.Close()
		s.hand = nil
	}
	if s.bus != nil {
		_ = s.bus.Close()
		s.bus = nil
	}
	if s.Desk != nil {
		s.Desk.Close()
		s.Desk = nil
	}
}

// Launch starts the program, again after Quit or Kill, with further KEY=value
// pairs and the arguments of the setup.
func (s *Story) Launch(env ...string) *desk.Program {
	s.fail.Helper()
	p, err := s.start(s.setup.Args, env)
	if err != nil {
		s.fail.Fatalf("start the program: %v", err)
	}
	s.Program = p
	return p
}

// LaunchWith is Launch with other arguments than those of the setup.
func (s *Story) LaunchWith(args ...string) *desk.Program {
	s.fail.Helper()
	p, err := s.start(args, nil)
	if err != nil {
		s.fail.Fatalf("start the program with %q: %v", args, err)
	}
	s.Program = p
	return p
}

// LaunchSecond starts one more of the program on the same data folder beside
// the first and returns it.
func (s *Story) LaunchSecond(env ...string) *desk.Program {
	s.fail.Helper()
	p, err := s.start(s.setup.Args, env)
	if err != nil {
		s.fail.Fatalf("start the program a second time: %v", err)
	}
	return p
}

func (s *stage) start(args, env []string) (*desk.Program, error) {
	bin := s.setup.Bin
	if bin == "" {
		bin = Binary()
	}
	if _, err := os.Stat(bin); err != nil {
		return nil, err
	}
	s.runs++
	all := append([]string{"PATCHBAY_DATA=" + s.Data}, s.setup.Env...)
	return s.Desk.Launch(runName(s.runs), append(all, env...), bin, args...)
}

// Quit ends the program as a session's end does (SIGTERM).
func (s *Story) Quit() { s.Program.Quit(5 * time.Second) }

// Kill ends the program like a power cut.
func (s *Story) Kill() { s.Program.Kill() }

// Within is the same story with another deadline for each thing.
func (s *Story) Within(limit time.Duration) *Story {
	return &Story{s.stage, s.scope, limit}
}

// In is the story of one part of the screen: a window, a dialog, a list item.
func (s *Story) In(role, name string) *Story {
	scope := append(append([]atspi.Query(nil), s.scope...), query(role, name))
	return &Story{s.stage, scope, s.limit}
}

// Tree is a snapshot of the whole screen.
func (s *Story) Tree() *atspi.Element {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return s.bus.Tree(ctx)
}

func query(role, name string) atspi.Query {
	return atspi.Query{Role: atspi.Role(role), Name: name}
}
