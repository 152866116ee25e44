package feed

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// redirects is how many are followed, all of them to https.
const redirects = 5

// Web fetches feeds over HTTPS. The zero value works, and is safe for concurrent
// use.
type Web struct {
	// Transport carries the requests; nil is a new one with the system's proxy.
	Transport http.RoundTripper
	// Dir is where what is sent is kept while it is read; "" is the system's
	// folder for temporary files.
	Dir string
	// Limits are what a feed may cost; each that is 0 is the usual one.
	Limits Limits
}

// Fetch asks for what f's address holds now, with the validators of the last
// time, so that an unchanged feed costs one short answer. The body is put into a
// file first: a slow or breaking transfer then never holds up the store.
func (w Web) Fetch(ctx context.Context, f listing.Feed, progress func(bytes, size int64)) (listing.Delivery, error) {
	w.Limits = w.Limits.orUsual()
	ctx, patience := withPatience(ctx, w.Limits)
	defer patience.end()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil || request.URL.Scheme != "https" {
		return listing.Delivery{}, fault.Errorf(fault.Invalid, "a feed's address starts with https://")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Accept-Encoding", "zstd, gzip")
	request.Header.Set("User-Agent", "Patchbay")
	setIf(request.Header, "If-None-Match", f.ETag)
	setIf(request.Header, "If-Modified-Since", f.LastModified)
	client := w.client()
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		return listing.Delivery{}, refused(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && f.ETag+f.LastModified != "" {
		return listing.Delivery{Unchanged: true}, nil
	}
	if err := wrongAnswer(response); err != nil {
		return listing.Delivery{}, err
	}
	return w.deliver(ctx, response, patience, progress)
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

func wrongAnswer(response *http.Response) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch status := response.StatusCode; {
	case status == http.StatusTooManyRequests:
		return fault.Errorf(fault.RateLimited, "the feed answered %d", status)
	case status == http.StatusNotFound || status == http.StatusGone:
		return fault.Errorf(fault.NotFound, "there is no feed at this address any more (%d)", status)
	case status != http.StatusOK:
		return fault.Errorf(fault.Unavailable, "the feed answered %d", status)
	case kind == "text/html" || kind == "application/xhtml+xml":
		return fault.Errorf(fault.Invalid, "the address leads to a page, not to a feed")
	}
	return nil
}

func (w Web) client() *http.Client {
	transport := w.Transport
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxResponseHeaderBytes = 64 << 10
		transport = own
	}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if r.URL.Scheme != "https" || len(via) > redirects {
			return errRedirect
		}
		// A feed's address may hold a key that only its own host is to know.
		r.Header.Del("Referer")
		return nil
	}}
}

var errRedirect = errors.New("a redirect that is not followed")

// refused names a request that got no answer. The address stays out of it: it
// may hold a key.
func refused(ctx context.Context, err error) error {
	var e *url.Error
	switch {
	case errors.Is(err, errRedirect):
		return fault.Errorf(fault.Untrusted, "the feed redirects to an address that is not https, or too often")
	case errors.Is(context.Cause(ctx), errImpatient), errors.As(err, &e) && e.Timeout():
		return fault.Errorf(fault.Timeout, "the feed did not answer in time")
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fault.Errorf(fault.Unavailable, "no connection to the feed")
}

// patience ends a request that takes too long: the first deadline is short, and
// what is sent earns more time, so that a large feed has it and one that drips
// does not.
type patience struct {
	cancel context.CancelCauseFunc
	timer  *time.Timer
	start  time.Time
	limits Limits
	sent   int64
}

var errImpatient = errors.New("the feed takes too long")

func withPatience(ctx context.Context, l Limits) (context.Context, *patience) {
	ctx, cancel := context.WithCancelCause(ctx)
	p := &patience{cancel: cancel, start: time.Now(), limits: l}
	p.timer = time.AfterFunc(l.Deadline, func() { cancel(errImpatient) })
	return ctx, p
}

// Write counts what was sent.
func (p *patience) Write(b []byte) (int, error) {
	p.sent += int64(len(b))
	earned := time.Duration(float64(p.sent) / float64(p.limits.Pace) * float64(time.Second))
	p.timer.Reset(time.Until(p.start.Add(min(p.limits.Deadline+earned, p.limits.LongDeadline))))
	return len(b), nil
}

func (p *patience) end() {
	p.timer.Stop()
	p.cancel(nil)
}
