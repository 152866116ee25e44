package sandbox

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"patchbay/app/fault"
)

// store holds the state in memory and in its file. A change is in the file
// before anybody sees it.
type store struct {
	path string
	now  func() time.Time

	mu      sync.Mutex
	state   *state
	changed chan struct{} // closed at the next change
}

func openStore(path string, now func() time.Time, logger *slog.Logger) (*store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "open sandbox: %w", err)
	}
	s := &store{path: path, now: now, changed: make(chan struct{})}
	st, err := readState(path)
	if errors.Is(err, errDamaged) {
		aside := path + ".damaged-" + now().UTC().Format("20060102-150405")
		logger.Warn("sandbox state set aside", "file", aside, "error", err)
		err = os.Rename(path, aside)
	}
	if err != nil {
		return nil, fault.Errorf(fault.StorageFailed, "open sandbox: %w", err)
	}
	if st == nil {
		st = newState(now())
		if err := writeState(path, st); err != nil {
			return nil, err
		}
	}
	s.state = st
	return s, nil
}

var errDamaged = errors.New("the state file is damaged or of another version")

// readState returns nil without an error when there is no file yet.
func readState(path string) (*state, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	st := new(state)
	if json.Unmarshal(data, st) != nil || !st.isComplete() {
		return nil, errDamaged
	}
	return st, nil
}

// writeState replaces the file as a whole, so that a kill at any moment leaves
// the old or the new one.
func writeState(path string, st *state) error {
	data, err := json.MarshalIndent(st, "", " ")
	if err != nil {
		return fault.Errorf(fault.Internal, "save sandbox: %w", err)
	}
	if err := replaceFile(path, data); err != nil {
		return fault.Errorf(fault.StorageFailed, "save sandbox: %w", err)
	}
	return nil
}

func replaceFile(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // CreateTemp uses mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// view lets look read the state. Nothing of it may be kept or changed.
func (s *store) view(look func(*state)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	look(s.state)
}

// update lets change alter a copy of the state, which replaces the state once it
// is in the file. When change or the writing fails nothing has happened.
func (s *store) update(change func(*state) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	next, err := s.state.clone()
	if err != nil {
		return err
	}
	if err := change(next); err != nil {
		return err
	}
	if err := writeState(s.path, next); err != nil {
		return err
	}
	s.state = next
	close(s.changed)
	s.changed = make(chan struct{})
	return nil
}

// touch alters what is not worth a write of its own; it reaches the file with
// the next update.
func (s *store) touch(change func(*state)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.state)
}

// faults returns the faults of an app and a channel that is closed when anything
// changes.
func (s *store) faults(slug string) (Faults, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Apps[slug].Faults, s.changed
}

func (st *state) clone() (*state, error) {
	data, err := json.Marshal(st)
	if err != nil {
		return nil, fault.Errorf(fault.Internal, "copy sandbox state: %w", err)
	}
	next := new(state)
	if err := json.Unmarshal(data, next); err != nil {
		return nil, fault.Errorf(fault.Internal, "copy sandbox state: %w", err)
	}
	return next, nil
}
