package app

import (
	"context"
	"strconv"
	"sync"
	"time"

	"patchbay/app/alert"
	"patchbay/app/bridge"
	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/keychain"
	"patchbay/app/sandbox"
	"patchbay/app/sqlite"
)

var _ bridge.Machine = (*machine)(nil)

// machine is what the window shows of the machine around it.
type machine struct {
	app     *App
	vault   *keychain.Keychain
	changed event.Topic[struct{}]

	mu      sync.Mutex
	offline bool
	asked   bool
	asking  bool
	trouble error // of the keychain, once asked
	lacking []bridge.Notice
}

// Offline implements bridge.Machine.
func (m *machine) Offline() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.offline
}

func (m *machine) setOffline(offline bool) {
	m.mu.Lock()
	changed := m.offline != offline
	m.offline = offline
	m.mu.Unlock()
	if changed {
		m.changed.Publish(struct{}{})
	}
}

// Keychain implements bridge.Machine: how the keychain was found, nil for ready.
// The first call looks at it in the background and reports that it is being asked.
func (m *machine) Keychain() (known bool, trouble error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.asked && !m.asking {
		m.asking = true
		m.app.background(m.watchKeychain)
	}
	return m.asked, m.trouble
}

// RetryKeychain implements bridge.Machine: it asks the keychain again, and tells
// the alerts how it went.
func (m *machine) RetryKeychain(ctx context.Context) error {
	return m.found(ctx, m.vault.Ready(ctx))
}

// found keeps how the keychain was found and tells whom it concerns.
func (m *machine) found(ctx context.Context, err error) error {
	m.mu.Lock()
	m.asked, m.asking, m.trouble = true, false, err
	m.mu.Unlock()
	m.changed.Publish(struct{}{})
	if err == nil {
		m.app.connections.Unlocked()
	}
	if told := m.tellAlerts(ctx, err); told != nil {
		m.app.config.Log.Error("tell alerts about the keychain", "error", told)
	}
	return err
}

// tellAlerts raises an alert only when there is something to be read: before the
// first connection a locked keychain is no trouble yet.
func (m *machine) tellAlerts(ctx context.Context, trouble error) error {
	if trouble == nil {
		return m.app.alerts.Saw(ctx, "", alert.Unlocked)
	}
	all, err := m.app.connections.List(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	return m.app.alerts.Raise(ctx, alert.SecretsUnreadable, alert.Subject{}, map[string]string{
		alert.DetailCode: string(fault.CodeOf(trouble)), alert.DetailReason: trouble.Error(),
	})
}

// RenewKey implements bridge.Machine.
func (m *machine) RenewKey(ctx context.Context) error {
	if err := m.vault.Renew(ctx); err != nil {
		return err
	}
	return m.RetryKeychain(ctx)
}

// Changed implements bridge.Machine.
func (m *machine) Changed(listen func()) { m.changed.Subscribe(func(struct{}) { listen() }) }

// Notices implements bridge.Machine.
func (m *machine) Notices(ctx context.Context) ([]bridge.Notice, error) {
	stored, err := m.app.workspace.Notices(ctx)
	notices := make([]bridge.Notice, 0, len(stored))
	for _, n := range stored {
		notices = append(notices, bridge.Notice{ID: n.ID, Kind: n.Kind, Subject: n.Subject, At: n.At.UnixMilli()})
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return append(notices, m.lacking...), err
}

// DismissNotice implements bridge.Machine.
func (m *machine) DismissNotice(ctx context.Context, id string) error {
	m.forget(id)
	return m.app.workspace.DismissNotice(ctx, id)
}

func (m *machine) tell(ctx context.Context, kind, subject string) error {
	err := m.app.workspace.SaveNotice(ctx, sqlite.Notice{ID: kind, Kind: kind, Subject: subject, At: time.Now().UTC()})
	m.changed.Publish(struct{}{})
	return err
}

// note keeps for the window what had to be done to open the data.
func (m *machine) note(ctx context.Context, r sqlite.Recovery, catalogueRebuilt bool) error {
	if catalogueRebuilt {
		if err := m.tell(ctx, "catalogue_rebuilt", ""); err != nil {
			return err
		}
	}
	switch {
	case r.SetAside == "":
		return nil
	case r.Restored.IsZero():
		return m.tell(ctx, "workspace_lost", r.SetAside)
	default:
		return m.tell(ctx, "workspace_restored", r.Restored.Format(time.RFC3339))
	}
}

func (m *machine) sandboxPortTaken(ctx context.Context) {
	port := m.app.config.SandboxPort
	if port == 0 {
		port = sandbox.DefaultPort
	}
	if err := m.tell(ctx, "sandbox_port", strconv.Itoa(port)); err != nil {
		m.app.config.Log.Error("keep a notice", "error", err)
	}
}
