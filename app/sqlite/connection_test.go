package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/sqlite"
	"patchbay/app/sqlite/sqlitetest"
)

func full(id string) connection.Connection {
	return connection.Connection{
		ID: id, App: connection.App{Slug: "acme", Name: "Acme", Phrase: "x", AfterSteps: []connection.Step{{Text: "Do", Link: "https://example.com"}}},
		Name: "Main", Purpose: "Sales", Owner: "p1", AccountID: "42", AccountName: "Acme ąż",
		State: connection.Connected, StateSince: noon, Reason: "r", ConnectedAt: noon, CheckedAt: noon.Add(time.Second),
		UsedAt: noon.Add(time.Minute), Requested: []string{"a", "b"}, Granted: []string{"a"}, Variables: map[string]string{"site": "x"},
		ExpiresAt: noon.Add(time.Hour), RenewalDies: noon.Add(time.Hour * 24), RenewalStarted: noon.Add(123456 * time.Microsecond),
		Failures: 3, Replaces: "c0",
	}
}

func activity(id string) connection.Activity {
	return connection.Activity{ID: id, At: noon, What: connection.Installed, ConnectionID: "c1", Slug: "acme", App: "Acme", Account: "x", Person: "p1", Note: "n"}
}

func save(t testing.TB, w *sqlite.Workspace, c connection.Connection, sealed string) connection.Connection {
	t.Helper()
	c, err := w.Save(t.Context(), c, []byte(sealed))
	must(t, err)
	return c
}

func sealed(t testing.TB, w *sqlite.Workspace, id string) string {
	t.Helper()
	b, err := w.Sealed(t.Context(), id)
	must(t, err)
	return string(b)
}

func TestSave_comesBackAndCountsVersions(t *testing.T) {
	w := sqlitetest.Open(t)
	c := full("c1")
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "Version" {
			t.Fatalf("the test does not set %s", name)
		}
	}
	for want := int64(1); want <= 3; want++ {
		next := save(t, w, c, "tokens")
		c.Version = want
		if !reflect.DeepEqual(next, c) {
			t.Fatalf("Save\n got %+v\nwant %+v", next, c)
		}
		got, err := w.Connection(t.Context(), "c1")
		must(t, err)
		if !reflect.DeepEqual(got, c) {
			t.Fatalf("Connection\n got %+v\nwant %+v", got, c)
		}
	}
}

func TestSave_nilLeavesTheSealedTokens(t *testing.T) {
	w := sqlitetest.Open(t)
	c := save(t, w, full("c1"), "first")
	c, err := w.Save(t.Context(), c, nil)
	must(t, err)
	if got := sealed(t, w, "c1"); got != "first" {
		t.Errorf("after Save with nil the tokens are %q", got)
	}
	_, err = w.Save(t.Context(), c, []byte("second"))
	must(t, err)
	if got := sealed(t, w, "c1"); got != "second" {
		t.Errorf("after Save with new ones the tokens are %q", got)
	}
	_, err = w.Save(t.Context(), full("c2"), nil)
	wantCode(t, err, fault.Conflict) // a new connection has tokens
}

func TestSave_olderVersionIsRefusedWithItsActivity(t *testing.T) {
	w := sqlitetest.Open(t)
	first := save(t, w, full("c1"), "1")
	save(t, w, first, "2")
	got, err := w.Save(t.Context(), first, []byte("3"), activity("a1"))
	wantCode(t, err, fault.Conflict)
	if got.Version != first.Version {
		t.Errorf("a refused connection has version %d, want its own %d", got.Version, first.Version)
	}
	_, err = w.Save(t.Context(), full("c1"), []byte("4"))
	wantCode(t, err, fault.Conflict)
	if sealed(t, w, "c1") != "2" {
		t.Error("a refused change was stored")
	}
	if list, err := w.Activity(t.Context(), connection.ActivityFilter{}); err != nil || len(list) != 0 {
		t.Errorf("a refused change left activity: %v, %v", list, err)
	}
}

func TestStore_missingRowsAreNotFound(t *testing.T) {
	w := sqlitetest.Open(t)
	_, err := w.Connection(t.Context(), "c1")
	wantCode(t, err, fault.NotFound)
	_, err = w.Sealed(t.Context(), "c1")
	wantCode(t, err, fault.NotFound)
	_, err = w.Client(t.Context(), "app/acme")
	wantCode(t, err, fault.NotFound)
	wantCode(t, w.Remove(t.Context(), full("c1"), &connection.Receipt{ID: "r1"}, nil, activity("a1")), fault.NotFound)
	if receipts, err := w.Receipts(t.Context()); err != nil || len(receipts) != 0 {
		t.Errorf("removing nothing left %v, %v", receipts, err)
	}
}

func TestMerge_isAllOrNothing(t *testing.T) {
	w := sqlitetest.Open(t)
	into, from := save(t, w, full("c1"), "old"), save(t, w, full("c2"), "new")
	revoke := &connection.Revocation{ID: "v1", ReceiptID: "", Account: "x", Sealed: []byte("old"), NextTry: noon}
	stale := into
	stale.Version--
	_, err := w.Merge(t.Context(), stale, from, []byte("new"), revoke, activity("a1"))
	wantCode(t, err, fault.Conflict)
	if sealed(t, w, "c1") != "old" || sealed(t, w, "c2") != "new" {
		t.Fatal("a refused merge moved tokens")
	}
	got, err := w.Merge(t.Context(), into, from, []byte("new"), revoke, activity("a1"))
	must(t, err)
	if got.Version != into.Version+1 || sealed(t, w, "c1") != "new" {
		t.Errorf("version %d, tokens %q", got.Version, sealed(t, w, "c1"))
	}
	_, err = w.Sealed(t.Context(), "c2")
	wantCode(t, err, fault.NotFound)
	left, err := w.Revocations(t.Context())
	must(t, err)
	if len(left) != 1 || string(left[0].Sealed) != "old" {
		t.Errorf("revocations %+v", left)
	}
	// The same activity id again breaks the last statement: all of it goes back.
	from = save(t, w, full("c3"), "newer")
	_, err = w.Merge(t.Context(), got, from, []byte("newer"), nil, activity("a1"))
	wantCode(t, err, fault.Conflict)
	if sealed(t, w, "c1") != "new" || sealed(t, w, "c3") != "newer" {
		t.Error("a merge was stored in part")
	}
}

func TestRemove_isAllOrNothing(t *testing.T) {
	w := sqlitetest.Open(t)
	c, err := w.Save(t.Context(), full("c1"), []byte("tokens"), activity("a1"))
	must(t, err)
	receipt := &connection.Receipt{ID: "r1", ConnectionID: "c1", At: noon, Outcome: connection.OutcomePending, Scopes: []string{"a"}}
	revoke := &connection.Revocation{ID: "v1", ReceiptID: "r1", Sealed: []byte("tokens"), NextTry: noon}
	wantCode(t, w.Remove(t.Context(), c, receipt, revoke, activity("a1")), fault.Conflict)
	if sealed(t, w, "c1") != "tokens" {
		t.Fatal("a failed removal removed the tokens")
	}
	must(t, w.Remove(t.Context(), c, receipt, revoke, activity("a2")))
	_, err = w.Connection(t.Context(), "c1")
	wantCode(t, err, fault.NotFound)
	receipts, err := w.Receipts(t.Context())
	must(t, err)
	if len(receipts) != 1 || !reflect.DeepEqual(receipts[0], *receipt) {
		t.Errorf("receipts\n got %+v\nwant %+v", receipts, *receipt)
	}
}

func TestClient_withAndWithoutSecret(t *testing.T) {
	w := sqlitetest.Open(t)
	for _, want := range []connection.StoredClient{
		{Key: "app/acme", ID: "id", Auth: "post", Sealed: []byte("secret"), SavedAt: noon},
		{Key: "app/acme", ID: "id2", Auth: "none", SavedAt: noon},
	} {
		must(t, w.SaveClient(t.Context(), want))
		got, err := w.Client(t.Context(), "app/acme")
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Client\n got %+v\nwant %+v", got, want)
		}
	}
}

func TestS03_deletedSecretsLeaveTheFiles(t *testing.T) {
	dir := t.TempDir()
	w := workspace(t, dir)
	marker := strings.Repeat("CANARY-", 300) // longer than a page's slack
	c := save(t, w, full("c1"), marker+"first")
	c = save(t, w, c, marker+"second")
	must(t, w.SaveClient(t.Context(), connection.StoredClient{Key: "app/acme", Sealed: []byte(marker), SavedAt: noon}))
	must(t, w.SaveClient(t.Context(), connection.StoredClient{Key: "app/acme", SavedAt: noon}))
	must(t, w.Remove(t.Context(), c, nil, nil))
	must(t, w.Close())
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		must(t, err)
		if bytes.Contains(content, []byte("CANARY")) {
			t.Errorf("%s still holds a deleted secret", e.Name())
		}
	}
}

func TestConnections_followsEveryChange(t *testing.T) {
	w := sqlitetest.Open(t)
	want := func(names ...string) {
		t.Helper()
		list, err := w.Connections(t.Context())
		must(t, err)
		var got []string
		for _, c := range list {
			got = append(got, c.Name)
		}
		if !slices.Equal(got, names) {
			t.Fatalf("got %q, want %q", got, names)
		}
	}
	want()
	a, b := full("a"), full("b")
	a.Name, b.Name = "first", "second"
	a, b = save(t, w, a, "x"), save(t, w, b, "x")
	want("first", "second")
	b.Name = "renamed"
	b = save(t, w, b, "x")
	want("first", "renamed")
	must(t, w.Remove(t.Context(), a, nil, nil))
	want("renamed")
	a.Version, a.Name = 0, "again"
	save(t, w, a, "x")
	want("again", "renamed")
}
