package bridge

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/settings"
	"patchbay/app/sqlite/sqlitetest"
)

// notedWindow notes what is done to the window.
type notedWindow struct{ did []string }

func (w *notedWindow) note(what string)                         { w.did = append(w.did, what) }
func (w *notedWindow) Emit(event string, _ any)                 { w.note(event) }
func (w *notedWindow) Hide()                                    { w.note("hide") }
func (w *notedWindow) Quit()                                    { w.note("quit") }
func (w *notedWindow) Raise()                                   { w.note("raise") }
func (*notedWindow) Notify(context.Context, Notification) error { return nil }
func (*notedWindow) Copy(string) error                          { return nil }
func (*notedWindow) Save(string, string) (string, error)        { return "", nil }
func (w *notedWindow) wants(t *testing.T, when string, want string) {
	t.Helper()
	if got := strings.Join(w.did, " "); got != want {
		t.Errorf("%s: the window had %q done to it, want %q", when, got, want)
	}
	w.did = nil
}

func TestStays(t *testing.T) {
	disk := sqlitetest.Open(t)
	w := &notedWindow{}
	b := New(Services{
		Settings:    settings.New(disk),
		Connections: connection.New(connection.Config{Store: disk, HTTP: &http.Client{}}),
	})
	b.window = w
	system := &System{b}
	stays := func(when string, want bool, did string) {
		t.Helper()
		if got := b.Stays(); got != want {
			t.Errorf("%s: stays %v, want %v", when, got, want)
		}
		w.wants(t, when, did)
	}
	answer := func(how, did string) {
		t.Helper()
		if err := system.Close(how); err != nil {
			t.Fatal(err)
		}
		w.wants(t, "answered "+how, did)
	}
	stays("nothing is connected", false, "")

	c := connection.Connection{ID: "c1", App: connection.App{Slug: "acme"}, State: connection.Connected}
	if _, err := disk.Save(t.Context(), c, []byte("x")); err != nil {
		t.Fatal(err)
	}
	stays("something is", true, "close:asked")
	answer("stay", "")
	stays("asked again", true, "close:asked")
	stays("closed over the question", false, "")
	answer("watch", "hide")
	stays("the choice is kept", true, "hide")
	answer("quit", "quit")
	stays("on the way out", false, "")
}
