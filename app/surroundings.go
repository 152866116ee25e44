package app

import (
	"context"
	"slices"
	"time"

	"patchbay/app/bridge"
	"patchbay/app/desktop"
	"patchbay/app/keychain"
)

// lookEvery is how often a keychain that does not open is looked at again.
const lookEvery = 2 * time.Second

// watchKeychain finds out how the keychain is without a prompt out of the blue:
// one that is locked is opened when a person or a connection needs it. While it
// is locked or absent it is looked at again, because people unlock it elsewhere,
// or after the deadline that a call to it has.
func (m *machine) watchKeychain(ctx context.Context) {
	last := m.look(ctx)
	if last == nil {
		_ = m.RetryKeychain(ctx)
	} else {
		_ = m.found(ctx, last)
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if m.opens() {
			last = nil
			continue
		}
		// Only a change is acted on: a keychain that looks open but refuses would
		// otherwise be asked, and might prompt, for ever.
		before := last
		if last = m.look(ctx); before != nil && last == nil {
			_ = m.RetryKeychain(ctx)
		}
	}
}

func (m *machine) opens() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked && m.trouble == nil
}

// look is nil if the keychain may be asked. One that was handed in is not the
// system's and is always asked.
func (m *machine) look(ctx context.Context) error {
	if m.app.config.Keychain != nil {
		return nil
	}
	ctx, done := context.WithTimeout(ctx, keychain.Deadline/2)
	defer done()
	return keychain.Look(ctx)
}

// survey tells what the session lacks. That is true of this start only, so it is
// not stored with the data.
func (m *machine) survey(ctx context.Context) {
	ctx, done := context.WithTimeout(ctx, keychain.Deadline/2)
	defer done()
	kind := ""
	switch {
	case !desktop.Bus():
		kind = "no_session_bus"
	case !desktop.Notifies(ctx):
		kind = "notifications_off"
	default:
		return
	}
	m.mu.Lock()
	m.lacking = append(m.lacking, bridge.Notice{ID: kind, Kind: kind, At: time.Now().UnixMilli()})
	m.mu.Unlock()
	m.changed.Publish(struct{}{})
}

// forget drops a notice about the session.
func (m *machine) forget(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lacking = slices.DeleteFunc(m.lacking, func(n bridge.Notice) bool { return n.ID == id })
}
