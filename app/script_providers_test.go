package app_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// providers answers every request to a host with the script's file answers/HOST.
// The practice apps are on this machine and answer themselves.
type providers struct {
	dir  string
	mu   sync.Mutex
	last string // the host that was asked last
}

func (p *providers) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Hostname() == "127.0.0.1" {
		return http.DefaultTransport.RoundTrip(r)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = r.URL.Host
	content, err := os.ReadFile(filepath.Join(p.dir, r.URL.Host))
	if err != nil {
		return nil, err // as a host that is not there
	}
	status := http.StatusOK
	if _, err := os.Stat(filepath.Join(p.dir, r.URL.Host+".refuses")); err == nil {
		status = http.StatusUnauthorized
	}
	return &http.Response{
		StatusCode: status, Request: r, Body: io.NopCloser(bytes.NewReader(content)),
		Header: http.Header{"Content-Type": {"application/json"}},
	}, nil
}

// asked checks which host was asked last, and forgets it.
func asked(ts *testscript.TestScript, fails bool, args []string) {
	p := of(ts).providers
	p.mu.Lock()
	defer p.mu.Unlock()
	if (p.last == args[0]) == fails {
		ts.Fatalf("the provider that was asked last is %q", p.last)
	}
	p.last = ""
}
