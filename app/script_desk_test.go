package app_test

import (
	"context"
	"patchbay/app/bridge"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// memory is a keychain that a script can lock, wipe and hang.
type memory struct {
	mu      sync.Mutex
	secrets map[string]string
	err     error
	held    chan struct{} // until it is closed, nobody is answered; nil answers
}

// hang lets who asks from now on wait for unlock-keychain.
func hang(ts *testscript.TestScript, _ bool, _ []string) {
	keys := of(ts).keys
	keys.mu.Lock()
	defer keys.mu.Unlock()
	keys.held = make(chan struct{})
}

func (m *memory) wait() {
	m.mu.Lock()
	held := m.held
	m.mu.Unlock()
	if held != nil {
		<-held
	}
}

var (
	errLocked = fault.Errorf(fault.KeychainLocked, "locked by the script")
	errAbsent = fault.Errorf(fault.KeychainAbsent, "taken away by the script")
)

func keychainIs(err error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) {
		keys := of(ts).keys
		keys.mu.Lock()
		defer keys.mu.Unlock()
		keys.err = err
		if keys.held != nil {
			close(keys.held)
			keys.held = nil
		}
	}
}

func (m *memory) wipe() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.secrets)
}

func (m *memory) Read(user string) (string, error) {
	m.wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return "", m.err
	}
	if secret, ok := m.secrets[user]; ok {
		return secret, nil
	}
	return "", keychain.ErrAbsent
}

func (m *memory) Write(user, secret string) error {
	m.wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		m.secrets[user] = secret
	}
	return m.err
}

// nobody is a window that nobody looks at.
type nobody struct{}

func (nobody) Emit(string, any)                                  {}
func (nobody) Notify(context.Context, bridge.Notification) error { return nil }
func (nobody) Copy(string) error                                 { return nil }
func (nobody) Raise()                                            {}
func (nobody) Hide()                                             {}
func (nobody) Quit()                                             {}
func (nobody) Save(string, string) (string, error)               { return "", nil }
