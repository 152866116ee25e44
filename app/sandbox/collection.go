package sandbox

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// collection is one kind of record in an app: its fields and the scopes that
// reading and writing need. Without a write scope the API only reads it.
type collection struct {
	name        string
	prefix      string // of the ids
	read, write string
	unique      string // field whose value no two records share
	fields      []field
}

// field is one field of a record. All values are strings, money apart.
type field struct {
	name     string
	kind     kind
	required bool
	long     bool     // up to 4,000 characters instead of 200
	ref      string   // collection that the value must be an id of
	choices  []string // allowed values; the first is the default
	def      string   // value when none is given
}

type kind int

const (
	text kind = iota
	email
	money    // whole number of cents, at most a billion units
	currency // ISO 4217, "EUR" unless given
)

var currencyPattern = regexp.MustCompile(`^[A-Z]{3}$`)

// fieldError blames one field of a request.
type fieldError struct{ field, reason string }

func (e *fieldError) Error() string { return e.field + " " + e.reason }

// fill checks values against the fields of c and returns those to store. A
// partial fill, for changes, neither asks for required fields nor adds defaults.
func (c collection) fill(values map[string]any, data *accountData, partial bool) (map[string]any, error) {
	out := map[string]any{}
	for name := range values {
		if !slices.ContainsFunc(c.fields, func(f field) bool { return f.name == name }) {
			return nil, &fieldError{name, "is not a field of " + c.name}
		}
	}
	for _, f := range c.fields {
		value, given := values[f.name]
		switch {
		case given && value != nil:
			checked, err := f.check(value, data)
			if err != nil {
				return nil, err
			}
			out[f.name] = checked
		case partial && !given:
		case f.required:
			return nil, &fieldError{f.name, "is required"}
		default:
			out[f.name] = f.fallback()
		}
	}
	return out, nil
}

func (f field) fallback() any {
	switch {
	case f.kind == money:
		return int64(0)
	case f.kind == currency:
		return "EUR"
	case len(f.choices) > 0:
		return f.choices[0]
	}
	return f.def
}

func (f field) check(value any, data *accountData) (any, error) {
	if f.kind == money {
		return f.checkMoney(value)
	}
	s, ok := value.(string)
	s = strings.TrimSpace(s)
	longest := 200
	if f.long {
		longest = 4000
	}
	switch {
	case !ok:
		return nil, &fieldError{f.name, "must be text"}
	case f.required && s == "":
		return nil, &fieldError{f.name, "is required"}
	case utf8.RuneCountInString(s) > longest:
		return nil, &fieldError{f.name, fmt.Sprintf("must have at most %d characters", longest)}
	case f.kind == email && !isEmail(s):
		return nil, &fieldError{f.name, "must be an e-mail address"}
	case f.kind == currency && !currencyPattern.MatchString(s):
		return nil, &fieldError{f.name, "must be a currency code such as EUR"}
	case len(f.choices) > 0 && !slices.Contains(f.choices, s):
		return nil, &fieldError{f.name, "must be one of " + strings.Join(f.choices, ", ")}
	case f.ref != "" && s != "" && data.find(f.ref, s) == nil:
		return nil, &fieldError{f.name, "names nothing in " + f.ref}
	}
	return s, nil
}

func (f field) checkMoney(value any) (any, error) {
	number, ok := value.(json.Number)
	if !ok {
		return nil, &fieldError{f.name, "must be a whole number of cents"}
	}
	cents, err := number.Int64()
	if err != nil || cents < 0 || cents > 1e11 {
		return nil, &fieldError{f.name, "must be a whole number of cents"}
	}
	return cents, nil
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func (d *accountData) find(collection, id string) *record {
	i := slices.IndexFunc(d.Records[collection], func(r *record) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return d.Records[collection][i]
}

// taken returns the other record that has the value of the unique field, or nil.
func (d *accountData) taken(c collection, fields map[string]any, self string) *record {
	value, ok := fields[c.unique]
	if c.unique == "" || !ok {
		return nil
	}
	for _, r := range d.Records[c.name] {
		s, _ := r.Fields[c.unique].(string)
		if r.ID != self && strings.EqualFold(s, value.(string)) {
			return r
		}
	}
	return nil
}

// add stores a new record. The caller has checked the fields.
func (st *state) add(data *accountData, c collection, fields map[string]any, now time.Time) *record {
	st.Revision++
	r := &record{
		ID: fmt.Sprintf("%s_%d", c.prefix, 1000+st.Revision), Revision: st.Revision,
		Created: now.UTC(), Updated: now.UTC(), Fields: fields,
	}
	data.Records[c.name] = append(data.Records[c.name], r)
	return r
}

// public is the record as the API shows it.
func (r *record) public() map[string]any {
	out := map[string]any{"id": r.ID, "created_at": r.Created, "updated_at": r.Updated}
	for name, value := range r.Fields {
		out[name] = value
	}
	return out
}
