// Package alerttest has what tests of alerts need: a store in memory, and the
// suite that every alert.Store must pass.
package alerttest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// Memory is an alert.Store that forgets with the process. Use [NewMemory].
type Memory struct {
	mu     sync.Mutex
	alerts map[string]alert.Alert
	fail   error
}

var _ alert.Store = (*Memory)(nil)

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{alerts: map[string]alert.Alert{}} }

// Fail makes every later call return err, until it is called with nil.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// Save implements alert.Store.
func (m *Memory) Save(_ context.Context, a alert.Alert) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	a.Detail = maps.Clone(a.Detail)
	m.alerts[a.ID] = a
	return nil
}

// Remove implements alert.Store.
func (m *Memory) Remove(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	delete(m.alerts, id)
	return nil
}

// Find implements alert.Store.
func (m *Memory) Find(_ context.Context, id string) (alert.Alert, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return alert.Alert{}, m.fail
	}
	a, ok := m.alerts[id]
	if !ok {
		return alert.Alert{}, fault.Errorf(fault.NotFound, "find alert %s: not there", id)
	}
	a.Detail = maps.Clone(a.Detail)
	return a, nil
}

// Standing implements alert.Store.
func (m *Memory) Standing(context.Context) ([]alert.Alert, error) {
	return m.list(alert.Alert.Standing, func(a, b alert.Alert) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
}

// History implements alert.Store.
func (m *Memory) History(_ context.Context, f alert.Filter) ([]alert.Alert, error) {
	ended := func(a alert.Alert) bool { return !a.Standing() && f.Match(a) }
	found, err := m.list(ended, func(a, b alert.Alert) int {
		return cmp.Or(b.Ended.Compare(a.Ended), cmp.Compare(a.ID, b.ID))
	})
	if f.Limit > 0 && len(found) > f.Limit {
		found = found[:f.Limit]
	}
	return found, err
}

func (m *Memory) list(keep func(alert.Alert) bool, order func(a, b alert.Alert) int) ([]alert.Alert, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return nil, m.fail
	}
	var found []alert.Alert
	for _, a := range m.alerts {
		if keep(a) {
			a.Detail = maps.Clone(a.Detail)
			found = append(found, a)
		}
	}
	slices.SortFunc(found, order)
	return found, nil
}
