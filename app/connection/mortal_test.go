package connection_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"

	"patchbay/app/alert"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/sqlite"
)

// mortal is the store of a program that can be killed at any write.
type mortal struct {
	*sqlite.Workspace
	dead   atomic.Bool
	writes atomic.Int64
	// killAt is the write at which the program is killed, before it happens or,
	// for after, when it has; 0 is never.
	killAt int64
	after  bool
	// fail, if set, is what writes return.
	fail atomic.Pointer[error]
	// pause holds up the next reading of sealed tokens.
	pause atomic.Pointer[func()]
}

// hold makes the next reading of sealed tokens say that it arrived and wait.
func (m *mortal) hold(arrived chan<- struct{}, release <-chan struct{}) {
	pause := func() { close(arrived); <-release }
	m.pause.Store(&pause)
}

func (m *mortal) Sealed(ctx context.Context, id string) ([]byte, error) {
	if pause := m.pause.Swap(nil); pause != nil {
		(*pause)()
	}
	return m.Workspace.Sealed(ctx, id)
}

var errKilled = fault.Errorf(fault.StorageFailed, "killed")

func (m *mortal) die() { m.dead.Store(true) }

func (m *mortal) write(do func() error) error {
	n := m.writes.Add(1)
	if fail := m.fail.Load(); fail != nil {
		return *fail
	}
	if n == m.killAt && !m.after {
		m.die()
	}
	if m.dead.Load() {
		return errKilled
	}
	err := do()
	if n == m.killAt {
		m.die()
		return errKilled
	}
	return err
}

func (m *mortal) Save(ctx context.Context, c connection.Connection, sealed []byte, did ...connection.Activity) (out connection.Connection, err error) {
	err = m.write(func() error { out, err = m.Workspace.Save(ctx, c, sealed, did...); return err })
	return out, err
}

func (m *mortal) Merge(ctx context.Context, into, from connection.Connection, sealed []byte, revoke *connection.Revocation, did ...connection.Activity) (out connection.Connection, err error) {
	err = m.write(func() error { out, err = m.Workspace.Merge(ctx, into, from, sealed, revoke, did...); return err })
	return out, err
}

func (m *mortal) Remove(ctx context.Context, c connection.Connection, receipt *connection.Receipt, revoke *connection.Revocation, did ...connection.Activity) error {
	return m.write(func() error { return m.Workspace.Remove(ctx, c, receipt, revoke, did...) })
}

func (m *mortal) SaveReceipt(ctx context.Context, r connection.Receipt, did ...connection.Activity) error {
	return m.write(func() error { return m.Workspace.SaveReceipt(ctx, r, did...) })
}

func (m *mortal) SaveRevocation(ctx context.Context, r connection.Revocation) error {
	return m.write(func() error { return m.Workspace.SaveRevocation(ctx, r) })
}

// mortalAlerts keeps nothing once the program is dead.
type mortalAlerts struct {
	alert.Store
	life *mortal
}

func (m mortalAlerts) Save(ctx context.Context, a alert.Alert) error {
	if m.life.dead.Load() {
		return errKilled
	}
	return m.Store.Save(ctx, a)
}

// doomed sends nothing once the program is dead.
type doomed struct {
	life *mortal
	http.RoundTripper
}

func (d doomed) RoundTrip(r *http.Request) (*http.Response, error) {
	if d.life.dead.Load() {
		return nil, errors.New("killed")
	}
	return d.RoundTripper.RoundTrip(r)
}
