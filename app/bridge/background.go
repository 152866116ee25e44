package bridge

import (
	"context"

	"patchbay/app/fault"
	"patchbay/app/settings"
)

// Autostart starts Patchbay, hidden, when the person logs in.
type Autostart interface {
	On() (bool, error)
	Switch(on bool) error
}

// Stays is asked by the window when somebody closes it, and reports whether it
// is to stay. What closing means is the person's choice; without one they are
// asked, once, if there is anything to watch. Closing the window over that
// question quits: a page that no longer answers must not hold a person.
func (b *Bridge) Stays() bool {
	ctx, done := b.ctx()
	defer done()
	b.mu.Lock()
	leaves := b.quitting || b.asked
	b.mu.Unlock()
	p, err := b.Settings.Preferences(ctx)
	switch {
	case leaves, err != nil, p.Closing == "quit":
		return false
	case p.Closing == "watch":
		b.frame().Hide()
		return true
	}
	if all, err := b.Connections.List(ctx); err != nil || len(all) == 0 {
		return false
	}
	b.ask(true)
	b.frame().Emit(CloseAsked, hint{})
	return true
}

func (b *Bridge) ask(asked bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = asked
}

// Leave ends the program, whatever closing the window means.
func (b *Bridge) Leave() {
	b.mu.Lock()
	b.quitting = true
	b.mu.Unlock()
	b.frame().Quit()
}

// closeAs follows the answer to what closing the window means: "watch" and "quit"
// are kept for the next time, "stay" leaves everything as it is.
func (b *Bridge) closeAs(ctx context.Context, answer string) error {
	b.ask(false)
	if answer == "stay" {
		return nil
	}
	if answer != "watch" && answer != "quit" {
		return fault.Field("answer", "%q is no answer", answer)
	}
	_, err := b.Settings.Change(ctx, func(p *settings.Preferences) { p.Closing = answer })
	if answer == "quit" {
		b.Leave()
	} else if err == nil {
		b.frame().Hide()
	}
	return err
}

// Close answers what closing the window means: "watch", "quit" or "stay".
func (s *System) Close(answer string) (err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return s.b.closeAs(ctx, answer)
}

// Quit ends Patchbay, so that nothing is watched.
func (s *System) Quit() (err error) {
	defer guard(&err)
	s.b.Leave()
	return nil
}

// StartsAtLogin reports whether Patchbay starts when the person logs in.
func (s *Settings) StartsAtLogin() (_ bool, err error) {
	defer guard(&err)
	return s.b.Autostart.On()
}

// StartAtLogin switches starting at login, hidden, on or off, and returns how it
// is now.
func (s *Settings) StartAtLogin(on bool) (_ bool, err error) {
	defer guard(&err)
	if err := s.b.Autostart.Switch(on); err != nil {
		return false, err
	}
	return s.b.Autostart.On()
}
