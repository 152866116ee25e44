package connection

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"patchbay/app/alert"
	"patchbay/app/event"
	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// Config is what a Service works with. All fields are needed unless they say
// otherwise.
type Config struct {
	Store     Store
	History   History
	Clients   Clients
	Vault     Vault
	Directory Directory
	Windows   Windows
	Alerts    *alert.Registry
	Protocol  *oauth.Protocol
	// HTTP carries calls to providers' APIs; its redirect rule and deadline are
	// replaced by the service's own.
	HTTP *http.Client
	Now  func() time.Time
	// Person returns the id of the person at the window.
	Person func() string
	// Dependents finds what uses a connection; nil while nothing can.
	Dependents Dependents
	Log        *slog.Logger
}

// Changed says that a connection appeared, changed or went.
type Changed struct{ ID string }

// Service connects, watches, renews and uninstalls. It is safe for concurrent use.
type Service struct {
	Config
	// Changed and AttemptChanged are hints for whoever shows connections and
	// sign-ins under way.
	Changed        event.Topic[Changed]
	AttemptChanged event.Topic[string]

	calls    *http.Client
	renewals singleflight.Group
	slots    chan struct{} // limits checks and renewals that run at once
	life     context.Context
	end      context.CancelFunc
	running  sync.WaitGroup

	mu       sync.Mutex
	attempts map[string]*attempt
	due      map[string]time.Time // when each watched connection is checked next
	unsaved  map[string]Tokens    // renewed tokens that the store refused to take
	renewing map[string]bool      // renewals that run in this process
	offline  bool
}

// parallel is how many providers are spoken to at the same time in the
// background.
const parallel = 8

// New returns a Service that does nothing by itself until Start.
func New(c Config) *Service {
	life, end := context.WithCancel(context.Background())
	return &Service{
		Config:   c,
		calls:    callClient(c.HTTP),
		slots:    make(chan struct{}, parallel),
		life:     life,
		end:      end,
		attempts: map[string]*attempt{},
		due:      map[string]time.Time{},
		unsaved:  map[string]Tokens{},
		renewing: map[string]bool{},
	}
}

// Close cancels sign-ins under way and waits for renewals to reach a safe point.
func (s *Service) Close() {
	s.mu.Lock()
	for _, a := range s.attempts {
		a.cancel()
	}
	s.mu.Unlock()
	s.end()
	s.running.Wait()
}

// List returns all connections that a person should see, with Offline in place of
// the states that say nothing while this machine is offline.
func (s *Service) List(ctx context.Context) ([]Connection, error) {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	offline := s.isOffline()
	seen := make([]Connection, 0, len(all))
	for _, c := range all {
		if c.State == Connecting {
			continue
		}
		c.State = c.State.Seen(offline)
		seen = append(seen, c)
	}
	return seen, nil
}

// Connection returns one connection as List would.
func (s *Service) Connection(ctx context.Context, id string) (Connection, error) {
	c, err := s.Store.Connection(ctx, id)
	c.State = c.State.Seen(s.isOffline())
	return c, err
}

// Describe gives a connection a name and a purpose.
func (s *Service) Describe(ctx context.Context, id, name, purpose string) (Connection, error) {
	return s.change(ctx, id, func(c *Connection) []Activity {
		c.Name, c.Purpose = name, purpose
		return []Activity{s.did(*c, Renamed, name)}
	})
}

// SetOffline tells the service whether this machine has a network. Coming back
// checks every connection soon.
func (s *Service) SetOffline(offline bool) {
	s.mu.Lock()
	was := s.offline
	s.offline = offline
	if was && !offline {
		clear(s.due)
	}
	s.mu.Unlock()
	if was != offline {
		s.Changed.Publish(Changed{})
	}
}

func (s *Service) isOffline() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offline
}

// change reads, changes and saves a connection, once more if somebody else was
// faster, and says so.
func (s *Service) change(ctx context.Context, id string, edit func(*Connection) []Activity) (Connection, error) {
	for try := 0; ; try++ {
		c, err := s.Store.Connection(ctx, id)
		if err != nil {
			return c, err
		}
		did := edit(&c)
		c, err = s.Store.Save(ctx, c, nil, did...)
		if fault.CodeOf(err) == fault.Conflict && try < 3 {
			continue
		}
		if err == nil {
			s.Changed.Publish(Changed{id})
		}
		return c, err
	}
}

// enter moves c to state, if its state allows that, and notes why.
func (s *Service) enter(c *Connection, to State, reason string) bool {
	if !c.State.May(to) {
		s.Log.Warn("state change refused", "connection", c.ID, "from", c.State, "to", to)
		return false
	}
	if c.State != to {
		c.State, c.StateSince = to, s.Now().UTC()
	}
	c.Reason = reason
	return true
}

// did describes something that happened to c now, by the person at the window.
func (s *Service) did(c Connection, what, note string) Activity {
	return Activity{
		ID: newID(), At: s.Now().UTC(), What: what,
		ConnectionID: c.ID, Slug: c.App.Slug, App: c.App.Name, Account: c.Label(),
		Person: s.Person(), Note: note,
	}
}

func (s *Service) subject(c Connection) alert.Subject {
	return alert.Subject{Connection: c.ID, App: c.App.Slug, AppName: c.App.Name, Account: c.Label()}
}

// tokens opens the secrets of a connection, or returns those that could not be
// stored.
func (s *Service) tokens(ctx context.Context, id string) (Tokens, error) {
	s.mu.Lock()
	kept, ok := s.unsaved[id]
	s.mu.Unlock()
	if ok {
		return kept, nil
	}
	sealed, err := s.Store.Sealed(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	return s.open(ctx, sealed, "connection/"+id)
}

func (s *Service) open(ctx context.Context, sealed []byte, bound string) (Tokens, error) {
	plain, err := s.Vault.Open(ctx, sealed, bound)
	if err != nil {
		return Tokens{}, err
	}
	var pair [2]string
	if err := json.Unmarshal(plain, &pair); err != nil {
		return Tokens{}, fault.Errorf(fault.KeychainKeyLost, "read sealed tokens of %s", bound)
	}
	return Tokens{Access: oauth.Secret(pair[0]), Refresh: oauth.Secret(pair[1])}, nil
}

func (s *Service) seal(ctx context.Context, t Tokens, bound string) ([]byte, error) {
	plain, err := json.Marshal([2]string{t.Access.Reveal(), t.Refresh.Reveal()})
	if err != nil {
		return nil, err
	}
	return s.Vault.Seal(ctx, plain, bound)
}
