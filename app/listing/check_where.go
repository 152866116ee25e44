package listing

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Line is the line, from 1, on which the value at a JSON pointer (RFC 6901)
// begins, or the innermost value around it that is there. Where the document
// stops being JSON, so does the search.
func Line(document []byte, pointer string) int {
	f := finder{json: json.NewDecoder(bytes.NewReader(document)), document: document}
	steps := strings.Split(pointer, "/")
	for _, step := range steps[1:] {
		if !f.into(pointerUnescape.Replace(step)) {
			break
		}
	}
	return 1 + bytes.Count(document[:f.found], []byte("\n"))
}

var pointerUnescape = strings.NewReplacer("~1", "/", "~0", "~")

// finder stands before a value; found is where the last one that was looked for begins.
type finder struct {
	json     *json.Decoder
	document []byte
	found    int
}

// into moves to the value that step names in the object or list that comes next.
func (f *finder) into(step string) bool {
	open, err := f.json.Token()
	if err != nil {
		return false
	}
	for i := 0; f.json.More(); i++ {
		before := f.next()
		name := any(strconv.Itoa(i))
		if open == json.Delim('{') {
			if name, err = f.json.Token(); err != nil {
				return false
			}
		}
		if name == step {
			f.found = before
			return true
		}
		var skipped json.RawMessage
		if f.json.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}

// next is where the next name or value begins.
func (f *finder) next() int {
	at := int(f.json.InputOffset())
	return at + len(f.document[at:]) - len(bytes.TrimLeft(f.document[at:], " \t\r\n,"))
}
