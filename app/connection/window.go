package connection

import (
	"context"

	"patchbay/app/fault"
)

// WindowKind is how a person signs in.
type WindowKind string

const (
	// Automatic picks the best there is: the first of the others that works.
	Automatic WindowKind = "auto"
	// BrowserPopup is a small window of the person's own browser.
	BrowserPopup WindowKind = "browser_popup"
	// OwnPopup is a window of a second process of this program.
	OwnPopup WindowKind = "own_popup"
	// Tab is a tab of the person's default browser.
	Tab WindowKind = "tab"
)

// Windows opens windows to sign in with.
type Windows interface {
	// Open opens a window and returns once it is known to be there. The window
	// outlives ctx.
	Open(ctx context.Context, w WindowRequest) (Window, error)
}

// WindowRequest says what to open. URL holds nothing secret.
type WindowRequest struct {
	Kind  WindowKind
	URL   string
	Title string
	// NoEmbedding: the provider refuses windows that are not a browser's.
	NoEmbedding bool
}

// Window is an open window. Closed is closed when the person has closed it; it
// is nil where that cannot be known. Close may be called in any state.
type Window interface {
	Kind() WindowKind
	Closed() <-chan struct{}
	Close()
}

// OpenAgain opens the sign-in page once more, in another kind of window.
func (s *Service) OpenAgain(_ context.Context, id string, kind WindowKind) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	if a.now().Phase != Waiting {
		return a.now(), fault.Errorf(fault.Conflict, "this sign-in is not waiting")
	}
	if err := s.openWindow(a, kind); err != nil {
		return Attempt{}, err
	}
	return a.now(), nil
}

// openWindow opens the sign-in page and follows the new window instead of the
// one before. The attempt's own life counts, not that of whoever asked.
func (s *Service) openWindow(a *attempt, kind WindowKind) error {
	a.opening.Lock()
	defer a.opening.Unlock()
	a.mu.Lock()
	launch, before := a.launch, a.window
	a.window = nil
	a.mu.Unlock()
	if before != nil {
		before.Close()
	}
	window, err := s.Windows.Open(a.ctx, WindowRequest{
		Kind: kind, URL: launch(), Title: a.app.Name,
		NoEmbedding: a.app.Provider.EmbeddedWindow == "refused",
	})
	if err != nil {
		return err
	}
	if !a.adopt(window) {
		window.Close() // the attempt ended while the window opened
		return nil
	}
	s.AttemptChanged.Publish(a.id)
	if window.Closed() != nil {
		s.spawn(func() { a.follow(window) })
	}
	return nil
}

// adopt makes window the attempt's, unless the attempt is over.
func (a *attempt) adopt(window Window) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.view.Over() {
		return false
	}
	a.window, a.view.Window, a.view.Err = window, window.Kind(), nil
	return true
}

// follow tells the attempt when the person closes window, unless another has
// taken its place.
func (a *attempt) follow(window Window) {
	select {
	case <-window.Closed():
	case <-a.ctx.Done():
		return
	}
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
