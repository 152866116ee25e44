package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"patchbay/app"
	"patchbay/app/bridge"
	"patchbay/app/connection"
	"patchbay/app/keychain"
	"patchbay/app/provider"
	"patchbay/build/bench/acme"
)

// fleet is a running Patchbay, without its clocks, that has many connections.
type fleet struct {
	*app.App
	ids    []string
	remove func()
}

// newFleet opens a Patchbay with n connections, made after their provider, whose
// access tokens end at expires.
func newFleet(ctx context.Context, n int, expires time.Time) (*fleet, error) {
	dir, remove, err := folder(ctx, 0)
	if err != nil {
		return nil, err
	}
	f := &fleet{remove: remove}
	f.App, err = app.New(ctx, app.Config{Dir: dir, Keychain: &memory{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		remove()
		return nil, err
	}
	f.Bridge.Attach(ctx, silent{})
	err = f.Bridge.Catalogue.Open(ctx)
	for i := 0; i < n && err == nil; i++ {
		err = f.add(ctx, i, expires)
	}
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *fleet) close() error {
	defer f.remove()
	return f.Close()
}

// add stores a connection as a sign-in leaves it.
func (f *fleet) add(ctx context.Context, i int, expires time.Time) error {
	number := fmt.Sprint(i)
	now := time.Now().UTC()
	c := connection.Connection{
		ID: fmt.Sprintf("connection-%04d", i), App: acme.App(provider.Client{Kind: "public", ID: "patchbay"}, "none", "1h"), State: connection.Connected, StateSince: now,
		AccountID: number, AccountName: "account " + number, ConnectedAt: now, CheckedAt: now,
		Requested: []string{"read"}, Granted: []string{"read"}, ExpiresAt: expires.UTC(),
	}
	plain, err := json.Marshal(map[string]string{"a": "access-" + number, "r": "refresh-" + number})
	if err != nil {
		return err
	}
	s := f.Bridge.Connections
	sealed, err := s.Vault.Seal(ctx, plain, "connection/"+c.ID)
	if err != nil {
		return err
	}
	_, err = s.Store.Save(ctx, c, sealed)
	f.ids = append(f.ids, c.ID)
	return err
}

// each does work for every connection, at most parallel at a time, and returns
// the first error.
func (f *fleet) each(parallel int, work func(id string) error) error {
	ids, failed := make(chan string), make(chan error, parallel)
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			var err error
			for id := range ids {
				if err == nil {
					err = work(id)
				}
			}
			failed <- err
		})
	}
	for _, id := range f.ids {
		ids <- id
	}
	close(ids)
	workers.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// memory is a keychain that lasts as long as the process.
type memory struct{ secrets sync.Map }

func (m *memory) Read(user string) (string, error) {
	if s, ok := m.secrets.Load(user); ok {
		return s.(string), nil
	}
	return "", keychain.ErrAbsent
}

func (m *memory) Write(user, secret string) error {
	m.secrets.Store(user, secret)
	return nil
}

// silent is a window that nobody sees.
type silent struct{}

func (silent) Emit(string, any)                                  {}
func (silent) Notify(context.Context, bridge.Notification) error { return nil }
func (silent) Copy(string) error                                 { return nil }
func (silent) Raise()                                            {}
func (silent) Hide()                                             {}
func (silent) Quit()                                             {}
func (silent) Save(string, string) (string, error)               { return "", os.ErrInvalid }
