package alert

import "context"

// Store keeps alerts. Every method may be called by several goroutines, and
// what Save has returned nil for survives a crash. The suite alerttest.TestStore
// holds an implementation to this.
type Store interface {
	// Save adds the alert, or replaces the one with the same id.
	Save(ctx context.Context, a Alert) error
	// Remove forgets the alert with this id. An unknown id is no error.
	Remove(ctx context.Context, id string) error
	// Find returns the alert with this id, standing or ended, or an error with
	// fault.NotFound.
	Find(ctx context.Context, id string) (Alert, error)
	// Standing returns every alert that has not ended, oldest first.
	Standing(ctx context.Context) ([]Alert, error)
	// History returns ended alerts, latest end first; equal ends by id.
	History(ctx context.Context, filter Filter) ([]Alert, error)
}

// Filter narrows a history. Its zero value asks for everything.
type Filter struct {
	// Connection, App and Kind, where not empty, must be equal.
	Connection string
	App        string
	Kind       Kind
	// Limit is the greatest number of alerts wanted; 0 means all.
	Limit int
}

// Match reports whether the filter lets a through, Limit aside.
func (f Filter) Match(a Alert) bool {
	return (f.Connection == "" || f.Connection == a.Subject.Connection) &&
		(f.App == "" || f.App == a.Subject.App) &&
		(f.Kind == "" || f.Kind == a.Kind)
}
