package feed_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/zstd"

	"patchbay/app/fault"
	"patchbay/app/feed"
	"patchbay/app/listing"
)

const small = `{"id":"acme","name":"Acme apps","collections":[{"id":"new","title":"New","slugs":["acme-crm"]}],"listings":[{"slug":"a"}, {"slug":"b","n":[1,{"x":"]"}]}],"$schema":"x"}`

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// site answers as a test wants, over TLS.
func site(t testing.TB, answer http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(answer)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func web(t testing.TB, s *httptest.Server, l feed.Limits) feed.Web {
	t.Helper()
	return feed.Web{Transport: s.Client().Transport, Dir: t.TempDir(), Limits: l}
}

// fetch asks for the feed at a server and reads it to its end. Whatever
// happens, no file may be left.
func fetch(t testing.TB, w feed.Web, f listing.Feed) (d listing.Delivery, documents []string, err error) {
	t.Helper()
	d, err = w.Fetch(t.Context(), f, func(int64, int64) {})
	if err == nil && !d.Unchanged {
		for document, failed := range d.Documents {
			if failed != nil {
				err = failed
				break
			}
			documents = append(documents, string(document))
		}
		must(t, d.Close())
	}
	if left, readErr := os.ReadDir(w.Dir); readErr != nil || len(left) != 0 {
		t.Errorf("files are left: %v, %v", left, readErr)
	}
	return d, documents, err
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.Bytes()
}

func zstded(text string) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return w.EncodeAll([]byte(text), nil)
}

func TestFetch_plainAndCompressed(t *testing.T) {
	for encoding, body := range map[string][]byte{
		"": []byte(small), "identity": []byte(small), "gzip": gzipped(small), "zstd": zstded(small), "GZIP": gzipped(small),
	} {
		t.Run("encoding "+encoding, func(t *testing.T) {
			s := site(t, func(w http.ResponseWriter, r *http.Request) {
				if accepts := r.Header.Get("Accept-Encoding"); !strings.Contains(accepts, "gzip") || !strings.Contains(accepts, "zstd") {
					t.Errorf("accepts %q", accepts)
				}
				if r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since") != "" {
					t.Error("the first request is conditional")
				}
				w.Header().Set("ETag", `"7"`)
				w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 12:00:00 GMT")
				if encoding != "" {
					w.Header().Set("Content-Encoding", encoding)
				}
				_, _ = w.Write(body)
			})
			d, documents, err := fetch(t, web(t, s, feed.Limits{}), listing.Feed{URL: s.URL})
			must(t, err)
			if want := []string{`{"slug":"a"}`, `{"slug":"b","n":[1,{"x":"]"}]}`}; !reflect.DeepEqual(documents, want) {
				t.Errorf("documents %q, want %q", documents, want)
			}
			if d.ID != "acme" || d.Name != "Acme apps" || len(d.Collections) != 1 || d.ETag != `"7"` || d.LastModified != "Mon, 23 Nov 2026 12:00:00 GMT" {
				t.Errorf("delivery %+v", d)
			}
		})
	}
}

func TestFetch_unchanged(t *testing.T) {
	const day = "Mon, 23 Nov 2026 12:00:00 GMT"
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"7"` || r.Header.Get("If-Modified-Since") == day || r.URL.Path == "/always" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		says(small)(w, r)
	})
	for _, test := range []struct {
		name      string
		feed      listing.Feed
		unchanged bool
		want      fault.Code
	}{
		{"same tag", listing.Feed{URL: s.URL, ETag: `"7"`}, true, ""},
		{"same day", listing.Feed{URL: s.URL, LastModified: day}, true, ""},
		{"other tag", listing.Feed{URL: s.URL, ETag: `"6"`}, false, ""},
		{"304 with nothing to compare", listing.Feed{URL: s.URL + "/always"}, false, fault.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, documents, err := fetch(t, web(t, s, feed.Limits{}), test.feed)
			wantCode(t, err, test.want)
			if d.Unchanged != test.unchanged || test.want == "" && (len(documents) == 0) != test.unchanged {
				t.Errorf("unchanged %v, %d documents", d.Unchanged, len(documents))
			}
		})
	}
}

// The same tag with other content (equivocation) is taken as what it is: new.
func TestFetch_sameTagOtherContent(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"7"`)
		says(strings.Replace(small, `"a"`, `"z"`, 1))(w, r)
	})
	_, documents, err := fetch(t, web(t, s, feed.Limits{}), listing.Feed{URL: s.URL, ETag: `"7"`})
	must(t, err)
	if len(documents) != 2 || documents[0] != `{"slug":"z"}` {
		t.Errorf("documents %q", documents)
	}
}

func TestFetch_wrongAnswers(t *testing.T) {
	answer := func(status int, kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	coded := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(body)
		}
	}
	nested := `{"id":"acme","name":"A","listings":[` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `]}`
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		want   fault.Code
	}{
		{"a page", answer(200, "text/html; charset=utf-8", "<html>"), fault.Invalid},
		{"not found", answer(404, "application/json", small), fault.NotFound},
		{"gone", answer(410, "application/json", small), fault.NotFound},
		{"too many requests", answer(429, "application/json", ""), fault.RateLimited},
		{"broken", answer(503, "application/json", small), fault.Unavailable},
		{"a part", answer(206, "application/json", small), fault.Unavailable},
		{"empty", says(""), fault.Invalid},
		{"not JSON", says("hello"), fault.Invalid},
		{"a list", says(`[{"slug":"a"}]`), fault.Invalid},
		{"listings that are no list", says(`{"id":"acme","name":"A","listings":{"a":1}}`), fault.Invalid},
		{"cut", says(small[:len(small)-20]), fault.Invalid},
		{"cut in a listing", says(small[:120]), fault.Invalid},
		{"trailing garbage", says(small + "x"), fault.Invalid},
		{"two documents", says(small + small), fault.Invalid},
		{"no name", says(`{"id":"acme","listings":[]}`), fault.Invalid},
		{"hidden character in its name", says("{\"id\":\"acme\",\"name\":\"A\u202eB\",\"listings\":[]}"), fault.Invalid},
		{"listings twice", says(`{"id":"acme","name":"A","listings":[],"listings":[{"slug":"a"}]}`), fault.Invalid},
		{"name twice", says(`{"id":"acme","name":"A","name":"B","listings":[]}`), fault.Invalid},
		{"nested without end", says(nested), fault.Invalid},
		{"said to be gzip", coded("gzip", []byte(small)), fault.Invalid},
		{"said to be zstd", coded("zstd", []byte(small)), fault.Invalid},
		{"cut gzip", coded("gzip", gzipped(small)[:60]), fault.Invalid},
		{"cut zstd", coded("zstd", zstded(small)[:60]), fault.Invalid},
		{"more after gzip", coded("gzip", append(gzipped(small), "more"...)), fault.Invalid},
		{"a second gzip member", coded("gzip", append(gzipped(small), gzipped(small)...)), fault.Invalid},
		{"packed twice", coded("gzip, zstd", zstded(small)), fault.Invalid},
		{"packed otherwise", coded("br", []byte(small)), fault.Invalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := site(t, test.answer)
			_, _, err := fetch(t, web(t, s, feed.Limits{}), listing.Feed{URL: s.URL})
			wantCode(t, err, test.want)
		})
	}
}

func TestFetch_breaksOff(t *testing.T) {
	s := site(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000")
		_, _ = io.WriteString(w, small)
	})
	_, _, err := fetch(t, web(t, s, feed.Limits{}), listing.Feed{URL: s.URL})
	wantCode(t, err, fault.Unavailable)
}

func TestFetch_limits(t *testing.T) {
	listings := func(n int, text string) string {
		return `{"id":"acme","name":"A","listings":[` + strings.TrimSuffix(strings.Repeat(text+",", n), ",") + `]}`
	}
	bomb := listings(1, `"`+strings.Repeat("0", 4<<20)+`"`)
	many := listings(20_000, `"`+strings.Repeat("0", 200)+`"`)
	spaces := `{"id":"acme","name":"A","listings":[` + strings.Repeat(" ", 4<<20) + `]}`
	fields := `{"id":"acme","name":"A",`
	for i := range 2000 {
		fields += fmt.Sprintf(`"field-%d":1,`, i)
	}
	fields += `"listings":[]}`
	for _, test := range []struct {
		name   string
		limits feed.Limits
		body   string
		want   fault.Code
	}{
		{"as many as may be", feed.Limits{Count: 10}, listings(10, `{"slug":"a"}`), ""},
		{"one too many", feed.Limits{Count: 10}, listings(11, `{"slug":"a"}`), fault.Untrusted},
		{"a bomb of many", feed.Limits{Plain: 1 << 20}, many, fault.Untrusted},
		{"a bomb of one", feed.Limits{Value: 1 << 20}, bomb, fault.Untrusted},
		{"a bomb of spaces", feed.Limits{Value: 1 << 20}, spaces, fault.Untrusted},
		{"a large head", feed.Limits{Head: 1000}, `{"id":"acme","name":"A","x":"` + strings.Repeat("x", 1000) + `","listings":[]}`, fault.Untrusted},
		{"a head of many fields", feed.Limits{Head: 10_000}, fields, fault.Untrusted},
	} {
		for encoding, pack := range map[string]func(string) []byte{"gzip": gzipped, "zstd": zstded} {
			t.Run(test.name+", "+encoding, func(t *testing.T) {
				packed := pack(test.body)
				s := site(t, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Encoding", encoding)
					_, _ = w.Write(packed)
				})
				_, _, err := fetch(t, web(t, s, test.limits), listing.Feed{URL: s.URL})
				wantCode(t, err, test.want)
				if err != nil && strings.ContainsAny(err.Error(), "\n:") {
					t.Errorf("the error is not one plain sentence: %v", err)
				}
			})
		}
	}
	t.Run("more is sent than may be", func(t *testing.T) {
		s := site(t, says(small))
		_, _, err := fetch(t, web(t, s, feed.Limits{Sent: 100}), listing.Feed{URL: s.URL})
		wantCode(t, err, fault.Untrusted)
	})
	t.Run("a listing that is too long is cut", func(t *testing.T) {
		s := site(t, says(listings(2, `{"slug":"`+strings.Repeat("a", 500)+`"}`)))
		_, documents, err := fetch(t, web(t, s, feed.Limits{Document: 100}), listing.Feed{URL: s.URL})
		must(t, err)
		if len(documents) != 2 || len(documents[0]) != 101 {
			t.Errorf("%d documents, the first of %d bytes", len(documents), len(documents[0]))
		}
	})
}

func TestFetch_addressAndRedirects(t *testing.T) {
	plain := httptest.NewServer(says(small))
	defer plain.Close()
	var s *httptest.Server
	s = site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, s.URL+"/here", http.StatusMovedPermanently)
		case "/down":
			http.Redirect(w, r, plain.URL, http.StatusFound)
		case "/down-later":
			http.Redirect(w, r, s.URL+"/down", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, s.URL+"/loop", http.StatusFound)
		case "/script":
			w.Header().Set("Location", "javascript:alert(1)")
			w.WriteHeader(http.StatusFound)
		default:
			if referer := r.Header.Get("Referer"); referer != "" {
				t.Errorf("the address before was told: %s", referer)
			}
			says(small)(w, r)
		}
	})
	for address, want := range map[string]fault.Code{
		s.URL + "/moved?key=secret-key":       "",
		s.URL + "/down?key=secret-key":        fault.Untrusted,
		s.URL + "/down-later?key=secret-key":  fault.Untrusted,
		s.URL + "/loop?key=secret-key":        fault.Untrusted,
		s.URL + "/script?key=secret-key":      fault.Untrusted,
		plain.URL + "?key=secret-key":         fault.Invalid,
		"file:///etc/passwd":                  fault.Invalid,
		"https://127.0.0.1:1/?key=secret-key": fault.Unavailable,
	} {
		_, _, err := fetch(t, web(t, s, feed.Limits{}), listing.Feed{URL: address})
		if fault.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret-key") {
			t.Errorf("the error tells the address: %v", err)
		}
	}
}

func TestFetch_unknownCertificateIsRefused(t *testing.T) {
	s := site(t, says(small))
	_, _, err := fetch(t, feed.Web{Dir: t.TempDir()}, listing.Feed{URL: s.URL})
	wantCode(t, err, fault.Unavailable)
}

func TestFetch_canceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var asked atomic.Int32
	s := site(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		cancel()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
	_, err := web(t, s, feed.Limits{}).Fetch(ctx, listing.Feed{URL: s.URL}, quietly)
	wantCode(t, err, fault.Canceled)
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestFetch_canceledWhileTheAnswerComes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	answer := roundTrip(func(r *http.Request) (*http.Response, error) {
		cancel()
		recorder := httptest.NewRecorder()
		_, _ = recorder.WriteString(`{"feed":{"id":"a","name":"A"},"listings":[]}`)
		return recorder.Result(), nil
	})
	_, err := feed.Web{Transport: answer, Dir: t.TempDir()}.Fetch(ctx, listing.Feed{URL: "https://feeds.example"}, quietly)
	wantCode(t, err, fault.Canceled)
}

// roundTrip answers requests without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// quietly is for those who do not watch the progress.
func quietly(int64, int64) {}

func TestSources_builtInIsUnchangedTheSecondTime(t *testing.T) {
	var s feed.Sources
	d, err := s.Fetch(t.Context(), listing.Feed{ID: listing.BuiltIn, Kind: listing.BuiltIn}, nil)
	must(t, err)
	n := 0
	for document, err := range d.Documents {
		must(t, err)
		if len(document) == 0 {
			t.Error("an empty document")
		}
		n++
	}
	if n < 25 || d.Name == "" || d.ETag == "" {
		t.Errorf("%d listings, name %q, stamp %q", n, d.Name, d.ETag)
	}
	d, err = s.Fetch(t.Context(), listing.Feed{ID: listing.BuiltIn, Kind: listing.BuiltIn, ETag: d.ETag}, nil)
	must(t, err)
	if !d.Unchanged {
		t.Error("the built-in feed changed by itself")
	}
	_, err = s.Fetch(t.Context(), listing.Feed{ID: "x", Kind: "carrier pigeon"}, nil)
	wantCode(t, err, fault.Internal)
}
