package oauth

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/url"
	"unicode/utf8"
)

// fields reads the body as a flat or nested object. It goes by what the body
// looks like, since some providers send JSON as text/plain and others forms.
func (a *answer) fields() (map[string]any, error) {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.body, []byte("\xef\xbb\xbf")))
	if !utf8.Valid(body) {
		return nil, errors.New("not UTF-8")
	}
	if len(body) > 0 && body[0] == '{' {
		return decodeObject(body)
	}
	media, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	if media == "application/x-www-form-urlencoded" || media == "text/plain" {
		return decodeForm(string(body))
	}
	return nil, errors.New("not JSON")
}

// decodeObject decodes one JSON object and nothing after it. A name that occurs
// twice is refused: which of the two counts is where readers differ and attacks
// begin (RFC 8259 §4). Numbers stay json.Number, for ids of more than 53 bits.
func decodeObject(body []byte) (map[string]any, error) {
	if !json.Valid(body) {
		return nil, errors.New("not JSON")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	value, err := decodeValue(d, 0)
	if err != nil {
		return nil, err
	}
	return value.(map[string]any), nil
}

// deepest is how far objects may nest; an honest answer needs three levels.
const deepest = 32

func decodeValue(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil || depth > deepest {
		return nil, errors.New("nested too deeply")
	}
	switch token {
	case json.Delim('{'):
		return decodeMembers(d, depth)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decodeValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

func decodeMembers(d *json.Decoder, depth int) (any, error) {
	members := map[string]any{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		key := name.(string)
		if _, twice := members[key]; twice {
			return nil, errors.New("a name occurs twice")
		}
		if members[key], err = decodeValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return members, err
}

func decodeForm(body string) (map[string]any, error) {
	values, err := url.ParseQuery(body)
	if err != nil || !values.Has("access_token") && !values.Has("error") {
		return nil, errors.New("neither JSON nor a form")
	}
	members := map[string]any{}
	for name, list := range values {
		if len(list) > 1 {
			return nil, errors.New("a name occurs twice")
		}
		members[name] = list[0]
	}
	return members, nil
}
