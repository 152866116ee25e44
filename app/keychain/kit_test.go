package keychain_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/keychain"
)

// fakeStore is a keychain that does what a test wants; nil hooks do nothing.
type fakeStore struct {
	mu      sync.Mutex
	items   map[string]string
	reads   int
	inside  int // callers at this moment
	crowded bool
	writes  int

	onRead  func() error               // before reading
	onWrite func(secret string) string // what is really kept
	lose    bool                       // Write keeps nothing and says that all is well (#153)
}

func newFake() *fakeStore { return &fakeStore{items: map[string]string{}} }

func (f *fakeStore) enter() func() {
	f.mu.Lock()
	f.inside++
	f.crowded = f.crowded || f.inside > 1
	f.mu.Unlock()
	return func() {
		f.mu.Lock()
		f.inside--
		f.mu.Unlock()
	}
}

// seen tells how many callers are inside now, whether there ever were two, and
// how many keys were written.
func (f *fakeStore) seen() (inside int, crowded bool, writes int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.inside, f.crowded, f.writes
}

func (f *fakeStore) Read(user string) (string, error) {
	defer f.enter()()
	if f.onRead != nil {
		if err := f.onRead(); err != nil {
			return "", err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	secret, ok := f.items[user]
	if !ok {
		return "", keychain.ErrAbsent
	}
	return secret, nil
}

func (f *fakeStore) Write(user, secret string) error {
	defer f.enter()()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.writes++
	if f.onWrite != nil {
		secret = f.onWrite(secret)
	}
	if !f.lose {
		f.items[user] = secret
	}
	return nil
}

// fakeLedger remembers the record; err is what it answers instead.
type fakeLedger struct {
	record *keychain.KeyRecord
	err    error
	saves  int
}

func (l *fakeLedger) KeyRecord(context.Context) (keychain.KeyRecord, error) {
	switch {
	case l.err != nil:
		return keychain.KeyRecord{}, l.err
	case l.record == nil:
		return keychain.KeyRecord{}, fault.Errorf(fault.NotFound, "no record")
	}
	return *l.record, nil
}

func (l *fakeLedger) SaveKeyRecord(_ context.Context, r keychain.KeyRecord) error {
	l.saves++
	if l.err != nil {
		return l.err
	}
	l.record = &r
	return nil
}

// fileLedger keeps the record between processes.
type fileLedger string

func (l fileLedger) KeyRecord(context.Context) (r keychain.KeyRecord, err error) {
	text, err := os.ReadFile(string(l))
	if errors.Is(err, os.ErrNotExist) {
		return r, fault.Errorf(fault.NotFound, "no record")
	}
	if err != nil {
		return r, err
	}
	err = json.Unmarshal(text, &r)
	return r, err
}

func (l fileLedger) SaveKeyRecord(_ context.Context, r keychain.KeyRecord) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(string(l), text, 0o600)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}
