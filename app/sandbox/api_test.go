package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCreateChecksFields(t *testing.T) {
	w := newWorld(t)
	billing, chat := w.connect("billing", "Acme Retail").AccessToken, w.connect("chat", "Acme Studio").AccessToken
	tests := []struct {
		name, path string
		body       map[string]any
		status     int
		code       string
		field      string
	}{
		{"all given", "/billing/api/customers", map[string]any{"name": "Acme Test", "email": "test@example.com"}, 201, "", ""},
		{"the same e-mail again", "/billing/api/customers", map[string]any{"name": "Acme Test", "email": "TEST@example.com"}, 409, "already_exists", ""},
		{"a required field missing", "/billing/api/customers", map[string]any{"email": "a@example.com"}, 422, "invalid_field", "name"},
		{"a required field empty", "/billing/api/customers", map[string]any{"name": " ", "email": "a@example.com"}, 422, "invalid_field", "name"},
		{"no e-mail address", "/billing/api/customers", map[string]any{"name": "A", "email": "a"}, 422, "invalid_field", "email"},
		{"an unknown field", "/billing/api/customers", map[string]any{"name": "A", "email": "a@example.com", "colour": "red"}, 422, "invalid_field", "colour"},
		{"a number for text", "/billing/api/customers", map[string]any{"name": 7, "email": "a@example.com"}, 422, "invalid_field", "name"},
		{"an unknown customer", "/billing/api/invoices", map[string]any{"customer_id": "cus_1", "amount": 5}, 422, "invalid_field", "customer_id"},
		{"half a cent", "/billing/api/invoices", map[string]any{"customer_id": "", "amount": 0.5}, 422, "invalid_field", "customer_id"},
		{"too long a message", "/chat/api/messages", map[string]any{"channel_id": firstID(w, "/chat/api/channels", chat), "text": strings.Repeat("x", 4001)}, 422, "invalid_field", "text"},
		{"a collection that is read only", "/chat/api/channels", map[string]any{"name": "new"}, 404, "not_found", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			token := billing
			if strings.HasPrefix(tt.path, "/chat") {
				token = chat
			}
			res := w.call(http.MethodPost, tt.path, token, tt.body)
			if tt.status == http.StatusCreated {
				res.want(t, tt.status)
				return
			}
			wantError(t, res, tt.status, tt.code)
			if got, _ := res.json(t)["field"].(string); got != tt.field {
				t.Errorf("blamed %q, want %q", got, tt.field)
			}
		})
	}
}

func firstID(w *world, path, token string) string {
	w.Helper()
	items := w.call(http.MethodGet, path, token, nil).want(w.T, http.StatusOK).json(w.T)["items"].([]any)
	return items[0].(map[string]any)["id"].(string)
}

func TestChangeIsOneRecordOfOneAccount(t *testing.T) {
	w := newWorld(t)
	north, south := w.connect("crm", "Acme North").AccessToken, w.connect("crm", "Acme South").AccessToken
	path := "/crm/api/contacts/" + firstID(w, "/crm/api/contacts", north)
	w.clock.advance(5 * time.Minute)
	got := w.call(http.MethodPatch, path, north, map[string]any{"company": "Acme New", "phone": nil}).want(t, http.StatusOK).json(t)
	if got["company"] != "Acme New" || got["phone"] != "" || got["email"] != "alex@example.com" || got["updated_at"] != "2026-03-01T12:05:00Z" {
		t.Errorf("changed to %v", got)
	}
	wantError(t, w.call(http.MethodGet, path, south, nil), http.StatusNotFound, "not_found")
	wantError(t, w.call(http.MethodPatch, path, south, map[string]any{"company": "x"}), http.StatusNotFound, "not_found")
	wantError(t, w.call(http.MethodPatch, path, north, map[string]any{"email": "kim@example.net"}), http.StatusConflict, "already_exists")
}

func TestIdempotencyKey(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	post := func(key, email string) answer {
		return w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{"email": email}, "Idempotency-Key", key)
	}
	first := post("k1", "one@example.com").want(t, http.StatusCreated)
	w.restart()
	again := post("k1", "one@example.com").want(t, http.StatusCreated)
	if again.json(t)["id"] != first.json(t)["id"] || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the repeat answered %s", again.body)
	}
	wantError(t, post("k1", "two@example.com"), http.StatusUnprocessableEntity, "idempotency_mismatch")
	post("k2", "two@example.com").want(t, http.StatusCreated)
	w.clock.advance(replyLife)
	token = w.connect("crm", "Acme North").AccessToken
	wantError(t, post("k1", "one@example.com"), http.StatusConflict, "already_exists")
}

// TestCursorSeesEveryChangeOnce walks the list in small steps while it changes.
func TestCursorSeesEveryChangeOnce(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	cursor := ""
	next := func(limit int) []string {
		q := fmt.Sprintf("/crm/api/contacts?limit=%d", limit)
		if cursor != "" {
			q += "&cursor=" + cursor
		}
		page := w.call(http.MethodGet, q, token, nil).want(t, http.StatusOK).json(t)
		cursor = page["next_cursor"].(string)
		var out []string
		for _, item := range page["items"].([]any) {
			out = append(out, item.(map[string]any)["email"].(string))
		}
		return out
	}
	step := func(limit int, want ...string) {
		t.Helper()
		if got := next(limit); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
	step(2, "alex@example.com", "robin@example.org")
	step(2, "kim@example.net")
	step(2)
	w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{"email": "new@example.com"}).want(t, http.StatusCreated)
	w.call(http.MethodPatch, "/crm/api/contacts/"+firstID(w, "/crm/api/contacts", token), token, map[string]any{"phone": "1"}).want(t, http.StatusOK)
	step(5, "new@example.com", "alex@example.com")
	step(5)
}

func TestListParameters(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	tests := []struct {
		query string
		want  int // items; -1 is a 400
	}{
		{"", 3}, {"limit=1", 1}, {"email=ALEX@example.com", 1}, {"since=2026-02-20T00:00:00Z", 1}, {"since=2027-01-01T00:00:00%2B01:00", 0},
		{"limit=0", -1}, {"limit=101", -1}, {"since=yesterday", -1}, {"cursor=abc", -1}, {"colour=red", -1},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			res := w.call(http.MethodGet, "/crm/api/contacts?"+tt.query, token, nil)
			if tt.want < 0 {
				wantError(t, res, http.StatusBadRequest, "invalid_parameter")
			} else if items := res.want(t, http.StatusOK).json(t)["items"].([]any); len(items) != tt.want {
				t.Errorf("%d items, want %d", len(items), tt.want)
			}
		})
	}
}

func TestBodiesThatAreNotAnObject(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	wantError(t, w.call(http.MethodPost, "/crm/api/contacts", token, []string{"x"}), http.StatusBadRequest, "invalid_json")
	wantError(t, w.call(http.MethodPost, "/crm/api/contacts", token, json.RawMessage("null")), http.StatusBadRequest, "invalid_json")
	wantError(t, w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{}, "Content-Type", "text/plain"), http.StatusUnsupportedMediaType, "unsupported_media_type")
	wantError(t, w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{"x": strings.Repeat("x", longestBody)}), http.StatusRequestEntityTooLarge, "too_large")
}
