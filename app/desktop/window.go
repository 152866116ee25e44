package desktop

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
)

var _ connection.Windows = (*Windows)(nil)

// PopupFlag starts this program as a sign-in window: a second process whose only
// window goes to the address on its standard input, and to which nothing is
// bound.
const PopupFlag = "--popup"

// Windows opens sign-in windows. The zero value works.
type Windows struct {
	// Browser is the program of a Chromium-family browser; "" looks for one.
	Browser string
	// Executable is this program; "" is the one that runs.
	Executable string

	settle, handOver time.Duration // 0 for the usual
}

// PopupWidth and PopupHeight are the size of a sign-in window in pixels: what
// providers design their popups for.
const (
	PopupWidth  = 520
	PopupHeight = 720
)

// Open opens a window of the kind asked for. Automatic takes the first that
// works: a popup of the person's own browser, our own popup unless the provider
// refuses it, a tab.
func (w *Windows) Open(ctx context.Context, r connection.WindowRequest) (connection.Window, error) {
	kinds := []connection.WindowKind{r.Kind}
	if r.Kind == connection.Automatic || r.Kind == "" {
		kinds = []connection.WindowKind{connection.BrowserPopup, connection.OwnPopup, connection.Tab}
	}
	var failed error
	for _, kind := range kinds {
		window, err := w.open(ctx, kind, r)
		if err == nil {
			return window, nil
		}
		failed = errors.Join(failed, err)
	}
	return nil, fault.Errorf(fault.NoBrowser, "open a sign-in window: %w", failed)
}

func (w *Windows) open(ctx context.Context, kind connection.WindowKind, r connection.WindowRequest) (connection.Window, error) {
	switch kind {
	case connection.BrowserPopup:
		return w.browserPopup(r)
	case connection.OwnPopup:
		if r.NoEmbedding {
			return nil, errors.New("the provider refuses windows that are not a browser's")
		}
		return w.ownPopup(r)
	case connection.Tab:
		return tab{}, OpenLink(ctx, r.URL)
	}
	return nil, errors.New("unknown kind of window")
}

// browserPopup opens a window without tabs of the person's own browser, so that
// their sessions, passkeys and password manager are there.
func (w *Windows) browserPopup(r connection.WindowRequest) (connection.Window, error) {
	browser := w.Browser
	if browser == "" {
		browser = findBrowser()
	}
	if browser == "" {
		return nil, errors.New("no Chromium-family browser found")
	}
	command := exec.Command(browser, "--app="+r.URL,
		fmt.Sprintf("--window-size=%d,%d", PopupWidth, PopupHeight), "--no-first-run", "--no-default-browser-check")
	p, err := w.start(connection.BrowserPopup, command)
	if err != nil {
		return nil, err
	}
	// A browser that cannot run says so at once.
	select {
	case <-p.exited:
		if p.failed {
			return nil, errors.New("the browser did not start")
		}
	case <-time.After(cmp.Or(w.settle, settleTime)):
	}
	return p, nil
}

// settleTime is how long a program may take to fail at its start.
const settleTime = 700 * time.Millisecond

// handOverTime is how long a browser may take to hand the address to an instance
// of it that already runs, and to end without an error. After that, its end is
// the end of the window.
const handOverTime = 3 * time.Second

func (w *Windows) ownPopup(r connection.WindowRequest) (connection.Window, error) {
	program := w.Executable
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	command := exec.Command(program, PopupFlag)
	// The popup reads the title up to the end of the line.
	title := strings.Join(strings.Fields(r.Title), " ")
	command.Stdin = strings.NewReader(title + "\n" + r.URL + "\n")
	p, err := w.start(connection.OwnPopup, command)
	if err != nil {
		return nil, err
	}
	select {
	case <-p.exited:
		return nil, errors.New("the popup did not start")
	case <-time.After(cmp.Or(w.settle, settleTime) / 2):
	}
	return p, nil
}

// process is a window that lives as long as a process of ours, as far as one can
// tell.
type process struct {
	kind    connection.WindowKind
	command *exec.Cmd
	exited  chan struct{} // closed when the process has ended
	failed  bool          // valid once exited is closed
	closed  chan struct{} // closed when the window has
	once    sync.Once
}

func (w *Windows) start(kind connection.WindowKind, command *exec.Cmd) (*process, error) {
	own(command)
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &process{kind: kind, command: command, exited: make(chan struct{}), closed: make(chan struct{})}
	handOver := time.Now().Add(cmp.Or(w.handOver, handOverTime))
	go func() {
		p.failed = command.Wait() != nil
		close(p.exited)
		// Of a window that another instance shows nobody can tell when it closes.
		if kind == connection.OwnPopup || p.failed || time.Now().After(handOver) {
			close(p.closed)
		}
	}()
	return p, nil
}

// Kind implements connection.Window.
func (p *process) Kind() connection.WindowKind { return p.kind }

// Closed implements connection.Window.
func (p *process) Closed() <-chan struct{} { return p.closed }

// Close implements connection.Window.
func (p *process) Close() {
	p.once.Do(func() {
		select {
		case <-p.exited: // its number may be another process's by now
		default:
			end(p.command)
		}
	})
}

// tab is a page in the default browser: nobody can tell when it is closed.
type tab struct{}

// Kind implements connection.Window.
func (tab) Kind() connection.WindowKind { return connection.Tab }

// Closed implements connection.Window.
func (tab) Closed() <-chan struct{} { return nil }

// Close implements connection.Window.
func (tab) Close() {}

// findBrowser returns the program of the first Chromium-family browser there is.
func findBrowser() string {
	for _, candidate := range browsers() {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	return ""
}
