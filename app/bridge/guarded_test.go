package bridge

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

func TestOpenable(t *testing.T) {
	tests := map[string]bool{
		"https://example.com/guide":        true,
		"http://127.0.0.1:47600/control":   true,
		"mailto:help@example.com":          true,
		"http://example.com/":              false,
		"https://user@example.com/":        false,
		"https:///path":                    false,
		"file:///etc/passwd":               false,
		"javascript:alert(1)":              false,
		"wails://wails/":                   false,
		"mailto:a@example.com?bcc=b@x.org": false,
		"--help":                           false,
	}
	for address, want := range tests {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := openable(u); got != want {
			t.Errorf("openable(%q) = %v, want %v", address, got, want)
		}
	}
}

func TestGuarded_everyAnswerForbidsFrames(t *testing.T) {
	w := httptest.NewRecorder()
	Guarded(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/x", nil))
	for _, directive := range []string{"frame-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "connect-src 'self'"} {
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), directive) {
			t.Errorf("the policy lacks %q", directive)
		}
	}
}

func TestPictures_serveOnlyPictures(t *testing.T) {
	h := Pictures(fstest.MapFS{"a.png": {Data: []byte("png")}, "sub/b.png": {Data: []byte("png")}})
	tests := map[string]int{
		"/screenshots/a.png":          http.StatusOK,
		"/screenshots/":               http.StatusNotFound,
		"/screenshots/sub/":           http.StatusNotFound,
		"/screenshots/../bridge.go":   http.StatusNotFound,
		"/a.png":                      http.StatusNotFound,
		"/screenshots/../../etc/host": http.StatusNotFound,
	}
	for path, want := range tests {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path = path
		if h.ServeHTTP(w, r); w.Code != want {
			t.Errorf("GET %s = %d, want %d", path, w.Code, want)
		}
	}
}

func TestMerger_passesTheFirstAtOnceAndGathersTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var told []string
		m := &merger{emit: func(event, id string) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, event+" "+id)
		}}
		m.add("e", "1")
		if !slices.Equal(told, []string{"e 1"}) {
			t.Errorf("the first hint was not passed on at once: %q", told)
		}
		m.add("e", "2")
		m.add("e", "2")
		m.add("other", "9")
		time.Sleep(2 * mergeFor)
		synctest.Wait()
		if want := []string{"e 1", "other 9", "e 2"}; !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
		told = nil
		for i := range 2 * many {
			m.add("storm", string(rune('a'+i)))
		}
		time.Sleep(3 * mergeFor)
		synctest.Wait()
		if len(told) != 2 || told[1] != "storm " {
			t.Errorf("a storm became %d hints: %q", len(told), told)
		}
	})
}
