package connection

import "context"

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
// is nil where that cannot be known.
type Window interface {
	Kind() WindowKind
	Closed() <-chan struct{}
	Close()
}
