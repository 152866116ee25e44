// Package keychain seals secrets with a key that only this machine's keychain
// holds.
//
// One random 256-bit data key lies in the operating system's keychain (Secret
// Service, Keychain, Credential Manager); every secret is XChaCha20-Poly1305
// ciphertext in the row that it belongs to, bound to that row. So a new token is
// stored in the same transaction as the state that goes with it, no size limit
// of a keychain matters (Windows takes 2,560 bytes), and a copied data folder is
// useless elsewhere.
//
// # What keychains do
//
// The libraries have no deadlines, and on Linux two callers of a locked keyring
// can wait for each other for ever. So one goroutine at a time speaks to the
// keychain, every call is given a few seconds, and after a call that did not come
// back no other is made until it does.
//
// A key is made only when the keychain says plainly that there is none, and
// nothing has been sealed yet: any other answer might hide a key on which
// everything that was sealed depends.
package keychain

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"patchbay/app/connection"
	"patchbay/app/fault"
)

var _ connection.Vault = (*Keychain)(nil)

// Service is the name under which the key lies in the keychain.
const Service = "Patchbay"

// Store is the operating system's keychain. ErrAbsent is the only error that
// means "there is no such item".
type Store interface {
	Read(user string) (string, error)
	Write(user, secret string) error
}

// ErrAbsent is what a Store returns for an item that is not there.
var ErrAbsent = errors.New("no such item")

// Ledger remembers, beside the sealed data, which key it was sealed with.
type Ledger interface {
	// KeyRecord returns the record, or fault.NotFound while nothing is sealed.
	KeyRecord(ctx context.Context) (KeyRecord, error)
	SaveKeyRecord(ctx context.Context, r KeyRecord) error
}

// KeyRecord names the keychain item and holds a known text sealed with the key.
type KeyRecord struct {
	User  string `json:"user"`
	Check []byte `json:"check"`
}

// Keychain seals and opens. It is safe for concurrent use.
type Keychain struct {
	store    Store
	ledger   Ledger
	deadline time.Duration

	turn chan struct{} // held by whoever speaks to the keychain

	mu      sync.Mutex
	key     cipher.AEAD
	overdue bool // a call has not come back in time, nor since
}

// Deadline is how long the keychain may take to answer. People need time to
// unlock it, but a window that waits longer looks broken.
const Deadline = 4 * time.Second

// New returns a Keychain over store; nothing is asked of it yet.
func New(store Store, ledger Ledger, deadline time.Duration) *Keychain {
	return &Keychain{store: store, ledger: ledger, deadline: deadline, turn: make(chan struct{}, 1)}
}

// Ready gets the key, making the first one if there is none. It returns nil when
// secrets can be sealed and opened, else fault.KeychainAbsent,
// fault.KeychainLocked, fault.KeychainKeyLost or, when the ledger cannot be read
// or written, fault.StorageFailed. It takes no longer than the deadline.
func (k *Keychain) Ready(ctx context.Context) error {
	_, err := k.aead(ctx)
	return err
}

const overhead = chacha20poly1305.NonceSizeX

// Seal returns plain as ciphertext that opens only with the same bound.
func (k *Keychain) Seal(ctx context.Context, plain []byte, bound string) ([]byte, error) {
	aead, err := k.aead(ctx)
	if err != nil {
		return nil, err
	}
	return seal(aead, plain, bound), nil
}

func seal(aead cipher.AEAD, plain []byte, bound string) []byte {
	nonce := make([]byte, overhead, overhead+len(plain)+aead.Overhead())
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(bound))
}

// Open returns the plain text of sealed. Text that was changed, moved to another
// place or sealed with another key is fault.KeychainKeyLost.
func (k *Keychain) Open(ctx context.Context, sealed []byte, bound string) ([]byte, error) {
	aead, err := k.aead(ctx)
	if err != nil {
		return nil, err
	}
	return open(aead, sealed, bound)
}

func open(aead cipher.AEAD, sealed []byte, bound string) ([]byte, error) {
	if len(sealed) < overhead {
		return nil, fault.Errorf(fault.KeychainKeyLost, "open %s: too short", bound)
	}
	plain, err := aead.Open(nil, sealed[:overhead], sealed[overhead:], []byte(bound))
	if err != nil {
		return nil, fault.Errorf(fault.KeychainKeyLost, "open %s: sealed with another key or for another place", bound)
	}
	return plain, nil
}

func (k *Keychain) aead(ctx context.Context) (cipher.AEAD, error) {
	k.mu.Lock()
	key := k.key
	k.mu.Unlock()
	if key != nil {
		return key, nil
	}
	return k.fetch(ctx, k.load)
}

// answer is what a call to the keychain came to.
type answer struct {
	key cipher.AEAD
	err error
}

// fetch gets the key by asking the keychain. A call that does not come back in
// time keeps its turn, so that no second one is started beside it, and until it
// does nobody else waits: what takes several secrets would add up to more than a
// person waits. Should it come back after all, its result is used next time.
func (k *Keychain) fetch(ctx context.Context, ask func(context.Context) (cipher.AEAD, error)) (cipher.AEAD, error) {
	if k.isOverdue() {
		return nil, errOverdue
	}
	timer := time.NewTimer(k.deadline)
	defer timer.Stop()
	select {
	case k.turn <- struct{}{}:
	case <-timer.C:
		return nil, errOverdue
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	done := make(chan answer, 1)
	own := context.WithoutCancel(ctx)
	go func() {
		defer func() { <-k.turn }()
		key, err := ask(own)
		k.mu.Lock()
		defer k.mu.Unlock()
		if err == nil {
			k.key = key
		}
		k.overdue = false
		done <- answer{key, err}
	}()
	select {
	case a := <-done:
		return a.key, a.err
	case <-timer.C:
		return nil, k.late(done)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

var errOverdue = fault.Errorf(fault.KeychainLocked, "the keychain has not answered an earlier request")

func (k *Keychain) isOverdue() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.overdue
}

// late notes that a call is overdue, unless it has just come back.
func (k *Keychain) late(done <-chan answer) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.overdue = len(done) == 0
	return fault.Errorf(fault.KeychainLocked, "the keychain did not answer within %s", k.deadline)
}

// load reads the key that the ledger names, or makes the first one.
func (k *Keychain) load(ctx context.Context) (cipher.AEAD, error) {
	k.mu.Lock()
	have := k.key
	k.mu.Unlock()
	if have != nil {
		return have, nil // another caller was faster
	}
	record, err := k.ledger.KeyRecord(ctx)
	if fault.CodeOf(err) == fault.NotFound {
		return k.create(ctx)
	}
	if err != nil {
		return nil, err
	}
	return k.known(record)
}

const checkText = "patchbay"

// known reads the key of record and makes sure that it is the right one.
func (k *Keychain) known(record KeyRecord) (cipher.AEAD, error) {
	text, err := k.store.Read(record.User)
	if errors.Is(err, ErrAbsent) {
		return nil, fault.Errorf(fault.KeychainKeyLost, "the keychain no longer holds the key")
	}
	if err != nil {
		return nil, named(err)
	}
	aead, err := parse(text)
	if err != nil {
		return nil, err
	}
	if _, err := open(aead, record.Check, checkText); err != nil {
		return nil, fault.Errorf(fault.KeychainKeyLost, "the keychain holds another key")
	}
	return aead, nil
}

// create makes a key, reads it back, because keychains have been known to lose
// or cut what they said they had stored, and only then relies on it.
func (k *Keychain) create(ctx context.Context) (cipher.AEAD, error) {
	user := "data-key-" + rand.Text()[:12]
	if _, err := k.store.Read(user); err != nil && !errors.Is(err, ErrAbsent) {
		return nil, named(err)
	}
	raw := make([]byte, chacha20poly1305.KeySize)
	rand.Read(raw)
	text := base64.StdEncoding.EncodeToString(raw)
	if err := k.store.Write(user, text); err != nil {
		return nil, named(err)
	}
	back, err := k.store.Read(user)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return nil, named(err)
	}
	if subtle.ConstantTimeCompare([]byte(back), []byte(text)) != 1 {
		return nil, fault.Errorf(fault.KeychainAbsent, "the keychain did not keep the key")
	}
	aead, err := parse(text)
	if err != nil {
		return nil, err
	}
	return aead, k.ledger.SaveKeyRecord(ctx, KeyRecord{User: user, Check: seal(aead, []byte(checkText), checkText)})
}

// named gives an error of the keychain a code, should it have none: it is there
// and refuses, which a person best treats as being locked.
func named(err error) error {
	if code := fault.CodeOf(err); code != fault.Internal {
		return err
	}
	return fault.Errorf(fault.KeychainLocked, "the keychain: %w", err)
}

// Renew makes a new key although the old one is lost: what was sealed with that
// stays unreadable. It is for people who were told so. While the old key can
// still be read, it is fault.Conflict.
func (k *Keychain) Renew(ctx context.Context) error {
	_, err := k.fetch(ctx, func(ctx context.Context) (cipher.AEAD, error) {
		_, err := k.load(ctx)
		if err == nil {
			return nil, fault.Errorf(fault.Conflict, "the key is not lost")
		}
		if fault.CodeOf(err) != fault.KeychainKeyLost {
			return nil, err
		}
		return k.create(ctx)
	})
	return err
}

func parse(text string) (cipher.AEAD, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != chacha20poly1305.KeySize {
		return nil, fault.Errorf(fault.KeychainKeyLost, "the key in the keychain is damaged")
	}
	return chacha20poly1305.NewX(raw)
}
