package alerttest

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// TestStore holds a store to the promises of alert.Store. NewStore must return
// an empty store each time it is called.
func TestStore(t *testing.T, newStore func(t *testing.T) alert.Store) {
	for name, test := range map[string]func(*testing.T, alert.Store){
		"an alert comes back as it was saved":   testRoundTrip,
		"saving again replaces":                 testReplace,
		"what is unknown is not found":          testUnknown,
		"standing alerts come oldest first":     testStanding,
		"history comes latest first and narrow": testHistory,
		"many may use it at once":               testConcurrent,
	} {
		t.Run(name, func(t *testing.T) { test(t, newStore(t)) })
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456000, time.UTC)

// full is an alert with every field set, so that a forgotten column shows.
func full() alert.Alert {
	return alert.Alert{
		ID: "a1", Kind: alert.SignInExpired, Severity: alert.Critical,
		Subject: alert.Subject{Connection: "c1", App: "acme", AppName: "Acme ąż", Account: "ops@example.com", Local: true},
		Since:   noon, LastSeen: noon.Add(time.Minute), Count: 3,
		Detail:  map[string]string{alert.DetailCode: "invalid_grant", alert.DetailStatus: "400"},
		ShownAt: noon.Add(2 * time.Minute), QuietSince: noon.Add(3 * time.Minute),
		SnoozedUntil: noon.Add(time.Hour), Ignored: true,
		ToldAt: noon.Add(4 * time.Minute), ToldAs: alert.Error,
		Ended: noon.Add(5 * time.Minute), How: alert.Mended,
	}
}

func testRoundTrip(t *testing.T, s alert.Store) {
	bare := alert.Alert{ID: "a2", Kind: alert.SecretsUnreadable, Severity: alert.Critical, Since: noon, LastSeen: noon, Count: 1}
	if v := reflect.ValueOf(full()); true {
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Fatalf("the test does not set %s", v.Type().Field(i).Name)
			}
		}
	}
	for _, want := range []alert.Alert{full(), bare} {
		must(t, s.Save(t.Context(), want))
		got, err := s.Find(t.Context(), want.ID)
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Find(%q)\n got %+v\nwant %+v", want.ID, got, want)
		}
	}
}

func testReplace(t *testing.T, s alert.Store) {
	a := full()
	must(t, s.Save(t.Context(), a))
	a.Count, a.Ended, a.How, a.Detail = 4, time.Time{}, "", nil
	must(t, s.Save(t.Context(), a))
	got, err := s.Standing(t.Context())
	must(t, err)
	if len(got) != 1 || !reflect.DeepEqual(got[0], a) {
		t.Errorf("Standing() = %+v, want only %+v", got, a)
	}
}

func testUnknown(t *testing.T, s alert.Store) {
	must(t, s.Save(t.Context(), full()))
	must(t, s.Remove(t.Context(), "a1"))
	must(t, s.Remove(t.Context(), "a1"))
	if _, err := s.Find(t.Context(), "a1"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("Find of a removed alert: %v, want %s", err, fault.NotFound)
	}
}

func testStanding(t *testing.T, s alert.Store) {
	for i, id := range []string{"later", "ended", "first"} {
		a := full()
		a.ID, a.Since = id, noon.Add(-time.Duration(i)*time.Hour)
		if id != "ended" {
			a.Ended, a.How = time.Time{}, ""
		}
		must(t, s.Save(t.Context(), a))
	}
	got, err := s.Standing(t.Context())
	must(t, err)
	sameIDs(t, "Standing()", got, "first", "later")
}

func testHistory(t *testing.T, s alert.Store) {
	save := func(id, connection, app string, kind alert.Kind, ended time.Time) {
		a := full()
		a.ID, a.Kind, a.Ended = id, kind, ended
		a.Subject.Connection, a.Subject.App = connection, app
		must(t, s.Save(t.Context(), a))
	}
	save("old", "c1", "acme", alert.ProviderDown, noon)
	save("new", "c1", "acme", alert.SignInExpired, noon.Add(time.Hour))
	save("other", "c2", "beta", alert.ProviderDown, noon.Add(time.Minute))
	save("same", "c2", "beta", alert.ProviderDown, noon.Add(time.Minute))
	save("open", "c1", "acme", alert.RateLimited, time.Time{})

	tests := []struct {
		filter alert.Filter
		want   []string
	}{
		{alert.Filter{}, []string{"new", "other", "same", "old"}},
		{alert.Filter{Limit: 1}, []string{"new"}},
		{alert.Filter{Connection: "c1"}, []string{"new", "old"}},
		{alert.Filter{App: "beta", Limit: 5}, []string{"other", "same"}},
		{alert.Filter{Kind: alert.ProviderDown, Connection: "c1"}, []string{"old"}},
		{alert.Filter{Connection: "nobody"}, nil},
	}
	for _, tt := range tests {
		got, err := s.History(t.Context(), tt.filter)
		must(t, err)
		sameIDs(t, fmt.Sprintf("History(%+v)", tt.filter), got, tt.want...)
	}
}

func testConcurrent(t *testing.T, s alert.Store) {
	var group sync.WaitGroup
	for n := range 20 {
		group.Go(func() {
			a := full()
			a.ID, a.Ended = fmt.Sprintf("a%02d", n), time.Time{}
			if err := s.Save(context.Background(), a); err != nil {
				t.Errorf("Save: %v", err)
			}
		})
	}
	group.Wait()
	got, err := s.Standing(t.Context())
	must(t, err)
	if len(got) != 20 {
		t.Errorf("%d alerts stand, want 20", len(got))
	}
}

func sameIDs(t *testing.T, what string, got []alert.Alert, want ...string) {
	t.Helper()
	var ids []string
	for _, a := range got {
		ids = append(ids, a.ID)
	}
	if fmt.Sprint(ids) != fmt.Sprint(want) {
		t.Errorf("%s = %v, want %v", what, ids, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
