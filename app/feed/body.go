package feed

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// body is what a feed sent, kept in a file until it has been read.
type body struct {
	file     *os.File
	encoding string
	limits   Limits
}

// deliver keeps the body and prepares reading it.
func (w Web) deliver(ctx context.Context, response *http.Response, p *patience, progress func(bytes, size int64)) (listing.Delivery, error) {
	b, err := w.keep(ctx, response, p, progress)
	if err != nil {
		return listing.Delivery{}, err
	}
	h, err := b.readHead()
	if err != nil {
		return listing.Delivery{}, errors.Join(err, b.discard())
	}
	return listing.Delivery{
		ID: h.ID, Name: h.Name, Collections: h.Collections,
		Count: h.Count, ETag: validator(response, "ETag"), LastModified: validator(response, "Last-Modified"),
		Documents: b.readListings, Close: b.discard,
	}, nil
}

// validator returns a header that is sent back next time, unless it is too long
// to be one.
func validator(response *http.Response, name string) string {
	const longest = 1024
	if value := response.Header.Get(name); len(value) <= longest {
		return value
	}
	return ""
}

func (w Web) keep(ctx context.Context, response *http.Response, p *patience, progress func(bytes, size int64)) (*body, error) {
	file, err := os.CreateTemp(w.Dir, "patchbay-feed-*")
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "keep the feed for reading: %w", err)
	}
	b := &body{file, strings.ToLower(response.Header.Get("Content-Encoding")), w.Limits}
	size := max(response.ContentLength, 0)
	sent := &source{r: io.TeeReader(response.Body, p), tell: func(n int64) { progress(n, size) }}
	n, err := io.Copy(file, io.LimitReader(sent, w.Limits.Sent+1))
	switch {
	case errors.Is(context.Cause(ctx), errImpatient):
		err = fault.Errorf(fault.Timeout, "the feed was not sent in time")
	case ctx.Err() != nil:
		err = ctx.Err() // nobody waits any more, even if it has come whole
	case sent.err != nil:
		err = fault.Errorf(fault.Unavailable, "the feed broke off")
	case err != nil:
		err = fault.Errorf(fault.StorageFailed, "keep the feed for reading: %w", err)
	case n > w.Limits.Sent:
		err = fault.Errorf(fault.Untrusted, "the feed is larger than %d MB", w.Limits.Sent>>20)
	default:
		return b, nil
	}
	return nil, errors.Join(err, b.discard())
}

// source tells how much was read, and remembers that reading failed, which
// io.Copy does not tell from writing.
type source struct {
	r    io.Reader
	tell func(sent int64)
	sent int64
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.sent += int64(n)
	s.tell(s.sent)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func (b *body) discard() error { return errors.Join(b.file.Close(), os.Remove(b.file.Name())) }

// plain returns the decompressed content from its start.
func (b *body) plain() (m *meter, done func(), err error) {
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, fault.Errorf(fault.StorageFailed, "read the feed: %w", err)
	}
	packed := bufio.NewReaderSize(b.file, 64<<10)
	metered := func(r io.Reader) *meter { return &meter{r: r, limits: b.limits} }
	switch b.encoding {
	case "", "identity":
		return metered(packed), func() {}, nil
	case "gzip", "x-gzip":
		r, err := gzip.NewReader(packed)
		if err != nil {
			return nil, nil, fault.Errorf(fault.Invalid, "the feed is not gzip as it says")
		}
		return metered(r), func() { _ = r.Close() }, nil
	case "zstd":
		r, err := zstd.NewReader(packed, zstd.WithDecoderMaxWindow(64<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, fault.Errorf(fault.Invalid, "the feed is not zstd as it says")
		}
		return metered(r), r.Close, nil
	}
	return nil, nil, fault.Errorf(fault.Invalid, "the feed is compressed in an unknown way")
}
