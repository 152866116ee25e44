package bridge

import (
	"slices"
	"testing"
	"testing/fstest"

	"patchbay/app/listing"
	"patchbay/app/provider"
)

func TestOperationsSayWhenTheyAreNotVerified(t *testing.T) {
	tests := []struct {
		connection, operation string
		want                  bool
	}{
		{"checked", "", false},
		{"checked", "checked", false},
		{"checked", "unverified", true},
		{"unverified", "", true},
		{"unverified", "checked", false},
	}
	for _, test := range tests {
		l := listing.Listing{Connection: provider.Provider{Confidence: test.connection}}
		got := toOperation(l)(listing.Operation{Name: "Send", Confidence: test.operation})
		if got.Unverified != test.want {
			t.Errorf("connection %q, operation %q: unverified is %v", test.connection, test.operation, got.Unverified)
		}
	}
}

// A slug that was refused may be anything; what it hides is shown.
func TestSetAsideShowsWhatASlugHides(t *testing.T) {
	reasons := []listing.Problem{{Path: "/name", Message: "it is empty", Mend: "Write it"}}
	for slug, want := range map[string]string{
		"acme": "acme", "": "", "a\u202eb": `a\u202eb`, `say "hi"`: `say \"hi\"`, "żółw": "żółw",
	} {
		got := toSetAside(listing.SetAside{Slug: slug, Problems: reasons})
		if got.Slug != want || !slices.Equal(got.Reasons, []string{"/name: it is empty. Write it."}) {
			t.Errorf("%q: got %+v, want %q", slug, got, want)
		}
	}
}

func TestScreenshotsAreThoseThatAreHere(t *testing.T) {
	b := New(Services{Screenshots: fstest.MapFS{"here.png": {}}})
	got := b.screenshots(listing.Listing{Screenshots: []listing.Screenshot{
		{Image: "gone.png"}, {Image: "here.png", Alt: "Here"}, {Image: "../here.png"},
	}})
	if want := []Screenshot{{URL: "/screenshots/here.png", Alt: "Here"}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
