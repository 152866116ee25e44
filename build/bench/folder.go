package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"patchbay/app"
	"patchbay/app/bridge"
	"patchbay/app/feed"
	"patchbay/app/listing"
	"patchbay/app/listing/listingbench"
	"patchbay/app/sqlite"
)

// many is how many listings a large catalogue has.
const many = 100_000

// folder makes the data folder of somebody who has used Patchbay before: an
// account, the built-in catalogue, and so many made-up listings more. Remove
// it with the returned function.
func folder(ctx context.Context, listings int) (dir string, remove func(), err error) {
	if dir, err = os.MkdirTemp("", "patchbay-bench-*"); err != nil {
		return "", nil, err
	}
	if listings > 0 {
		err = takeIn(ctx, dir, listings)
	}
	if err == nil {
		err = settleIn(ctx, dir)
	}
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("prepare a data folder: %w", err), os.RemoveAll(dir))
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil
}

// takeIn adds a feed of made-up listings, served on this machine.
func takeIn(ctx context.Context, dir string, listings int) error {
	document := filepath.Join(dir, "feed.json.gz")
	if err := writeFeed(document, listings); err != nil {
		return err
	}
	defer os.Remove(document)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		http.ServeFile(w, r, document)
	}))
	defer server.Close()
	store, _, err := sqlite.OpenCatalogue(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	sources := &feed.Sources{Web: feed.Web{Transport: server.Client().Transport, Dir: dir}}
	catalogue := listing.New(store, sources, time.Now, slog.New(slog.DiscardHandler))
	_, err = catalogue.AddFeed(ctx, "made-up", server.URL)
	return errors.Join(err, store.Close())
}

func writeFeed(name string, listings int) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	packed := gzip.NewWriter(file)
	return errors.Join(listingbench.WriteFeed(packed, seed, listings), packed.Close(), file.Close())
}

// settleIn sets the account up and waits until the catalogue is there.
func settleIn(ctx context.Context, dir string) error {
	a, err := app.New(ctx, app.Config{Dir: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	first := bridge.FirstStart{AccountName: "Acme", Language: "en", PersonName: "Ada", Email: "ada@example.com"}
	_, err = facade[bridge.Accounts](a).Start(first)
	if err == nil {
		err = a.Bridge.Catalogue.Open(ctx)
	}
	return errors.Join(err, a.Close())
}

// facade returns the part of the bridge that is called F.
func facade[F any](a *app.App) *F {
	for _, bound := range a.Bridge.Bound() {
		if f, ok := bound.(*F); ok {
			return f
		}
	}
	panic("the bridge lacks a facade")
}
