package connection

import (
	"context"
	"time"

	"patchbay/app/oauth"
)

// Store keeps connections. Every method is one transaction, durable when it
// returns; a missing row is fault.NotFound.
type Store interface {
	// Connections returns all, provisional ones included, oldest first.
	Connections(ctx context.Context) ([]Connection, error)
	Connection(ctx context.Context, id string) (Connection, error)
	// Save writes c, which must be of the stored version (0 for a new one), and
	// the activity that goes with the change, if any. Sealed replaces the sealed
	// tokens unless nil. It returns c with its new version.
	Save(ctx context.Context, c Connection, sealed []byte, did ...Activity) (Connection, error)
	Sealed(ctx context.Context, id string) ([]byte, error)
	// Merge writes into, which must be of the stored version, with the sealed tokens
	// that it takes over from the provisional connection from, removes from, and
	// leaves what is to be revoked (nil for nothing) and the activity. It returns
	// into with its new version.
	Merge(ctx context.Context, into, from Connection, sealed []byte, revoke *Revocation, did ...Activity) (Connection, error)
	// Remove deletes the connection with its tokens, and leaves the receipt (nil
	// for none), what is to be revoked (nil for nothing) and the activity.
	Remove(ctx context.Context, c Connection, receipt *Receipt, revoke *Revocation, did ...Activity) error
}

// History keeps what happened and what is left to do after an uninstall.
type History interface {
	Activity(ctx context.Context, filter ActivityFilter) ([]Activity, error)
	Receipts(ctx context.Context) ([]Receipt, error)
	// SaveReceipt adds or replaces r, and adds the activity that goes with it.
	SaveReceipt(ctx context.Context, r Receipt, did ...Activity) error
	// Revocations returns what is left to revoke, next try first.
	Revocations(ctx context.Context) ([]Revocation, error)
	// SaveRevocation adds r or replaces it after a try; one that is Over is
	// removed together with its sealed tokens.
	SaveRevocation(ctx context.Context, r Revocation) error
}

// Clients keeps the OAuth clients that an admin entered or that were registered
// automatically, one for each key.
type Clients interface {
	// Client returns the client and its sealed secrets (nil for none).
	Client(ctx context.Context, key string) (StoredClient, error)
	SaveClient(ctx context.Context, c StoredClient) error
}

// StoredClient is an OAuth client as the store holds it. Key is "app/", the slug,
// "@" and the hosts that may be told its secret for one that an admin entered;
// "issuer/" and the issuer for a registered one.
type StoredClient struct {
	Key     string
	ID      string
	Auth    oauth.ClientAuth
	Sealed  []byte
	SavedAt time.Time
}

// Vault seals secrets with the key that only this machine's keychain holds.
// Bound is the place the sealed text belongs to; it opens nowhere else. Errors
// are fault.KeychainAbsent, fault.KeychainLocked or fault.KeychainKeyLost.
type Vault interface {
	Seal(ctx context.Context, plain []byte, bound string) ([]byte, error)
	Open(ctx context.Context, sealed []byte, bound string) ([]byte, error)
}

// Directory knows the apps that can be connected, as they are offered now.
type Directory interface {
	// App returns the app called slug, with its provider ready to be spoken to.
	App(ctx context.Context, slug string) (App, error)
}

// Activity is one thing that happened to a connection. What is one of the words
// below; it stays when the connection is gone. The note of ScopesChanged lists what
// came, with a plus before each scope, and what went, with a minus.
type Activity struct {
	ID           string
	At           time.Time
	What         string
	ConnectionID string
	Slug         string
	App          string
	Account      string
	Person       string
	Note         string
}

// The kinds of activity.
const (
	Installed     = "installed"
	Reconnected   = "reconnected"
	Refreshed     = "refreshed"
	Failed        = "failed"
	Recovered     = "recovered"
	ScopesChanged = "scopes_changed"
	PausedByHand  = "paused"
	Resumed       = "resumed"
	Renamed       = "renamed"
	Uninstalled   = "uninstalled"
	RevokedThere  = "revoked"
	RevokeFailed  = "revoke_failed"
)

// ActivityFilter narrows what [History.Activity] returns, newest first. Empty
// fields do not narrow; Limit 0 means 200.
type ActivityFilter struct {
	What, Slug, ConnectionID string
	// News leaves out what happens all the time without anybody's doing: Refreshed.
	News   bool
	Before time.Time
	Limit  int
}

// Receipt says what an uninstall removed and what is left to do.
type Receipt struct {
	ID           string
	ConnectionID string
	App          App
	Account      string
	At           time.Time
	Person       string
	Outcome      Outcome
	Detail       string
	Scopes       []string
	Steps        []Step
}

// Outcome says how the revocation at the provider went.
type Outcome string

// The outcomes of a revocation.
const (
	OutcomeRevoked    Outcome = "revoked"
	OutcomePending    Outcome = "pending"
	OutcomeGaveUp     Outcome = "gave_up"
	OutcomeNotOffered Outcome = "not_offered"
)

// Revocation is a grant that the provider still has to be told to end. Sealed
// holds its tokens.
type Revocation struct {
	// ID is unique. One that begins with "connection/" says that Sealed was taken
	// over from that connection as it was, because the keychain did not open.
	ID        string
	ReceiptID string // "" when nobody waits for the outcome
	App       App
	Account   string
	Variables map[string]string
	Sealed    []byte
	Tries     int
	NextTry   time.Time
	Over      bool
}
