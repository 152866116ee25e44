package feed

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// Limits of what a feed over the network may cost.
const (
	headersDeadline = 30 * time.Second
	bodyDeadline    = 5 * time.Minute
	sentLimit       = 256 << 20 // bytes over the network
	plainLimit      = 2 << 30   // bytes after decompression
	countLimit      = 1_000_000 // listings
	documentLimit   = 256 << 10 // bytes of one listing
	redirects       = 5
)

// Web fetches feeds over HTTPS. The zero value works.
type Web struct {
	// Transport carries the requests; nil is a new one with the system's proxy.
	Transport http.RoundTripper
}

// Fetch asks for what f's address holds now, with the validators of the last
// time, so that an unchanged feed costs one short answer. The body is put into a
// file first: a slow or breaking transfer then never holds up the store.
func (w Web) Fetch(ctx context.Context, f listing.Feed) (listing.Delivery, error) {
	ctx, cancel := context.WithTimeout(ctx, bodyDeadline)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil || request.URL.Scheme != "https" {
		return listing.Delivery{}, fault.Errorf(fault.Invalid, "a feed's address starts with https://")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Accept-Encoding", "zstd, gzip")
	request.Header.Set("User-Agent", "Patchbay")
	setIf(request.Header, "If-None-Match", f.ETag)
	setIf(request.Header, "If-Modified-Since", f.LastModified)
	response, err := w.client().Do(request)
	if err != nil {
		return listing.Delivery{}, refused(err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotModified && f.ETag+f.LastModified != "":
		return listing.Delivery{Unchanged: true}, nil
	case response.StatusCode == http.StatusTooManyRequests:
		return listing.Delivery{}, fault.Errorf(fault.RateLimited, "the feed answered %d", response.StatusCode)
	case response.StatusCode != http.StatusOK:
		return listing.Delivery{}, fault.Errorf(fault.Unavailable, "the feed answered %d", response.StatusCode)
	}
	return w.deliver(response)
}

func setIf(h http.Header, name, value string) {
	if value != "" {
		h.Set(name, value)
	}
}

func (w Web) client() *http.Client {
	transport := w.Transport
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.ResponseHeaderTimeout = headersDeadline
		own.MaxResponseHeaderBytes = 64 << 10
		transport = own
	}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if r.URL.Scheme != "https" || len(via) > redirects {
			return errRedirect
		}
		return nil
	}}
}

var errRedirect = errors.New("a redirect that is not followed")

// refused names a request that got no answer. The address stays out of it.
func refused(err error) error {
	var e *url.Error
	switch {
	case errors.Is(err, errRedirect):
		return fault.Errorf(fault.Untrusted, "the feed redirects to an address that is not https, or too often")
	case errors.As(err, &e) && e.Timeout():
		return fault.Errorf(fault.Timeout, "the feed did not answer in time")
	case errors.Is(err, context.Canceled):
		return err
	}
	return fault.Errorf(fault.Unavailable, "no connection to the feed")
}

// deliver saves the body and prepares reading it.
func (w Web) deliver(response *http.Response) (d listing.Delivery, err error) {
	if kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); kind == "text/html" {
		return d, fault.Errorf(fault.Invalid, "the address leads to a page, not to a feed")
	}
	file, err := os.CreateTemp("", "patchbay-feed-*")
	if err != nil {
		return d, fault.Errorf(fault.StorageFailed, "keep the feed for reading: %w", err)
	}
	discard := func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }
	defer func() {
		if err != nil {
			_ = discard()
		}
	}()
	n, err := io.Copy(file, io.LimitReader(response.Body, sentLimit+1))
	switch {
	case err != nil:
		return d, fault.Errorf(fault.Unavailable, "the feed broke off")
	case n > sentLimit:
		return d, fault.Errorf(fault.Untrusted, "the feed is larger than %d MB", sentLimit>>20)
	}
	encoding := strings.ToLower(response.Header.Get("Content-Encoding"))
	h, err := readHead(file, encoding)
	if err != nil {
		return d, err
	}
	return listing.Delivery{
		ID: h.ID, Name: h.Name, Collections: h.Collections,
		ETag: response.Header.Get("ETag"), LastModified: response.Header.Get("Last-Modified"),
		Documents: func(yield func([]byte, error) bool) { readListings(file, encoding, yield) },
		Close:     discard,
	}, nil
}

// plain returns the decompressed content of file from its start.
func plain(file *os.File, encoding string) (io.Reader, func(), error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, fault.Errorf(fault.StorageFailed, "read the feed: %w", err)
	}
	bounded := func(r io.Reader) io.Reader { return &limited{r, plainLimit} }
	switch encoding {
	case "", "identity":
		return bounded(bufio.NewReader(file)), func() {}, nil
	case "gzip":
		r, err := gzip.NewReader(bufio.NewReader(file))
		if err != nil {
			return nil, nil, fault.Errorf(fault.Invalid, "the feed is not gzip as it says")
		}
		return bounded(r), func() { _ = r.Close() }, nil
	case "zstd":
		r, err := zstd.NewReader(bufio.NewReader(file), zstd.WithDecoderMaxMemory(128<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, fault.Errorf(fault.Invalid, "the feed is not zstd as it says")
		}
		return bounded(r), r.Close, nil
	}
	return nil, nil, fault.Errorf(fault.Invalid, "the feed is compressed in an unknown way")
}

// limited ends with an error, not with the end of the file, where too much comes.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fault.Errorf(fault.Untrusted, "the feed unpacks to more than %d GB", plainLimit>>30)
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// walk goes through the top level of a feed document and hands every value to
// visit, which must read it.
func walk(d *json.Decoder, visit func(name string) error) error {
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return broken(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return broken(err)
		}
		text, _ := name.(string) // a name is always text
		if err := visit(text); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fault.Errorf(fault.Invalid, "something follows the feed")
	}
	return nil
}

func broken(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fault.Errorf(fault.Invalid, "the feed is not a complete JSON document")
}

// elements hands every element of the array that comes next to visit.
func elements(d *json.Decoder, visit func(json.RawMessage) error) error {
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return broken(err)
	}
	for d.More() {
		var element json.RawMessage
		if err := d.Decode(&element); err != nil {
			return broken(err)
		}
		if err := visit(element); err != nil {
			return err
		}
	}
	_, err := d.Token()
	if err != nil {
		return broken(err)
	}
	return nil
}

// readHead reads everything but the listings, and in doing so finds out whether
// the document is whole.
func readHead(file *os.File, encoding string) (h head, err error) {
	r, done, err := plain(file, encoding)
	if err != nil {
		return h, err
	}
	defer done()
	d := json.NewDecoder(r)
	rest, count := map[string]json.RawMessage{}, 0
	err = walk(d, func(name string) error {
		if name == "listings" {
			return elements(d, func(json.RawMessage) error {
				if count++; count > countLimit {
					return fault.Errorf(fault.Untrusted, "the feed has more than %d listings", countLimit)
				}
				return nil
			})
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return broken(err)
		}
		if len(value) > 4<<20 {
			return fault.Errorf(fault.Untrusted, "the feed's %q is too large", "head")
		}
		rest[name] = value
		return nil
	})
	if err != nil {
		return h, err
	}
	document, err := json.Marshal(rest)
	if err != nil {
		return h, broken(err)
	}
	if problems := listing.CheckFeed(document); len(problems) > 0 {
		return h, fault.Errorf(fault.Invalid, "%s", problems[0])
	}
	return h, json.Unmarshal(document, &h)
}

// readListings yields the listings. One that is too large is yielded cut, so that
// its check sets it aside.
func readListings(file *os.File, encoding string, yield func([]byte, error) bool) {
	r, done, err := plain(file, encoding)
	if err != nil {
		yield(nil, err)
		return
	}
	defer done()
	d := json.NewDecoder(r)
	err = walk(d, func(name string) error {
		if name != "listings" {
			var skip json.RawMessage
			return d.Decode(&skip)
		}
		return elements(d, func(element json.RawMessage) error {
			if !yield(element[:min(len(element), documentLimit+1)], nil) {
				return errEnough
			}
			return nil
		})
	})
	if err != nil && !errors.Is(err, errEnough) {
		yield(nil, err)
	}
}

var errEnough = errors.New("the reader has had enough")
