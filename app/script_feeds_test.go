package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"patchbay/app/bridge"
)

// feeds answers requests for https://feeds.example/NAME with the script's file
// feeds/NAME. While held, it sends the first half only.
type feeds struct {
	dir  string
	mu   sync.Mutex
	held chan struct{} // closed when the rest may go; nil: nothing is held
}

func (f *feeds) RoundTrip(r *http.Request) (*http.Response, error) {
	content, err := os.ReadFile(filepath.Join(f.dir, path.Base(r.URL.Path)))
	if err != nil {
		return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody, Header: http.Header{}, Request: r}, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	half := len(content) / 2
	return &http.Response{
		StatusCode: http.StatusOK, Request: r, ContentLength: int64(len(content)),
		Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(io.MultiReader(
			bytes.NewReader(content[:half]), after{f.held, bytes.NewReader(content[half:])},
		)),
	}, nil
}

// after is what can be read once it is let go.
type after struct {
	held chan struct{}
	io.Reader
}

func (a after) Read(p []byte) (int, error) {
	if a.held != nil {
		<-a.held
	}
	return a.Reader.Read(p)
}

func holdFeeds(ts *testscript.TestScript, _ bool, _ []string) {
	f := of(ts).feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held = make(chan struct{})
}

func sendFeeds(ts *testscript.TestScript, _ bool, _ []string) {
	f := of(ts).feeds
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.held)
	f.held = nil
}

// addFeed begins to add the feed called NAME; how it ends shows in Catalogue.Feeds.
func addFeed(ts *testscript.TestScript, _ bool, args []string) {
	s := of(ts)
	go func() { _, _ = s.invoke([]string{"Catalogue.AddFeed", `"https://feeds.example/` + args[0] + `"`}) }()
}

// syncFeed brings the feed called NAME up to date.
func syncFeed(ts *testscript.TestScript, fails bool, args []string) {
	answer, err := of(ts).invoke([]string{"Catalogue.Feeds"})
	ts.Check(err)
	var feeds []bridge.Feed
	ts.Check(json.Unmarshal([]byte(answer), &feeds))
	for _, f := range feeds {
		if path.Base(f.URL) == args[0] {
			call(ts, fails, []string{"Catalogue.SyncFeed", strconv.Quote(f.ID)})
			return
		}
	}
	ts.Fatalf("there is no feed %s", args[0])
}

// hears waits until the window has heard an event, and forgets what it heard.
func hears(ts *testscript.TestScript, _ bool, args []string) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if of(ts).window.heard(args[0]) {
			return
		}
	}
	ts.Fatalf("the window never heard %s", args[0])
}

// hearing is a window that remembers which events it heard.
type hearing struct {
	nobody
	mu     sync.Mutex
	events []string
}

func (h *hearing) Emit(event string, _ any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, event)
}

func (h *hearing) heard(event string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !slices.Contains(h.events, event) {
		return false
	}
	h.events = nil
	return true
}
