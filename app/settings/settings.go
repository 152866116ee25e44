// Package settings keeps a person's preferences: choices that change how the
// window behaves and that lose nothing when they are forgotten.
package settings

import (
	"context"
	"encoding/json"
	"regexp"
	"sync"
	"sync/atomic"

	"patchbay/app/event"
	"patchbay/app/fault"
)

// Preferences are all choices, each with a default ([Defaults]).
type Preferences struct {
	// ShowSandbox lists the practice apps in Discover.
	ShowSandbox bool `json:"showSandbox"`
	// SignInWindow is "auto", "browser_popup", "own_popup" or "tab".
	SignInWindow string `json:"signInWindow"`
	// Notifications lets alerts reach the desk.
	Notifications bool `json:"notifications"`
	// QuietFrom and QuietTo bound the hours without notifications, as HH:MM in
	// local time; both empty for none. They may span midnight.
	QuietFrom string `json:"quietFrom"`
	QuietTo   string `json:"quietTo"`
	// QuietLetCritical lets critical alerts through the quiet hours.
	QuietLetCritical bool `json:"quietLetCritical"`
	// Closing is what closing the window means: "ask", "watch" (it is hidden and
	// connections are watched) or "quit".
	Closing string `json:"closing"`
	// RailCollapsed shrinks the rail to icons.
	RailCollapsed bool `json:"railCollapsed"`
	// Window is where the window was last, in pixels; zero sizes mean never.
	Window Placement `json:"window"`
}

// Placement is a window's place on the screen.
type Placement struct {
	X, Y, Width, Height int
	Maximised           bool
}

// Defaults are the preferences of a new workspace.
func Defaults() Preferences {
	return Preferences{ShowSandbox: true, SignInWindow: "auto", Notifications: true, QuietLetCritical: true, Closing: "ask"}
}

var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

func (p Preferences) check() error {
	switch p.SignInWindow {
	case "auto", "browser_popup", "own_popup", "tab":
	default:
		return fault.Field("signInWindow", "%q is not a kind of window", p.SignInWindow)
	}
	switch p.Closing {
	case "ask", "watch", "quit":
	default:
		return fault.Field("closing", "%q is not a way to close", p.Closing)
	}
	if p.QuietFrom == "" && p.QuietTo == "" {
		return nil
	}
	for field, value := range map[string]string{"quietFrom": p.QuietFrom, "quietTo": p.QuietTo} {
		if !clock.MatchString(value) {
			return fault.Field(field, "a time looks like 22:00")
		}
	}
	return nil
}

// Store keeps preferences as one JSON document; none yet is fault.NotFound.
type Store interface {
	Preference(ctx context.Context, name string) ([]byte, error)
	SavePreference(ctx context.Context, name string, document []byte) error
}

// Service reads and writes preferences. It is safe for concurrent use.
type Service struct {
	// Changed carries the new preferences.
	Changed event.Topic[Preferences]

	store Store
	mu    sync.Mutex                  // held by who changes
	known atomic.Pointer[Preferences] // as stored; every keystroke in the window asks
}

// New returns a Service over store.
func New(store Store) *Service { return &Service{store: store} }

const name = "preferences"

// Preferences returns what is stored, with defaults for the rest. A document that
// cannot be read counts as none: preferences are not worth an error.
func (s *Service) Preferences(ctx context.Context) (Preferences, error) {
	if known := s.known.Load(); known != nil {
		return *known, nil
	}
	p, err := s.stored(ctx)
	if err == nil {
		s.known.CompareAndSwap(nil, &p) // unless a change was quicker
	}
	return p, err
}

func (s *Service) stored(ctx context.Context) (Preferences, error) {
	p := Defaults()
	document, err := s.store.Preference(ctx, name)
	if fault.CodeOf(err) == fault.NotFound {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	if json.Unmarshal(document, &p) != nil || p.check() != nil {
		return Defaults(), nil
	}
	return p, nil
}

// Change stores the preferences after edit, unless a rule is broken, which is
// fault.Invalid and names the field.
func (s *Service) Change(ctx context.Context, edit func(*Preferences)) (Preferences, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.Preferences(ctx)
	if err != nil {
		return p, err
	}
	edit(&p)
	if err := p.check(); err != nil {
		return p, err
	}
	document, err := json.Marshal(p)
	if err != nil {
		return p, err
	}
	if err := s.store.SavePreference(ctx, name, document); err != nil {
		return p, err
	}
	s.known.Store(&p)
	s.Changed.Publish(p)
	return p, nil
}
