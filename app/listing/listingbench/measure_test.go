package listingbench

import (
	"encoding/json"
	"testing"

	"patchbay/app/listing"
)

func TestListing_passesItsCheck(t *testing.T) {
	for i := range 500 {
		document, err := json.Marshal(Listing(1, i))
		if err != nil {
			t.Fatal(err)
		}
		if problems := listing.Check(document); problems != nil {
			t.Fatalf("listing %d: %v\n%s", i, problems, document)
		}
	}
}

func TestMeasure_takesInWhatItServes(t *testing.T) {
	f, err := Measure(t.Context(), Config{Seed: 1, Listings: 1500, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if f.Taken != 1500 || f.SetAside != 0 {
		t.Errorf("taken %d, set aside %d, want 1500 and 0", f.Taken, f.SetAside)
	}
	if f.Ingest <= 0 || f.Plain <= 0 || f.Unchanged <= 0 || f.PeakMB <= 0 {
		t.Errorf("figures are missing: %+v", f)
	}
}

func BenchmarkIngest(b *testing.B) {
	for b.Loop() {
		f, err := Measure(b.Context(), Config{Seed: 1, Listings: 100_000, Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(f.Ratio(), "ingest/plain")
		b.ReportMetric(f.Ingest.Seconds(), "s-ingest")
		b.ReportMetric(f.Plain.Seconds(), "s-plain")
		b.ReportMetric(f.PeakMB, "MB-peak")
	}
}
