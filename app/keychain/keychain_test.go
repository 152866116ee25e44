package keychain_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"patchbay/app/fault"
	"patchbay/app/keychain"
)

func open(store keychain.Store, ledger keychain.Ledger) *keychain.Keychain {
	return keychain.New(store, ledger, keychain.Deadline)
}

func TestSeal_opensOnlyWhereItBelongs(t *testing.T) {
	store, ledger := newFake(), &fakeLedger{}
	k := open(store, ledger)
	sealed, err := k.Seal(t.Context(), []byte("access token"), "connection/c1")
	must(t, err)
	if bytes.Contains(sealed, []byte("access")) {
		t.Error("sealed text shows what was sealed")
	}
	again, err := k.Seal(t.Context(), []byte("access token"), "connection/c1")
	must(t, err)
	if bytes.Equal(sealed, again) {
		t.Error("sealing the same twice gives the same: the nonce repeats")
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for _, test := range []struct {
		name, bound string
		sealed      []byte
		want        fault.Code
	}{
		{"its own place", "connection/c1", sealed, ""},
		{"another row", "connection/c2", sealed, fault.KeychainKeyLost},
		{"another table", "client/c1", sealed, fault.KeychainKeyLost},
		{"changed", "connection/c1", changed, fault.KeychainKeyLost},
		{"cut", "connection/c1", sealed[:10], fault.KeychainKeyLost},
		{"nothing", "connection/c1", nil, fault.KeychainKeyLost},
	} {
		t.Run(test.name, func(t *testing.T) {
			// A new start, with nothing in memory.
			plain, err := open(store, ledger).Open(t.Context(), test.sealed, test.bound)
			wantCode(t, err, test.want)
			if test.want == "" && string(plain) != "access token" {
				t.Errorf("Open = %q", plain)
			}
			if err != nil && strings.Contains(err.Error(), "access token") {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
}

func TestReady_makesOneKeyAndKeepsIt(t *testing.T) {
	store, ledger := newFake(), &fakeLedger{}
	for range 3 {
		must(t, open(store, ledger).Ready(t.Context()))
	}
	if store.writes != 1 || ledger.saves != 1 {
		t.Errorf("%d keys written, %d records saved, want one of each", store.writes, ledger.saves)
	}
	k := open(store, ledger)
	must(t, k.Ready(t.Context()))
	reads := store.reads
	must(t, k.Ready(t.Context()))
	if store.reads != reads {
		t.Error("a key that is in memory is asked for again")
	}
	clear(store.items) // ErrAbsent after success: what runs goes on
	if _, err := k.Seal(t.Context(), []byte("x"), "y"); err != nil {
		t.Errorf("with the key in memory: %v", err)
	}
}

// Every answer but a plain "there is none", with nothing sealed yet, must leave
// the record and the keychain as they are.
func TestReady_neverMakesAKeyOverAnother(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*fakeStore, *fakeLedger)
		want  fault.Code
	}{
		{"the item is gone", func(s *fakeStore, _ *fakeLedger) { clear(s.items) }, fault.KeychainKeyLost},
		{"another key", func(s *fakeStore, l *fakeLedger) {
			s.items[l.record.User] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
		}, fault.KeychainKeyLost},
		{"cut", func(s *fakeStore, l *fakeLedger) {
			s.items[l.record.User] = s.items[l.record.User][:20]
		}, fault.KeychainKeyLost},
		{"empty", func(s *fakeStore, l *fakeLedger) { s.items[l.record.User] = "" }, fault.KeychainKeyLost},
		{"locked", func(s *fakeStore, _ *fakeLedger) {
			s.onRead = func() error { return fault.Errorf(fault.KeychainLocked, "locked") }
		}, fault.KeychainLocked},
		{"an error without a name", func(s *fakeStore, _ *fakeLedger) {
			s.onRead = func() error { return errors.New("failed to unlock correct collection") }
		}, fault.KeychainLocked},
		{"no service", func(s *fakeStore, _ *fakeLedger) {
			s.onRead = func() error { return fault.Errorf(fault.KeychainAbsent, "no bus") }
		}, fault.KeychainAbsent},
		{"the ledger cannot be read", func(_ *fakeStore, l *fakeLedger) {
			l.err = fault.Errorf(fault.StorageFailed, "disk")
		}, fault.StorageFailed},
	} {
		t.Run(test.name, func(t *testing.T) {
			store, ledger := newFake(), &fakeLedger{}
			must(t, open(store, ledger).Ready(t.Context()))
			record, writes, saves := *ledger.record, store.writes, ledger.saves
			test.spoil(store, ledger)
			wantCode(t, open(store, ledger).Ready(t.Context()), test.want)
			if store.writes != writes || ledger.saves != saves || ledger.record.User != record.User {
				t.Error("a key was made over one that may be there")
			}
		})
	}
}

func TestReady_firstKeyOnlyInAKeychainThatKeepsIt(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*fakeStore, *fakeLedger)
		want  fault.Code
	}{
		{"says yes and keeps nothing", func(s *fakeStore, _ *fakeLedger) { s.lose = true }, fault.KeychainAbsent},
		{"cuts what is long", func(s *fakeStore, _ *fakeLedger) {
			s.onWrite = func(secret string) string { return secret[:len(secret)-1] }
		}, fault.KeychainAbsent},
		{"is locked", func(s *fakeStore, _ *fakeLedger) {
			s.onRead = func() error { return errors.New("locked") }
		}, fault.KeychainLocked},
		{"the record cannot be kept", func(_ *fakeStore, l *fakeLedger) { l.err = fault.Errorf(fault.StorageFailed, "full") }, fault.StorageFailed},
	} {
		t.Run(test.name, func(t *testing.T) {
			store, ledger := newFake(), &fakeLedger{}
			test.spoil(store, ledger)
			k := open(store, ledger)
			sealed, err := k.Seal(t.Context(), []byte("x"), "y")
			wantCode(t, err, test.want)
			if sealed != nil || ledger.record != nil {
				t.Error("something was sealed with a key that nobody keeps")
			}
		})
	}
}

func TestReady_lockedThenUnlocked(t *testing.T) {
	store, ledger := newFake(), &fakeLedger{}
	must(t, open(store, ledger).Ready(t.Context()))
	store.onRead = func() error { return errors.New("locked") }
	k := open(store, ledger)
	wantCode(t, k.Ready(t.Context()), fault.KeychainLocked)
	store.onRead = nil
	must(t, k.Ready(t.Context()))
}

func TestReady_waitsNoLongerThanTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, ledger := newFake(), &fakeLedger{}
		release := make(chan struct{})
		store.onRead = func() error { <-release; return nil }
		k := open(store, ledger)
		start := time.Now()
		var callers sync.WaitGroup
		for range 5 {
			callers.Go(func() {
				wantCode(t, k.Ready(t.Context()), fault.KeychainLocked)
				if waited := time.Since(start); waited != keychain.Deadline {
					t.Errorf("waited %v, want %v", waited, keychain.Deadline)
				}
			})
		}
		callers.Wait()
		if inside, crowded, _ := store.seen(); inside != 1 || crowded {
			t.Errorf("%d callers in the keychain, want the first alone", inside)
		}
		// A later caller is told at once, and starts no second call.
		wantCode(t, k.Renew(t.Context()), fault.KeychainLocked)
		if waited := time.Since(start); waited != keychain.Deadline {
			t.Errorf("Renew waited %v more", waited-keychain.Deadline)
		}
		// Should it answer after all, that is used.
		close(release)
		synctest.Wait()
		must(t, k.Ready(t.Context()))
		if _, crowded, writes := store.seen(); crowded || writes != 1 {
			t.Errorf("crowded %v, %d keys written", crowded, writes)
		}
	})
}

func TestReady_slowIsFineAndOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, ledger := newFake(), &fakeLedger{}
		store.onRead = func() error { time.Sleep(time.Second); return nil }
		k := open(store, ledger)
		var callers sync.WaitGroup
		for range 8 {
			callers.Go(func() { must(t, k.Ready(t.Context())) })
		}
		callers.Wait()
		if _, crowded, writes := store.seen(); crowded || writes != 1 {
			t.Errorf("crowded %v, %d keys written", crowded, writes)
		}
	})
}

func TestRenew_onlyWhenTheKeyIsLost(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*fakeStore)
		want  fault.Code
	}{
		{"it is there", func(*fakeStore) {}, fault.Conflict},
		{"locked", func(s *fakeStore) { s.onRead = func() error { return errors.New("locked") } }, fault.KeychainLocked},
		{"lost", func(s *fakeStore) { clear(s.items) }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			store, ledger := newFake(), &fakeLedger{}
			must(t, open(store, ledger).Ready(t.Context()))
			old := ledger.record.User
			test.spoil(store)
			k := open(store, ledger)
			wantCode(t, k.Renew(t.Context()), test.want)
			if renewed := ledger.record.User != old; renewed != (test.want == "") {
				t.Errorf("renewed: %v", renewed)
			}
			if test.want == "" {
				must(t, k.Ready(t.Context()))
				must(t, open(store, ledger).Ready(t.Context()))
			}
		})
	}
}
