package listing_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/listing"
	"patchbay/app/listing/index"
)

func opened(t testing.TB) *bench {
	t.Helper()
	b := newBench(t)
	b.source.put("", "v1", app(t, "aa", nil), app(t, "bb", nil))
	must(t, b.Open(t.Context()))
	return b
}

func feedOf(t testing.TB, b *bench, id string) listing.Feed {
	t.Helper()
	feeds, err := b.Feeds(t.Context())
	must(t, err)
	for _, f := range feeds {
		if f.ID == id {
			return f
		}
	}
	t.Fatalf("no feed %s", id)
	return listing.Feed{}
}

func TestSync_wrongListingIsSetAsideAndTheRestTaken(t *testing.T) {
	b := opened(t)
	f := b.add(t, "f1",
		app(t, "good", nil),
		app(t, "no-name", map[string]any{"name": ""}),
		app(t, "ours", map[string]any{"builtByUs": true}),
		app(t, "practice", map[string]any{"sandbox": true}),
		app(t, "good", map[string]any{"name": "Second"}),
		[]byte(`{"slug":"twice","slug":"twice"}`),
		[]byte(`not json`),
		[]byte(strings.Repeat("[", 5000)),
		app(t, "hidden", map[string]any{"tagline": "left\u202etfel"}),
		app(t, "also-good", nil),
	)
	if f.Listings != 2 || f.SetAside != 8 {
		t.Errorf("taken %d, set aside %d, want 2 and 8", f.Listings, f.SetAside)
	}
	wantNames(t, b.names(t, byName("good")), "App also-good", "App good")
	away, err := b.SetAside(t.Context(), "f1")
	must(t, err)
	paths := map[string]string{}
	for _, s := range away {
		if len(s.Problems) == 0 || s.Problems[0].Message == "" || s.Problems[0].Mend == "" {
			t.Errorf("%q was set aside without a reason", s.Slug)
			continue
		}
		if s.Slug != "" {
			paths[s.Slug] = s.Problems[0].Path
		}
	}
	want := map[string]string{"no-name": "/name", "ours": "/builtByUs", "practice": "/sandbox", "good": "/slug", "hidden": "/tagline"}
	if !reflect.DeepEqual(paths, want) {
		t.Errorf("reasons at %v, want %v", paths, want)
	}
	if b.source.closed != 2 {
		t.Errorf("%d of 2 deliveries were cleared away", b.source.closed)
	}
}

func TestSync_builtInFeedMayBringOurs(t *testing.T) {
	b := newBench(t)
	b.source.put("", "v1", app(t, "ours", map[string]any{"builtByUs": true}))
	must(t, b.Open(t.Context()))
	wantNames(t, b.names(t, byName("")), "App ours")
}

// A delivery that fails must leave nothing of itself: a validator that stayed
// would make the next, good one look unchanged.
func TestSync_failureLeavesTheLastGoodCatalogue(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "old", nil))
	before := feedOf(t, b, "f1")
	b.now = noon.Add(time.Hour)
	b.source.put(address("f1"), `"2"`, app(t, "fresh", nil))
	b.source.broken = fault.Errorf(fault.Invalid, "the feed is not a complete JSON document")
	failed, err := b.Sync(t.Context(), "f1")
	wantCode(t, err, fault.Invalid)
	after := feedOf(t, b, "f1")
	if !reflect.DeepEqual(failed, after) {
		t.Errorf("Sync returned\n%+v, stored is\n%+v", failed, after)
	}
	want := before
	want.TriedAt, want.Code, want.Message = b.now, "invalid", "the feed is not a complete JSON document"
	if !reflect.DeepEqual(after, want) {
		t.Errorf("after a failure the feed is\n%+v, want\n%+v", after, want)
	}
	wantNames(t, b.names(t, byName("old")), "App old")
	wantNames(t, b.names(t, byName("fresh")))
	b.source.broken = nil
	ok, err := b.Sync(t.Context(), "f1")
	must(t, err)
	if ok.Code != "" || ok.Message != "" || !ok.SyncedAt.Equal(b.now) {
		t.Errorf("after mending the feed is %+v", ok)
	}
	wantNames(t, b.names(t, byName("fresh")), "App fresh")
}

func TestSync_unchangedFeedCostsNoWrite(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "xx", nil))
	stored, err := b.store.Feeds(t.Context())
	must(t, err)
	b.now = noon.Add(7 * time.Hour)
	b.synced, b.source.asked = nil, nil
	f, err := b.Sync(t.Context(), "f1")
	must(t, err)
	if !f.SyncedAt.Equal(b.now) || !feedOf(t, b, "f1").SyncedAt.Equal(b.now) {
		t.Error("a feed that is up to date looks old")
	}
	again, err := b.store.Feeds(t.Context())
	must(t, err)
	if !reflect.DeepEqual(again, stored) || len(b.synced) != 0 || len(b.source.asked) != 1 {
		t.Errorf("an unchanged feed was written, told of (%d) or asked for %d times", len(b.synced), len(b.source.asked))
	}
	if _, _, err := b.store.Index(t.Context()); err != nil {
		t.Errorf("its index went: %v", err)
	}
	b.SyncStale(t.Context()) // not stale: just asked
	if len(b.source.asked) != 1 {
		t.Error("a fresh feed was asked for again")
	}
}

func TestSync_unchangedAfterAFailureTakesTheFailureBack(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "xx", nil))
	b.source.failing[address("f1")] = fault.Errorf(fault.Unavailable, "no connection")
	_, err := b.Sync(t.Context(), "f1")
	wantCode(t, err, fault.Unavailable)
	delete(b.source.failing, address("f1"))
	_, err = b.Sync(t.Context(), "f1")
	must(t, err)
	b.restart(t)
	if f := feedOf(t, b, "f1"); f.Code != "" {
		t.Errorf("the feed still says %q", f.Message)
	}
}

func TestSyncStale_asksOldFeedsAndPassesOverFailures(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "xx", nil))
	b.add(t, "f2", app(t, "yy", nil))
	b.source.failing[address("f1")] = errors.New("boom")
	b.source.asked = nil
	b.now = noon.Add(5 * time.Hour)
	b.SyncStale(t.Context())
	if len(b.source.asked) != 0 {
		t.Errorf("asked %v before they were stale", b.source.asked)
	}
	b.now = noon.Add(6 * time.Hour)
	b.SyncStale(t.Context())
	if want := []string{"f1", "f2"}; !reflect.DeepEqual(b.source.asked, want) {
		t.Errorf("asked %v, want %v", b.source.asked, want)
	}
	if f := feedOf(t, b, "f1"); f.Code != string(fault.Internal) {
		t.Errorf("the failure does not stand in the feed: %+v", f)
	}
}

func TestAddFeed(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "xx", nil))
	b.source.put(address("broken"), "", app(t, "yy", nil))
	b.source.failing[address("broken")] = fault.Errorf(fault.Unavailable, "no connection")
	for _, test := range []struct {
		name, address string
		want          fault.Code
	}{
		{"http", "http://feeds.example.com/x", fault.Invalid},
		{"no host", "https:///x", fault.Invalid},
		{"a password", "https://me:pass@feeds.example.com/x", fault.Invalid},
		{"a file", "file:///etc/passwd", fault.Invalid},
		{"nothing", "", fault.Invalid},
		{"there already", " https://FEEDS.example.com/f1#top ", fault.Conflict},
		{"cannot be fetched", address("broken"), fault.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := b.AddFeed(t.Context(), "new", test.address)
			wantCode(t, err, test.want)
			if feeds, err := b.Feeds(t.Context()); err != nil || len(feeds) != 2 {
				t.Errorf("feeds %v, %v: it was added", feeds, err)
			}
		})
	}
}

func TestRemoveFeed_takesItsListingsAndNotTheBuiltInOne(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "aa", map[string]any{"name": "Another A"}), app(t, "xx", nil))
	must(t, b.Prefer(t.Context(), "f1"))
	wantNames(t, b.names(t, byName("")), "Another A", "App bb", "App xx")
	must(t, b.RemoveFeed(t.Context(), "f1"))
	wantNames(t, b.names(t, byName("")), "App aa", "App bb")
	wantCode(t, b.RemoveFeed(t.Context(), listing.BuiltIn), fault.Conflict)
}

func TestPrefer_choosesBetweenFeedsForGood(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "aa", map[string]any{"name": "A of one"}), app(t, "xx", map[string]any{"name": "X of one"}))
	b.add(t, "f2", app(t, "xx", map[string]any{"name": "X of two"}))
	check := func(want ...string) {
		t.Helper()
		wantNames(t, b.names(t, byName("")), want...)
		for _, slug := range []string{"aa", "xx"} {
			l, err := b.Listing(t.Context(), slug)
			must(t, err)
			cards, err := b.Cards(t.Context(), []string{slug})
			must(t, err)
			if len(cards) != 1 || cards[0].Name != l.Name {
				t.Errorf("%s is %q, its card %v", slug, l.Name, cards)
			}
		}
	}
	check("App aa", "App bb", "X of one") // the built-in one first, then as they came
	must(t, b.Prefer(t.Context(), "f2"))
	check("App aa", "App bb", "X of two")
	must(t, b.Prefer(t.Context(), "f1"))
	check("A of one", "App bb", "X of one")
	// A sync of the feed that loses must not put its listings in front.
	b.source.put(address("f2"), `"2"`, app(t, "xx", map[string]any{"name": "X again"}), app(t, "bb", map[string]any{"name": "B of two"}))
	_, err := b.Sync(t.Context(), "f2")
	must(t, err)
	check("A of one", "B of two", "X of one")
	wantNames(t, b.names(t, byName("again")))
	wantNames(t, b.names(t, byName("two")), "B of two")
	clashes, err := b.Clashes(t.Context())
	must(t, err)
	want := []listing.Clash{
		{Slug: "aa", Feeds: []string{"f1", listing.BuiltIn}},
		{Slug: "bb", Feeds: []string{"f2", listing.BuiltIn}},
		{Slug: "xx", Feeds: []string{"f1", "f2"}},
	}
	if !reflect.DeepEqual(clashes, want) {
		t.Errorf("clashes\n%+v, want\n%+v", clashes, want)
	}
	b.restart(t)
	check("A of one", "B of two", "X of one")
	must(t, b.Prefer(t.Context(), listing.BuiltIn))
	check("App aa", "App bb", "X of one")
	wantCode(t, b.Prefer(t.Context(), "nothing"), fault.NotFound)
}

func TestSync_callerMayStopWaitingForAnother(t *testing.T) {
	b := opened(t)
	b.source.put("", "v2", app(t, "cc", nil))
	b.source.midway = func() {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := b.Sync(ctx, listing.BuiltIn)
		wantCode(t, err, fault.Canceled)
	}
	_, err := b.Sync(t.Context(), listing.BuiltIn)
	must(t, err)
	found, err := b.Search(t.Context(), index.Query{})
	must(t, err)
	if found.Result.Total != 1 {
		t.Errorf("found %d", found.Result.Total)
	}
}
