package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	keptRecords = 1000 // per collection and account; more would make the file slow
	keptReplies = 200
	replyLife   = 24 * time.Hour
	longestBody = 64 << 10
)

// apiError is an answer of the API other than success.
type apiError struct {
	status        int
	code, message string
}

func (e *apiError) Error() string { return e.message }

// page selects records: in the order in which they last changed, so that
// next_cursor is also where a later poll goes on.
type page struct {
	after   int64
	since   time.Time
	limit   int
	filters map[string]string
}

// list answers GET: limit (1 to 100, 50 if absent), cursor (next_cursor of an
// earlier answer), since (RFC 3339, changed after it), and any field by value.
func (a *api) list(c collection) func(http.ResponseWriter, *http.Request, caller) {
	return func(w http.ResponseWriter, r *http.Request, who caller) {
		p, err := parsePage(r.URL.Query(), c)
		if err != nil {
			a.fail(w, err)
			return
		}
		items, cursor, more := []map[string]any{}, p.after, false
		a.store.view(func(st *state) {
			found := p.of(st.Apps[a.app.slug].Accounts[who.account.ID].Records[c.name])
			more = len(found) > p.limit
			for _, rec := range found[:min(len(found), p.limit)] {
				items, cursor = append(items, rec.public()), rec.Revision
			}
		})
		writeJSON(w, http.StatusOK, map[string]any{"items": items, "next_cursor": fmt.Sprintf("r%d", cursor), "has_more": more})
	}
}

func parsePage(q url.Values, c collection) (page, error) {
	p := page{limit: 50, filters: map[string]string{}}
	var err error
	for name := range q {
		value := q.Get(name)
		switch {
		case name == "limit":
			p.limit, err = strconv.Atoi(value)
			if err != nil || p.limit < 1 || p.limit > 100 {
				err = errors.New("must be from 1 to 100")
			}
		case name == "cursor":
			p.after, err = strconv.ParseInt(strings.TrimPrefix(value, "r"), 10, 64)
		case name == "since":
			p.since, err = time.Parse(time.RFC3339, value)
		case slices.ContainsFunc(c.fields, func(f field) bool { return f.name == name }):
			p.filters[name] = value
		default:
			err = errors.New("is not known here")
		}
		if err != nil {
			return page{}, &apiError{http.StatusBadRequest, "invalid_parameter", "the parameter " + name + " is wrong"}
		}
	}
	return p, nil
}

func (p page) of(records []*record) []*record {
	found := slices.DeleteFunc(slices.Clone(records), func(r *record) bool {
		if r.Revision <= p.after || !r.Updated.After(p.since) {
			return true
		}
		for name, value := range p.filters {
			if !strings.EqualFold(plain(r.Fields[name]), value) {
				return true
			}
		}
		return false
	})
	slices.SortFunc(found, func(a, b *record) int { return int(a.Revision - b.Revision) })
	return found
}

// plain is a stored value as text. Numbers come back from the file as float64.
func plain(value any) string {
	switch v := value.(type) {
	case float64:
		return strconv.FormatInt(int64(v), 10)
	case nil:
		return ""
	}
	return fmt.Sprint(value)
}

func (a *api) one(c collection) func(http.ResponseWriter, *http.Request, caller) {
	return func(w http.ResponseWriter, r *http.Request, who caller) {
		var found map[string]any
		a.store.view(func(st *state) {
			if rec := st.Apps[a.app.slug].Accounts[who.account.ID].find(c.name, r.PathValue("id")); rec != nil {
				found = rec.public()
			}
		})
		if found == nil {
			a.fail(w, &apiError{http.StatusNotFound, "not_found", "no such record in " + c.name})
			return
		}
		writeJSON(w, http.StatusOK, found)
	}
}

// create answers POST. With an Idempotency-Key a repeat within a day makes
// nothing and answers with what the first one made.
func (a *api) create(c collection) func(http.ResponseWriter, *http.Request, caller) {
	return func(w http.ResponseWriter, r *http.Request, who caller) {
		body, values, err := readBody(r)
		if err != nil {
			a.fail(w, err)
			return
		}
		key := r.Header.Get("Idempotency-Key")
		var made map[string]any
		var replayed bool
		err = a.store.update(func(st *state) error {
			data := st.Apps[a.app.slug].Accounts[who.account.ID]
			rec, again, err := data.replay(c, key, body, a.now())
			if err == nil && rec == nil {
				rec, err = st.create(data, c, values, a.now())
				data.remember(c, key, body, rec, a.now())
			}
			if err == nil {
				made, replayed = rec.public(), again
			}
			return err
		})
		if err != nil {
			a.fail(w, err)
			return
		}
		if replayed {
			w.Header().Set("Idempotent-Replayed", "true")
		}
		w.Header().Set("Location", r.URL.Path+"/"+made["id"].(string))
		writeJSON(w, http.StatusCreated, made)
	}
}

func (st *state) create(data *accountData, c collection, values map[string]any, now time.Time) (*record, error) {
	fields, err := c.fill(values, data, false)
	if err != nil {
		return nil, err
	}
	if other := data.taken(c, fields, ""); other != nil {
		return nil, &apiError{http.StatusConflict, "already_exists", "the same " + c.unique + " is in " + other.ID}
	}
	if len(data.Records[c.name]) >= keptRecords {
		return nil, &apiError{http.StatusConflict, "full", "the sandbox holds no more; reset its data on the control page"}
	}
	return st.add(data, c, fields, now), nil
}

// change answers PATCH: fields that are given change, null empties.
func (a *api) change(c collection) func(http.ResponseWriter, *http.Request, caller) {
	return func(w http.ResponseWriter, r *http.Request, who caller) {
		_, values, err := readBody(r)
		if err != nil {
			a.fail(w, err)
			return
		}
		var changed map[string]any
		err = a.store.update(func(st *state) error {
			data := st.Apps[a.app.slug].Accounts[who.account.ID]
			rec := data.find(c.name, r.PathValue("id"))
			if rec == nil {
				return &apiError{http.StatusNotFound, "not_found", "no such record in " + c.name}
			}
			fields, err := c.fill(values, data, true)
			if err != nil {
				return err
			}
			if other := data.taken(c, fields, rec.ID); other != nil {
				return &apiError{http.StatusConflict, "already_exists", "the same " + c.unique + " is in " + other.ID}
			}
			st.Revision++
			rec.Revision, rec.Updated = st.Revision, a.now().UTC()
			for name, value := range fields {
				rec.Fields[name] = value
			}
			changed = rec.public()
			return nil
		})
		if err != nil {
			a.fail(w, err)
			return
		}
		writeJSON(w, http.StatusOK, changed)
	}
}

// replay returns the record that an earlier POST with the same key made.
func (d *accountData) replay(c collection, key, body string, now time.Time) (*record, bool, error) {
	if key == "" {
		return nil, false, nil
	}
	h := hash(c.name + "\n" + key)
	i := slices.IndexFunc(d.Replies, func(x *reply) bool { return x.Key == h && now.Sub(x.Made) < replyLife })
	if i < 0 {
		return nil, false, nil
	}
	if d.Replies[i].Body != hash(body) {
		return nil, false, &apiError{http.StatusUnprocessableEntity, "idempotency_mismatch", "this Idempotency-Key came with another body"}
	}
	return d.find(c.name, d.Replies[i].Record), true, nil
}

func (d *accountData) remember(c collection, key, body string, rec *record, now time.Time) {
	if key == "" || rec == nil {
		return
	}
	d.Replies = append(d.Replies, &reply{Key: hash(c.name + "\n" + key), Body: hash(body), Record: rec.ID, Made: now.UTC()})
	if len(d.Replies) > keptReplies {
		d.Replies = slices.Delete(d.Replies, 0, len(d.Replies)-keptReplies)
	}
}

// readBody returns the JSON object of the body, as text and decoded.
func readBody(r *http.Request) (string, map[string]any, error) {
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media != "application/json" {
		return "", nil, &apiError{http.StatusUnsupportedMediaType, "unsupported_media_type", "send application/json"}
	}
	data, err := io.ReadAll(r.Body) // bounded by limitBody
	if err != nil {
		return "", nil, &apiError{http.StatusBadRequest, "invalid_request", "the body could not be read"}
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	var values map[string]any
	if err := decoder.Decode(&values); err != nil || values == nil || decoder.More() {
		return "", nil, &apiError{http.StatusBadRequest, "invalid_json", "the body must be one JSON object"}
	}
	return string(data), values, nil
}

func (a *api) fail(w http.ResponseWriter, err error) {
	var known *apiError
	var blamed *fieldError
	switch {
	case errors.As(err, &known):
		writeError(w, known.status, known.code, known.message)
	case errors.As(err, &blamed):
		noStore(w)
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{
			"error": "invalid_field", "field": blamed.field, "error_description": blamed.Error(),
		})
	default:
		writeError(w, http.StatusInternalServerError, "server_error", "the sandbox could not save this")
	}
}
