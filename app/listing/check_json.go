package listing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	maxDocument = 256 << 10 // one listing
	maxFeed     = 4 << 20   // a feed without its listings
	maxDepth    = 24
)

var (
	errDepth = errors.New("nested too deeply")
	errTwice = errors.New("name given twice")
)

// decode reads JSON more strictly than encoding/json does: duplicate names,
// wrong UTF-8 and deep nesting are refused (RFC 8259 leaves them to the reader,
// so that two readers could see two different listings in one document).
func decode(document []byte, limit int) (any, *Problem) {
	if len(document) > limit {
		return nil, &Problem{"", fmt.Sprintf("the document has %d bytes, more than %d", len(document), limit), "Shorten its texts, or drop what is not needed", 0}
	}
	if !utf8.Valid(document) {
		return nil, &Problem{"", "the document is not UTF-8", "Save it in UTF-8", 0}
	}
	d := decoder{json: json.NewDecoder(bytes.NewReader(document))}
	d.json.UseNumber()
	tree, err := d.value(nil)
	if err == nil {
		_, err = d.json.Token()
		if err == io.EOF {
			return tree, nil
		}
		err = errors.New("more follows after the end")
	}
	return nil, d.problem(document, err)
}

// decoder keeps the trail of names and indexes to where it is, since building a
// pointer for each value would cost more than reading it.
type decoder struct {
	json  *json.Decoder
	trail []any
}

func (d *decoder) problem(document []byte, err error) *Problem {
	line := 1 + bytes.Count(document[:min(int(d.json.InputOffset()), len(document))], []byte("\n"))
	switch {
	case errors.Is(err, errTwice):
		return &Problem{at("", d.trail...), "this name is given a second time", "Keep one of the two", line}
	case errors.Is(err, errDepth):
		return &Problem{at("", d.trail...), fmt.Sprintf("it is nested more than %d levels deep", maxDepth), "Listings are flat; compare with the schema", line}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the document ends too early")
	}
	return &Problem{"", fmt.Sprintf("this is not JSON: %v", err), mendJSON(document, err), line}
}

// mendJSON guesses what the editor or the person at it did.
func mendJSON(document []byte, err error) string {
	switch said := err.Error(); {
	case len(document) == 0:
		return "Write a listing into it"
	case bytes.HasPrefix(document, []byte("\ufeff")):
		return "Save it as UTF-8 without a byte order mark"
	case strings.Contains(said, "character '/'"):
		return "JSON has no comments; remove it"
	case strings.Contains(said, `character '\''`):
		return "Write texts and names in double quotation marks"
	case strings.Contains(said, "character '}' looking for beginning of object key"), strings.Contains(said, "character ']' looking for"):
		return "Remove the comma before it"
	}
	return "Correct the JSON there; often a comma or quotation mark is missing or too many"
}

// value reads what comes next; step is where it stands in its parent. After an
// error the trail leads to the fault.
func (d *decoder) value(step any) (any, error) {
	d.trail = append(d.trail, step)
	if len(d.trail) > maxDepth {
		return nil, errDepth
	}
	token, err := d.json.Token()
	if err != nil {
		return nil, err
	}
	var value any = token
	switch token {
	case json.Delim('{'):
		value, err = d.object()
	case json.Delim('['):
		value, err = d.array()
	}
	if err == nil {
		d.trail = d.trail[:len(d.trail)-1]
	}
	return value, err
}

func (d *decoder) object() (any, error) {
	object := map[string]any{}
	for d.json.More() {
		token, err := d.json.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string)
		if _, twice := object[name]; twice {
			d.trail = append(d.trail, name)
			return nil, errTwice
		}
		if object[name], err = d.value(name); err != nil {
			return nil, err
		}
	}
	_, err := d.json.Token()
	return object, err
}

func (d *decoder) array() (any, error) {
	array := []any{}
	for d.json.More() {
		value, err := d.value(len(array))
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	_, err := d.json.Token()
	return array, err
}
