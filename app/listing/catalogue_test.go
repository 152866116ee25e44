package listing_test

import (
	"context"
	"encoding/json"
	"iter"
	"log/slog"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
	"patchbay/app/listing/index"
	"patchbay/app/sqlite"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

// app is a valid listing with some fields set otherwise.
func app(t testing.TB, slug string, set map[string]any) []byte {
	t.Helper()
	document, err := os.ReadFile("testdata/valid.json")
	must(t, err)
	var tree map[string]any
	must(t, json.Unmarshal(document, &tree))
	tree["slug"], tree["name"] = slug, "App "+slug
	for name, value := range set {
		tree[name] = value
	}
	document, err = json.Marshal(tree)
	must(t, err)
	return document
}

// shelf is a source whose feeds a test sets.
type shelf struct {
	mu      sync.Mutex
	feeds   map[string][][]byte // by address; "" is the built-in one
	etags   map[string]string
	failing map[string]error
	asked   []string
	midway  func() // called after the first document
	broken  error  // ends every delivery after its documents
	closed  int
}

func newShelf() *shelf {
	return &shelf{feeds: map[string][][]byte{}, etags: map[string]string{}, failing: map[string]error{}}
}

func (s *shelf) put(address, etag string, documents ...[]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.feeds[address], s.etags[address] = documents, etag
}

func (s *shelf) Fetch(_ context.Context, f listing.Feed, progress func(bytes, size int64)) (listing.Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, f.ID)
	if err := s.failing[f.URL]; err != nil {
		return listing.Delivery{}, err
	}
	etag := s.etags[f.URL]
	if etag != "" && etag == f.ETag {
		return listing.Delivery{Unchanged: true}, nil
	}
	progress(50, 200)
	progress(200, 200)
	return listing.Delivery{
		Name: "Feed", ETag: etag, Count: len(s.feeds[f.URL]), Collections: []listing.Collection{{ID: "c", Title: "C of " + f.ID, Slugs: []string{"aa"}}},
		Documents: s.documents(s.feeds[f.URL]),
		Close:     func() error { s.closed++; return nil },
	}, nil
}

func (s *shelf) documents(documents [][]byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for i, d := range documents {
			if !yield(d, nil) {
				return
			}
			if i == 0 && s.midway != nil {
				s.midway()
			}
		}
		if s.broken != nil {
			yield(nil, s.broken)
		}
	}
}

// bench is a catalogue on a real store.
type bench struct {
	*listing.Catalogue
	source *shelf
	store  *sqlite.Catalogue
	dir    string
	now    time.Time
	synced []string
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{source: newShelf(), dir: t.TempDir(), now: noon}
	b.start(t)
	t.Cleanup(func() { must(t, b.store.Close()) })
	return b
}

// start opens the catalogue as the program does at its start.
func (b *bench) start(t testing.TB) {
	t.Helper()
	store, _, err := sqlite.OpenCatalogue(t.Context(), b.dir, func() time.Time { return b.now })
	must(t, err)
	b.store = store
	b.Catalogue = listing.New(store, b.source, func() time.Time { return b.now }, slog.New(slog.DiscardHandler))
	b.Synced.Subscribe(func(id string) { b.synced = append(b.synced, id) })
}

func (b *bench) restart(t testing.TB) {
	t.Helper()
	must(t, b.store.Close())
	b.start(t)
	must(t, b.Open(t.Context()))
}

func (b *bench) add(t testing.TB, id string, documents ...[]byte) listing.Feed {
	t.Helper()
	b.source.put(address(id), `"1"`, documents...)
	f, err := b.AddFeed(t.Context(), id, address(id))
	must(t, err)
	return f
}

func address(id string) string { return "https://feeds.example.com/" + id }

// names returns what a search for text finds, in order.
func (b *bench) names(t testing.TB, q index.Query) []string {
	t.Helper()
	found, err := b.Search(t.Context(), q)
	must(t, err)
	names := []string{}
	for _, c := range found.Cards {
		names = append(names, c.Name)
	}
	if len(names) != len(found.Result.Hits) {
		t.Errorf("%d cards for %d hits", len(names), len(found.Result.Hits))
	}
	return names
}

func byName(text string) index.Query { return index.Query{Text: text, Sort: index.ByName} }

func wantNames(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestOpen_takesTheBuiltInFeedOnce(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil), app(t, "bb", nil))
	must(t, b.Open(t.Context()))
	wantNames(t, b.names(t, byName("")), "App aa", "App bb")
	if len(b.synced) != 1 {
		t.Errorf("told %d times that listings changed", len(b.synced))
	}
	b.synced = nil
	b.restart(t)
	wantNames(t, b.names(t, byName("")), "App aa", "App bb")
	if len(b.synced) != 0 {
		t.Error("an unchanged feed was taken again")
	}
	b.source.put("", "v2", app(t, "cc", nil)) // a newer program
	b.restart(t)
	wantNames(t, b.names(t, byName("")), "App cc")
}

func TestOpen_usesTheStoredIndexOnlyIfItIsOurs(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil))
	must(t, b.Open(t.Context()))
	stamp, path, err := b.store.Index(t.Context())
	must(t, err)
	data, err := os.ReadFile(path)
	must(t, err)

	// An index with a made-up content shows whether it is the one that is used.
	other, err := index.Build(slices.Values([]index.Document{{Slug: "aa", Name: "Stored"}})).MarshalBinary()
	must(t, err)
	for _, test := range []struct {
		name, stamp string
		data        []byte
		used        bool
	}{
		{"of the same rules", stamp, other, true},
		{"of older rules", "0", other, false},
		{"damaged", stamp, data[:len(data)/2], false},
	} {
		t.Run(test.name, func(t *testing.T) {
			must(t, b.store.SaveIndex(t.Context(), test.stamp, test.data))
			b.restart(t)
			found, err := b.Search(t.Context(), byName("Stored"))
			must(t, err)
			if used := found.Result.Total == 1; used != test.used {
				t.Errorf("the stored index was used: %v", used)
			}
			if kept, _, err := b.store.Index(t.Context()); err != nil || kept != stamp {
				t.Errorf("the index is stored with stamp %q, %v", kept, err)
			}
		})
	}
}

func TestOpen_searchesWhatIsStoredWhenTheBuiltInFeedFails(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil))
	must(t, b.Open(t.Context()))
	must(t, b.store.SaveRanks(t.Context(), nil)) // the index is thrown away
	must(t, b.store.Close())
	b.start(t)
	b.source.failing[""] = fault.Errorf(fault.StorageFailed, "disk")
	wantCode(t, b.Open(t.Context()), fault.StorageFailed)
	wantNames(t, b.names(t, byName("")), "App aa")
}

func TestSearch_waitsForTheIndexAsLongAsTheCallerDoes(t *testing.T) {
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Search(ctx, index.Query{})
	wantCode(t, err, fault.Timeout)
}

func TestSearch_goesOnWhileSyncing(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil), app(t, "bb", nil))
	must(t, b.Open(t.Context()))
	looked := 0
	b.source.midway = func() {
		looked++
		wantNames(t, b.names(t, byName("")), "App aa", "App bb")
	}
	b.source.put("", "v2", app(t, "cc", nil), app(t, "dd", nil))
	_, err := b.Sync(t.Context(), listing.BuiltIn)
	must(t, err)
	if looked != 1 {
		t.Fatal("the test did not look")
	}
	wantNames(t, b.names(t, byName("")), "App cc", "App dd")
}

func TestMarkInstalled_isAFacet(t *testing.T) {
	b := newBench(t)
	b.MarkInstalled([]string{"bb", "gone"}) // before there is an index
	b.source.put("", "v1", app(t, "aa", nil), app(t, "bb", nil))
	must(t, b.Open(t.Context()))
	installed := index.Query{Filters: map[index.Facet][]string{index.Installed: {listing.Yes}}}
	wantNames(t, b.names(t, installed), "App bb")
	b.MarkInstalled([]string{"aa"})
	wantNames(t, b.names(t, installed), "App aa")
	b.source.put("", "v2", app(t, "aa", nil))
	_, err := b.Sync(t.Context(), listing.BuiltIn)
	must(t, err)
	wantNames(t, b.names(t, installed), "App aa")
	b.MarkInstalled(nil)
	wantNames(t, b.names(t, installed))
}

func TestCards_inOrderWithoutThoseThatAreGone(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil), app(t, "bb", nil), app(t, "cc", nil))
	must(t, b.Open(t.Context()))
	for range 2 { // from the store, then from memory
		cards, err := b.Cards(t.Context(), []string{"cc", "gone", "aa", "cc"})
		must(t, err)
		var got []string
		for _, c := range cards {
			got = append(got, c.Slug)
		}
		if want := []string{"cc", "aa", "cc"}; !slices.Equal(got, want) {
			t.Errorf("cards %q, want %q", got, want)
		}
	}
	b.source.put("", "v2", app(t, "aa", map[string]any{"name": "Renamed"}))
	_, err := b.Sync(t.Context(), listing.BuiltIn)
	must(t, err)
	if cards, err := b.Cards(t.Context(), []string{"aa", "bb"}); err != nil || len(cards) != 1 || cards[0].Name != "Renamed" {
		t.Errorf("after a sync the cards are %+v, %v", cards, err)
	}
}

// late is a store whose first cards arrive after something else happened.
type late struct {
	*sqlite.Catalogue
	meanwhile func()
}

func (l *late) Cards(ctx context.Context, slugs []string) ([]listing.Card, error) {
	cards, err := l.Catalogue.Cards(ctx, slugs)
	if do := l.meanwhile; do != nil {
		l.meanwhile = nil
		do()
	}
	return cards, err
}

func TestCards_readBeforeASyncAreNotKeptAfterIt(t *testing.T) {
	b := newBench(t)
	store := &late{Catalogue: b.store}
	b.Catalogue = listing.New(store, b.source, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	b.source.put("", "v1", app(t, "aa", nil))
	must(t, b.Open(t.Context()))
	store.meanwhile = func() {
		b.source.put("", "v2", app(t, "aa", map[string]any{"name": "Renamed"}))
		_, err := b.Sync(t.Context(), listing.BuiltIn)
		must(t, err)
	}
	for _, want := range []string{"App aa", "Renamed"} {
		cards, err := b.Cards(t.Context(), []string{"aa"})
		must(t, err)
		if len(cards) != 1 || cards[0].Name != want {
			t.Errorf("cards %+v, want %s", cards, want)
		}
	}
}

func TestListing_andCollections(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil))
	must(t, b.Open(t.Context()))
	b.add(t, "f1", app(t, "zz", nil))
	if l, err := b.Listing(t.Context(), "aa"); err != nil || l.Name != "App aa" || l.Connection.Kind != "oauth2" {
		t.Errorf("Listing = %+v, %v", l, err)
	}
	_, err := b.Listing(t.Context(), "nothing")
	wantCode(t, err, fault.NotFound)
	collections, err := b.Collections(t.Context())
	must(t, err)
	if len(collections) != 2 || collections[0].Title != "C of built_in" || collections[1].Title != "C of f1" {
		t.Errorf("collections %+v", collections)
	}
}
