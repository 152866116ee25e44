package connection

import "github.com/google/uuid"

// newID returns an id that sorts by time of creation (RFC 9562, version 7).
func newID() string { return uuid.Must(uuid.NewV7()).String() }
