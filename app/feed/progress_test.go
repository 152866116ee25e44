package feed_test

import (
	"net/http"
	"strconv"
	"testing"

	"patchbay/app/feed"
	"patchbay/app/listing"
)

func TestFetch_tellsHowMuchCame(t *testing.T) {
	packed := gzipped(small)
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		size   int
	}{
		{"of a known size, as it is sent", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Length", strconv.Itoa(len(packed)))
			_, _ = w.Write(packed)
		}, len(packed)},
		{"of an unknown size", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed[:20])
			_ = http.NewResponseController(w).Flush()
			_, _ = w.Write(packed[20:])
		}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := site(t, test.answer)
			var came, size int64
			d, err := web(t, s, feed.Limits{}).Fetch(t.Context(), listing.Feed{URL: s.URL}, func(bytes, of int64) {
				if bytes < came {
					t.Errorf("%d bytes after %d", bytes, came)
				}
				came, size = bytes, of
			})
			must(t, err)
			must(t, d.Close())
			if int(came) != len(packed) || int(size) != test.size || d.Count != 2 {
				t.Errorf("%d of %d bytes, %d listings, want %d of %d, 2", came, size, d.Count, len(packed), test.size)
			}
		})
	}
}
