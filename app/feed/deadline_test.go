package feed_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/fault"
	"patchbay/app/feed"
	"patchbay/app/listing"
)

// slow is a server that keeps silent before its headers, and between the parts
// of its body.
type slow struct {
	headers, between time.Duration
	parts            []string
}

func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(s.headers):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(&slowBody{slow: s, request: r})}, nil
}

type slowBody struct {
	slow
	request *http.Request
	within  bool // a part of which some was read
}

func (b *slowBody) Read(p []byte) (int, error) {
	if len(b.parts) == 0 {
		return 0, io.EOF
	}
	if !b.within {
		select {
		case <-time.After(b.between):
		case <-b.request.Context().Done():
			return 0, b.request.Context().Err()
		}
	}
	n := copy(p, b.parts[0])
	b.parts[0] = b.parts[0][n:]
	if b.within = b.parts[0] != ""; !b.within {
		b.parts = b.parts[1:]
	}
	return n, nil
}

// padded is a feed that comes in n parts, each a listing of so many bytes.
func padded(n, size int) []string {
	parts := []string{`{"id":"acme","name":"Acme","listings":[0`}
	for range n {
		parts = append(parts, `,"`+strings.Repeat("x", size)+`"`)
	}
	return append(parts, "]}")
}

func TestFetch_deadlines(t *testing.T) {
	const ever = 24 * time.Hour
	for _, test := range []struct {
		name  string
		from  slow
		want  fault.Code
		after time.Duration
	}{
		{"no headers", slow{headers: ever}, fault.Timeout, 30 * time.Second},
		{"no body", slow{between: ever, parts: padded(0, 0)}, fault.Timeout, 30 * time.Second},
		{"late, but in time", slow{headers: 20 * time.Second, parts: padded(0, 0)}, "", 20 * time.Second},
		{"a byte a second", slow{between: time.Second, parts: padded(1000, 1)}, fault.Timeout, 30 * time.Second},
		{"half a megabyte a second", slow{between: time.Second, parts: padded(100, 512<<10)}, "", 102 * time.Second},
		{"longer than any feed may take", slow{between: time.Second, parts: padded(400, 512<<10)}, fault.Timeout, 5 * time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, _, err := fetch(t, feed.Web{Transport: test.from, Dir: t.TempDir()}, listing.Feed{URL: "https://feeds.example.com"})
				wantCode(t, err, test.want)
				if took := time.Since(start).Truncate(time.Second); took != test.after {
					t.Errorf("it took %v, want %v", took, test.after)
				}
			})
		})
	}
}
