package listing_test

import (
	"slices"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/listing"
)

// heard notes how far syncs are whenever the catalogue tells.
func heard(b *bench) *[]listing.Progress {
	all := &[]listing.Progress{}
	b.Progressed.Subscribe(func(string) { *all = append(*all, b.Progress()) })
	return all
}

func TestProgress_tellsOfBytesThenOfListings(t *testing.T) {
	b := opened(t)
	all := heard(b)
	documents := [][]byte{}
	for range 600 {
		documents = append(documents, []byte(`{}`)) // set aside, which is progress too
	}
	b.add(t, "f1", documents...)
	want := []listing.Progress{
		{Feed: "f1"},
		{Feed: "f1", Bytes: 50, Size: 200},
		{Feed: "f1", Bytes: 200, Size: 200},
		{Feed: "f1", Bytes: 200, Size: 200, Count: 600},
		{Feed: "f1", Bytes: 200, Size: 200, Listings: 250, Count: 600},
		{Feed: "f1", Bytes: 200, Size: 200, Listings: 500, Count: 600},
		{Feed: "f1", Bytes: 200, Size: 200, Listings: 600, Count: 600},
		{},
	}
	if !slices.Equal(*all, want) {
		t.Errorf("heard\n%+v, want\n%+v", *all, want)
	}
}

func TestProgress_endsWithAFailure(t *testing.T) {
	b := opened(t)
	b.add(t, "f1", app(t, "aa", nil))
	all := heard(b)
	b.source.failing[address("f1")] = fault.Errorf(fault.Unavailable, "no connection")
	_, err := b.Sync(t.Context(), "f1")
	wantCode(t, err, fault.Unavailable)
	if want := []listing.Progress{{Feed: "f1"}, {}}; !slices.Equal(*all, want) {
		t.Errorf("heard %+v, want %+v", *all, want)
	}
}
