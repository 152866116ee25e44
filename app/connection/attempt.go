package connection

import (
	"context"
	"slices"
	"sync"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// Phase says how far a sign-in has come.
type Phase string

// The phases. Done, Declined, Shut, Canceled and Broken are ends.
const (
	Opening   Phase = "opening"
	Waiting   Phase = "waiting"
	Finishing Phase = "finishing"
	Choosing  Phase = "choosing"
	Picking   Phase = "picking"
	Done      Phase = "done"
	Declined  Phase = "declined"
	Shut      Phase = "closed"
	Canceled  Phase = "canceled"
	Broken    Phase = "failed"
)

// Attempt is one try at signing in, as a person should see it.
type Attempt struct {
	ID        string
	App       App
	Reconnect string // the connection that is renewed; "" for a new one
	Phase     Phase
	Host      string // whom the person signs in to, ASCII
	URL       string // to open by hand; "" once the attempt is over
	Window    WindowKind
	UserCode  string // to be typed at VerifyURL, for device sign-in
	VerifyURL string
	Expires   time.Time // when UserCode stops working, UTC; zero without one
	Err       error     // why, in Declined and Broken; in Waiting, why no window opened
	// Connection is the result, once Done; while Choosing, the one that is renewed.
	Connection string
	Account    string // whose account it is or was
	Other      string // while Choosing, the account that came back instead
	// Options are, while Picking, what the connection can be for; What says what
	// they are, in the listing's words ("Organisation").
	What    string
	Options []Option
	// Pastes: the answer goes to this web page, and the person brings the address
	// at which the browser arrived.
	Pastes string
}

// Over reports whether nothing more will happen.
func (a Attempt) Over() bool {
	switch a.Phase {
	case Done, Declined, Shut, Canceled, Broken:
		return true
	}
	return false
}

// attempt is the running side of an Attempt.
type attempt struct {
	id     string
	app    App
	renews string // the connection that is renewed, or ""
	ctx    context.Context
	cancel context.CancelFunc
	shut   chan struct{} // told when the person closes the window; holds one

	opening sync.Mutex // held while a window opens, so that there is one at most

	mu      sync.Mutex
	view    Attempt
	decided chan string                // while Choosing or Picking; holds one
	launch  func() string              // makes what a window opens; each works once
	paste   func(address string) error // nil unless a person brings the answer
	window  Window
	ended   time.Time
}

// Choice is what to do when a sign-in came back with another account.
type Choice string

// The choices when another account came back: keep the old account and drop the new sign-in, replace the old
// account by the new one, or add the new one as a second account.
const (
	Keep    Choice = "keep"
	Replace Choice = "replace"
	Add     Choice = "add"
)

// ConnectOptions is what is entered before signing in.
type ConnectOptions struct {
	Variables map[string]string
	Optional  []string // optional scopes that are wanted too
	Window    WindowKind
	Key       oauth.Secret // for apps that take an API key
}

// Attempt returns how the attempt called id stands. Attempts are forgotten some
// time after their end, ten minutes at least.
func (s *Service) Attempt(id string) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	return a.now(), nil
}

// Cancel ends an attempt. One that is over, or whose answer has come and is being
// stored, is not changed by it.
func (s *Service) Cancel(id string) error {
	a, err := s.attempt(id)
	if err == nil {
		a.cancel()
	}
	return err
}

// Resolve answers an attempt that is Choosing, with a [Choice], or Picking, with
// the value of an [Option]; any other attempt is fault.Conflict.
func (s *Service) Resolve(id string, decision Choice) (Attempt, error) {
	a, err := s.attempt(id)
	if err == nil {
		err = a.decide(string(decision))
	}
	if err != nil {
		return Attempt{}, err
	}
	s.AttemptChanged.Publish(id)
	return a.now(), nil
}

// decide takes the one answer to what the attempt asks.
func (a *attempt) decide(decision string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var may []string
	switch a.view.Phase {
	case Choosing:
		may = []string{string(Keep), string(Replace), string(Add)}
	case Picking:
		for _, o := range a.view.Options {
			may = append(may, o.Value)
		}
	default:
		return fault.Errorf(fault.Conflict, "this sign-in is not waiting for a choice")
	}
	if !slices.Contains(may, decision) {
		return fault.Field("choice", "%q is not a choice", clean(decision))
	}
	a.decided <- decision
	a.view.Phase = Finishing
	return nil
}

// choosing is how long a person may think about a choice.
const choosing = 15 * time.Minute

// askPerson shows a choice, waits for the person's decision and returns it; "" when
// none came in time or the attempt was cancelled.
func (s *Service) askPerson(a *attempt, show func(*Attempt)) string {
	decided := make(chan string, 1)
	a.mu.Lock()
	a.decided = decided
	a.mu.Unlock()
	s.show(a, show)
	timer := time.NewTimer(choosing)
	defer timer.Stop()
	select {
	case decision := <-decided:
		return decision
	case <-timer.C:
	case <-a.ctx.Done():
	}
	return ""
}

func (a *attempt) now() Attempt {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view
}

func (s *Service) attempt(id string) (*attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.attempts[id]
	if !ok {
		return nil, fault.Errorf(fault.NotFound, "no sign-in %s", id)
	}
	return a, nil
}

// start registers a new attempt. One that is under way for the same purpose is
// cancelled: the person began anew.
func (s *Service) start(app App, renews, account string) *attempt {
	ctx, cancel := context.WithCancel(s.life)
	a := &attempt{
		id: newID(), app: app, renews: renews, ctx: ctx, cancel: cancel, shut: make(chan struct{}, 1),
	}
	a.view = Attempt{ID: a.id, App: app, Reconnect: renews, Account: account, Phase: Opening}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, other := range s.attempts {
		if other.app.Slug == app.Slug && other.renews == renews {
			other.cancel()
		}
		if other.endedBefore(s.Now().Add(-10 * time.Minute)) {
			delete(s.attempts, id)
		}
	}
	s.attempts[a.id] = a
	return a
}

func (a *attempt) endedBefore(t time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !a.ended.IsZero() && a.ended.Before(t)
}

// stopRenewing cancels the sign-ins that would renew a connection.
func (s *Service) stopRenewing(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.attempts {
		if a.renews == id {
			a.cancel()
		}
	}
}

func (s *Service) forget(a *attempt) {
	a.cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.attempts, a.id)
}

// show changes what a person sees of a and says so.
func (s *Service) show(a *attempt, edit func(*Attempt)) {
	a.mu.Lock()
	edit(&a.view)
	a.mu.Unlock()
	s.AttemptChanged.Publish(a.id)
}

// finish shows the end of a.
func (s *Service) finish(a *attempt, edit func(*Attempt)) {
	a.mu.Lock()
	edit(&a.view)
	a.view.URL, a.view.UserCode, a.view.VerifyURL = "", "", ""
	a.ended = s.Now()
	window := a.window
	a.window = nil
	a.mu.Unlock()
	a.cancel()
	if window != nil {
		window.Close()
	}
	s.AttemptChanged.Publish(a.id)
}
