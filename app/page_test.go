package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"patchbay/app"
	"patchbay/app/settings"
)

// The first picture is drawn before the page can ask: what it depends on is in
// the page itself.
func TestPage_saysWhatTheFirstPictureDependsOn(t *testing.T) {
	ctx := context.Background()
	a, err := app.New(ctx, app.Config{Dir: t.TempDir(), Language: "pl", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	assets := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>\n<html lang=\"en\">\n<body>")}}
	h := a.Bridge.Page(assets, http.NotFoundHandler())
	want := func(tag string) {
		t.Helper()
		for _, path := range []string{"/", "/index.html"} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			if body, _ := io.ReadAll(w.Body); !strings.Contains(string(body), tag) {
				t.Errorf("GET %s = %q, want it to contain %q", path, body, tag)
			}
		}
	}
	want(`<html lang="pl" data-first-start>`)
	if err := a.Bridge.Account.Begin(ctx, "Acme", "pl", "Ada", "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	want(`<html lang="pl">`)
	if _, err := a.Bridge.Settings.Change(ctx, func(p *settings.Preferences) { p.RailCollapsed = true }); err != nil {
		t.Fatal(err)
	}
	want(`<html lang="pl" data-rail="collapsed">`)
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/x.js", nil)); w.Code != http.StatusNotFound {
		t.Errorf("another path = %d, want it left to the assets", w.Code)
	}
}
