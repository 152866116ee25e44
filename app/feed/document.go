package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// reader goes through a feed document value by value.
type reader struct {
	*jsontext.Decoder
	meter *meter
}

// newReader leaves to the check of each listing what is a listing's own matter.
func newReader(m *meter) *reader {
	return &reader{jsontext.NewDecoder(m, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)), m}
}

// value reads one value. The bytes are good until the next is read.
func (r *reader) value() (jsontext.Value, error) {
	r.meter.mark = r.InputOffset()
	v, err := r.ReadValue()
	return v, broken(err)
}

// expect reads one bracket.
func (r *reader) expect(kind jsontext.Kind) error {
	r.meter.mark = r.InputOffset()
	token, err := r.ReadToken()
	if err != nil {
		return broken(err)
	}
	if token.Kind() != kind {
		return fault.Errorf(fault.Invalid, "the document is not a feed")
	}
	return nil
}

// broken names an error of reading; one with a code stays what it is, without
// what the decoder says about it.
func broken(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	}
	return fault.Errorf(fault.Invalid, "the feed is not a complete JSON document")
}

// walk goes through the top level of a feed document and hands every name to
// visit, which must read the value. A name given twice is refused: two readers
// would see two feeds.
func (r *reader) walk(visit func(name string) error) error {
	if err := r.expect('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.PeekKind() == '"' {
		r.meter.mark = r.InputOffset()
		token, err := r.ReadToken()
		if err != nil {
			return broken(err)
		}
		name := token.String()
		if seen[name] {
			return fault.Errorf(fault.Invalid, "the feed gives one of its fields twice")
		}
		seen[name] = true
		if err := visit(name); err != nil {
			return err
		}
	}
	if err := r.expect('}'); err != nil {
		return err
	}
	if _, err := r.ReadToken(); !errors.Is(err, io.EOF) {
		return fault.Errorf(fault.Invalid, "something follows the feed")
	}
	return nil
}

// elements hands every element of the array that comes next to visit.
func (r *reader) elements(visit func([]byte) error) error {
	if err := r.expect('['); err != nil {
		return err
	}
	for kind := r.PeekKind(); kind != ']' && kind != 0; kind = r.PeekKind() {
		element, err := r.value()
		if err != nil {
			return err
		}
		if err := visit(element); err != nil {
			return err
		}
	}
	return r.expect(']')
}

// listingsField is the field of a feed that is read one element at a time.
const listingsField = "listings"

// readHead reads everything but the listings, and in doing so finds out whether
// the document is whole.
func (b *body) readHead() (h head, err error) {
	m, done, err := b.plain()
	if err != nil {
		return h, err
	}
	defer done()
	r := newReader(m)
	rest, size, count := map[string]json.RawMessage{}, 0, 0
	err = r.walk(func(name string) error {
		if name == listingsField {
			return r.elements(func([]byte) error {
				if count++; count > b.limits.Count {
					return fault.Errorf(fault.Untrusted, "the feed has more than %d listings", b.limits.Count)
				}
				return nil
			})
		}
		value, err := r.value()
		if size += len(name) + len(value); err == nil && size > b.limits.Head {
			err = fault.Errorf(fault.Untrusted, "what the feed says of itself is too long")
		}
		rest[name] = bytes.Clone(value)
		return err
	})
	if err != nil {
		return h, err
	}
	h, err = checkHead(rest)
	h.Count = count
	return h, err
}

func checkHead(rest map[string]json.RawMessage) (h head, err error) {
	document, err := json.Marshal(rest)
	if err != nil {
		return h, broken(err)
	}
	if problems := listing.CheckFeed(document); len(problems) > 0 {
		return h, fault.Errorf(fault.Invalid, "%s", problems[0])
	}
	return h, broken(json.Unmarshal(document, &h))
}

// readListings yields the listings. One that is too large is yielded cut, so that
// its check sets it aside.
func (b *body) readListings(yield func([]byte, error) bool) {
	m, done, err := b.plain()
	if err != nil {
		yield(nil, err)
		return
	}
	defer done()
	r := newReader(m)
	err = r.walk(func(name string) error {
		if name != listingsField {
			_, err := r.value()
			return err
		}
		return r.elements(func(element []byte) error {
			if !yield(bytes.Clone(element[:min(len(element), b.limits.Document+1)]), nil) {
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
