package app_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"patchbay/app/connection"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/net/html"
)

func closeWindow(ts *testscript.TestScript, _ bool, _ []string) { of(ts).windows.last(ts).Close() }

// browse follows the sign-in as a person with one account would: the first
// account, then Allow or Decline.
func browse(ts *testscript.TestScript, _ bool, args []string) {
	window := of(ts).windows.last(ts)
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	client := &http.Client{Jar: jar, Timeout: patience}
	page, err := client.Get(window.url)
	ts.Check(err)
	page = press(ts, client, page, "account", "")
	page = press(ts, client, page, "decision", args[0])
	_ = page.Body.Close()
}

// press submits the form of the first button with that name and, unless empty,
// value.
func press(ts *testscript.TestScript, client *http.Client, page *http.Response, name, value string) *http.Response {
	defer page.Body.Close()
	root, err := html.Parse(page.Body)
	ts.Check(err)
	form, button := find(root, nil, name, value)
	if form == nil {
		ts.Fatalf("no button %s %s on %s (%s)", name, value, page.Request.URL.Path, page.Status)
	}
	values := url.Values{}
	for input := range form.Descendants() {
		if input.Data == "input" && attr(input, "name") != "" {
			values.Set(attr(input, "name"), attr(input, "value"))
		}
	}
	values.Set(name, attr(button, "value"))
	action, err := page.Request.URL.Parse(attr(form, "action"))
	ts.Check(err)
	request, err := http.NewRequest(http.MethodPost, action.String(), strings.NewReader(values.Encode()))
	ts.Check(err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", page.Request.URL.Scheme+"://"+page.Request.URL.Host)
	next, err := client.Do(request)
	ts.Check(err)
	return next
}

// find returns the button and the form around it.
func find(n, form *html.Node, name, value string) (*html.Node, *html.Node) {
	if n.Data == "form" {
		form = n
	}
	if n.Data == "button" && attr(n, "name") == name && (value == "" || attr(n, "value") == value) {
		return form, n
	}
	for c := range n.ChildNodes() {
		if f, b := find(c, form, name, value); b != nil {
			return f, b
		}
	}
	return nil, nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// windows remembers what would have been opened.
type windows struct {
	mu     sync.Mutex
	opened []*window
}

type window struct {
	url    string
	once   sync.Once
	closed chan struct{}
}

func (w *windows) Open(_ context.Context, r connection.WindowRequest) (connection.Window, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	opened := &window{url: r.URL, closed: make(chan struct{})}
	w.opened = append(w.opened, opened)
	return opened, nil
}

// last waits for the newest window that is still open.
func (w *windows) last(ts *testscript.TestScript) *window {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		w.mu.Lock()
		n := len(w.opened)
		if n > 0 {
			newest := w.opened[n-1]
			w.mu.Unlock()
			select {
			case <-newest.closed:
				continue
			default:
				return newest
			}
		}
		w.mu.Unlock()
	}
	ts.Fatalf("no sign-in window was opened")
	return nil
}

func (w *window) Kind() connection.WindowKind { return connection.OwnPopup }
func (w *window) Closed() <-chan struct{}     { return w.closed }
func (w *window) Close()                      { w.once.Do(func() { close(w.closed) }) }
