package connection

import (
	"context"
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
	URL       string // to open by hand; ends with the attempt
	Window    WindowKind
	UserCode  string
	VerifyURL string
	Err       error // set in Declined and Broken
	// Connection is the result, once Done; while Choosing, the one that is renewed.
	Connection string
	Account    string // whose account it is or was
	Other      string // while Choosing, the account that came back instead
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
	cancel context.CancelFunc
	choice chan Choice

	mu     sync.Mutex
	view   Attempt
	launch string
	window Window
	shut   chan struct{} // told when the person closes the window; holds one
}

// Choice is what to do when a sign-in came back with another account.
type Choice string

// The choices: keep the old account and drop the new sign-in, replace the old
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

// Attempt returns how the attempt called id stands. Attempts are forgotten ten
// minutes after their end.
func (s *Service) Attempt(id string) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view, nil
}

// Cancel ends an attempt; ending one that is over changes nothing.
func (s *Service) Cancel(id string) error {
	a, err := s.attempt(id)
	if err == nil {
		a.cancel()
	}
	return err
}

// Resolve answers an attempt that is Choosing.
func (s *Service) Resolve(id string, choice Choice) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	if choice != Keep && choice != Replace && choice != Add {
		return Attempt{}, fault.Field("choice", "%q is not a choice", choice)
	}
	select {
	case a.choice <- choice:
		return s.Attempt(id)
	default:
		return Attempt{}, fault.Errorf(fault.Conflict, "this sign-in is not waiting for a choice")
	}
}

// OpenAgain opens the sign-in page once more, in another kind of window.
func (s *Service) OpenAgain(ctx context.Context, id string, kind WindowKind) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	if view, _ := s.Attempt(id); view.Phase != Waiting {
		return view, fault.Errorf(fault.Conflict, "this sign-in is not waiting")
	}
	if err := s.openWindow(ctx, a, kind); err != nil {
		return Attempt{}, err
	}
	return s.Attempt(id)
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

// show changes what a person sees of a and says so.
func (s *Service) show(a *attempt, edit func(*Attempt)) {
	a.mu.Lock()
	edit(&a.view)
	id := a.view.ID
	a.mu.Unlock()
	s.AttemptChanged.Publish(id)
}

// finish shows the end of a and forgets it later.
func (s *Service) finish(a *attempt, edit func(*Attempt)) {
	s.show(a, edit)
	a.mu.Lock()
	window, id := a.window, a.view.ID
	a.mu.Unlock()
	if window != nil {
		window.Close()
	}
	a.cancel()
	time.AfterFunc(10*time.Minute, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.attempts, id)
	})
}

// openWindow opens the sign-in page and follows the new window instead of the
// one before.
func (s *Service) openWindow(ctx context.Context, a *attempt, kind WindowKind) error {
	a.mu.Lock()
	app, launch, before := a.view.App, a.launch, a.window
	a.window = nil
	a.mu.Unlock()
	if before != nil {
		before.Close()
	}
	window, err := s.Windows.Open(ctx, WindowRequest{
		Kind: kind, URL: launch, Title: app.Name,
		NoEmbedding: app.Provider.EmbeddedWindow == "refused",
	})
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.window = window
	a.mu.Unlock()
	s.show(a, func(v *Attempt) { v.Window = window.Kind() })
	go s.follow(a, window)
	return nil
}

// follow reports the closing of window, unless another has taken its place.
func (s *Service) follow(a *attempt, window Window) {
	if window.Closed() == nil {
		return
	}
	<-window.Closed()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.window != window {
		return
	}
	a.window = nil
	select {
	case a.shut <- struct{}{}:
	default:
	}
}
