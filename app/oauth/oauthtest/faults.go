package oauthtest

import (
	"net/http"
	"strings"
)

// Body answers with a status, a content type and a body.
func Body(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// JSON answers 200 with a JSON body as it is written.
func JSON(body string) http.HandlerFunc { return Body(http.StatusOK, "application/json", body) }

// Failure answers with a status and an OAuth error code.
func Failure(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { refuse(w, status, code) }
}

// With adds headers, given in pairs, to an answer.
func With(answer http.HandlerFunc, pairs ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i+1 < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		answer(w, r)
	}
}

// Held answers with answer once release is closed; arrived is closed when the
// request is there.
func Held(arrived chan<- struct{}, release <-chan struct{}, answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-release
		answer(w, r)
	}
}

// Drip sends a body byte by byte and never ends it.
func Drip(stop <-chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"access_token":"`))
		w.(http.Flusher).Flush()
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	}
}

// Cut breaks the connection without an answer, after the request was read.
func Cut(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// Echo refuses and repeats everything that it was sent, as careless servers do.
func Echo(code string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var all []string
		for _, values := range r.Form {
			all = append(all, values...)
		}
		writeJSON(w, http.StatusBadRequest, map[string]any{
			"error": code, "error_description": "refused: " + strings.Join(all, " ") + " " + r.Header.Get("Authorization"),
		})
	}
}
