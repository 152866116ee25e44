package bridge

import (
	"sync"
	"time"

	"patchbay/app/account"
	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/settings"
)

// The events that the page may hear. All but the last two carry {id}.
const (
	ConnectionChanged  = "connection:changed"
	AttemptChanged     = "attempt:changed"
	AlertChanged       = "alert:changed"
	ListingSynced      = "listing:synced"
	FeedProgressed     = "feed:progressed"
	SystemChanged      = "system:changed"
	PreferencesChanged = "preferences:changed"
	MailChanged        = "mail:changed"
	// NotificationOpened carries {alertID, action}.
	NotificationOpened = "notification:opened"
	// CloseAsked asks what closing the window means; System.Close answers.
	CloseAsked = "close:asked"
)

// hint names what changed.
type hint struct {
	ID string `json:"id"`
}

// forward sends the nouns' events to the page.
func (b *Bridge) forward() {
	soon := &merger{emit: func(event, id string) { b.frame().Emit(event, hint{id}) }}
	b.Connections.Changed.Subscribe(func(c connection.Changed) { soon.add(ConnectionChanged, c.ID) })
	b.Connections.AttemptChanged.Subscribe(func(id string) { soon.add(AttemptChanged, id) })
	b.Alerts.Changed.Subscribe(func(c alert.Changed) { soon.add(AlertChanged, c.ID) })
	b.Catalogue.Synced.Subscribe(func(id string) { soon.add(ListingSynced, id) })
	b.Catalogue.Progressed.Subscribe(func(id string) { soon.add(FeedProgressed, id) })
	b.Account.Changed.Subscribe(func(account.Changed) { soon.add(SystemChanged, "") })
	b.Outbox.Changed.Subscribe(func(struct{}) { soon.add(MailChanged, "") })
	b.Reports.Changed.Subscribe(func(struct{}) { soon.add(MailChanged, "") })
	b.Settings.Changed.Subscribe(func(settings.Preferences) { soon.add(PreferencesChanged, "") })
	b.Machine.Changed(func() { soon.add(SystemChanged, "") })
}

// mergeFor is how long hints are gathered after one has been passed on: a
// thousand connections that change at once must not flood the page.
const mergeFor = 50 * time.Millisecond

// many is how many ids of one event are passed on one by one; more become one
// hint without an id, for all.
const many = 20

// merger passes the first hint of an event on at once, and gathers those that
// follow in the next moment, each id once.
type merger struct {
	emit func(event, id string)

	mu      sync.Mutex
	pending map[string]map[string]bool
}

func (m *merger) add(event, id string) {
	m.mu.Lock()
	ids, gathering := m.pending[event]
	if gathering {
		ids[id] = true
		m.mu.Unlock()
		return
	}
	m.gather(event)
	m.mu.Unlock()
	m.emit(event, id)
}

// gather begins to collect hints of event. The caller holds mu.
func (m *merger) gather(event string) {
	if m.pending == nil {
		m.pending = map[string]map[string]bool{}
	}
	m.pending[event] = map[string]bool{}
	time.AfterFunc(mergeFor, func() { m.flush(event) })
}

func (m *merger) flush(event string) {
	m.mu.Lock()
	ids := m.pending[event]
	delete(m.pending, event)
	if len(ids) > 0 {
		m.gather(event)
	}
	m.mu.Unlock()
	if len(ids) > many {
		m.emit(event, "")
		return
	}
	for id := range ids {
		m.emit(event, id)
	}
}
