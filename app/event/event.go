// Package event carries facts inside the process from the noun that knows them
// to whoever shows or acts on them.
//
// An event is a hint, never the truth: it names what changed, and the listener
// asks for the rest. Publish after the change is stored and outside any lock. A
// topic without listeners is fine; a lost event costs a delay, not correctness.
package event

import "sync"

// Topic is a stream of facts of one type. The zero value is ready to use, and it
// may be used by several goroutines.
type Topic[T any] struct {
	mu        sync.RWMutex
	listeners map[int]func(T)
	next      int
}

// Subscribe calls listen for every fact published from now on, in the goroutine
// of the publisher: listen must return quickly. The returned function ends it.
func (t *Topic[T]) Subscribe(listen func(T)) (stop func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.listeners == nil {
		t.listeners = map[int]func(T){}
	}
	id := t.next
	t.next++
	t.listeners[id] = listen
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.listeners, id)
	}
}

// Publish tells every listener about fact before it returns.
func (t *Topic[T]) Publish(fact T) {
	t.mu.RLock()
	listeners := make([]func(T), 0, len(t.listeners))
	for _, listen := range t.listeners {
		listeners = append(listeners, listen)
	}
	t.mu.RUnlock()
	for _, listen := range listeners {
		listen(fact)
	}
}
