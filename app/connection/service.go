package connection

import (
	"context"
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
	// Silence is told when a provider gave no answer at all, which may be this
	// machine's network; nil is not.
	Silence func()
	Log     *slog.Logger
}

// Changed says that a connection appeared, changed or went. Without an ID, any
// of them may have.
type Changed struct{ ID string }

// Service connects, watches, renews and uninstalls. It is safe for concurrent use.
type Service struct {
	Config
	// Changed and AttemptChanged are hints for whoever shows connections and
	// sign-ins under way.
	Changed        event.Topic[Changed]
	AttemptChanged event.Topic[string]

	calls    *http.Client
	lastWord time.Duration // see answer
	flights  singleflight.Group
	slots    chan struct{} // limits checks that run at once
	placing  sync.Mutex    // held while a new grant gets its place
	receipts sync.Mutex    // held while a receipt changes
	life     context.Context
	end      context.CancelFunc
	running  sync.WaitGroup

	// mu guards everything below.
	mu       sync.Mutex
	closed   bool
	offline  bool
	resting  int                  // slots that Rest holds
	patience map[string]time.Time // until when providers asked to be left alone, by connection
	looked   map[string]time.Time // when the neighbours at a host were last looked at
	attempts map[string]*attempt
	due      map[string]time.Time // when each watched connection is checked next
	unsaved  map[string]renewal   // renewals that the store refused to take
	turns    map[string]int
	claimed  map[string]bool
	rooms    map[string]chan struct{} // of the renewals of each app
}

// parallel is how many connections are checked at the same time in the background,
// and how many of one app are renewed at the same time whoever asked.
const parallel = 8

// New returns a Service that does nothing by itself until Start.
func New(c Config) *Service {
	life, end := context.WithCancel(context.Background())
	return &Service{
		Config:   c,
		calls:    callClient(c.HTTP),
		lastWord: lastWord,
		slots:    make(chan struct{}, parallel),
		life:     life,
		end:      end,
		attempts: map[string]*attempt{},
		due:      map[string]time.Time{},
		patience: map[string]time.Time{},
		looked:   map[string]time.Time{},
		unsaved:  map[string]renewal{},
		turns:    map[string]int{},
		claimed:  map[string]bool{},
		rooms:    map[string]chan struct{}{},
	}
}

// Close cancels sign-ins and checks under way, and waits for renewals and for
// what must be stored. That takes as long as one request at most.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
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
	seen := make([]Connection, 0, len(all))
	for _, c := range all {
		if c.State != Connecting {
			seen = append(seen, s.seen(c))
		}
	}
	return seen, nil
}

// Connection returns one connection as List would.
func (s *Service) Connection(ctx context.Context, id string) (Connection, error) {
	c, err := s.Store.Connection(ctx, id)
	return s.seen(c), err
}

func (s *Service) seen(c Connection) Connection {
	c.State = c.State.Seen(s.unreachable(c.App))
	return c
}

// Describe gives a connection a name and a purpose; both are cut to what fits a
// line and a paragraph.
func (s *Service) Describe(ctx context.Context, id, name, purpose string) (Connection, error) {
	return s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		c.Name, c.Purpose = clean(name), cleanTo(purpose, 500)
		return []Activity{s.did(*c, Renamed, c.Name)}, nil
	})
}

// SetOffline tells the service whether this machine has a network. Coming back
// checks every connection soon.
func (s *Service) SetOffline(offline bool) {
	s.mu.Lock()
	was := s.offline
	s.offline = offline
	s.mu.Unlock()
	if was == offline {
		return
	}
	if was {
		s.spreadOut()
	}
	s.Changed.Publish(Changed{})
}

// unreachable reports whether app cannot be spoken to because this machine is
// offline. The practice apps live on it.
func (s *Service) unreachable(app App) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offline && !app.Sandbox
}

// change reads, edits and saves a connection, again if somebody else was faster,
// and says so. An error of edit leaves everything as it was.
func (s *Service) change(ctx context.Context, id string, edit func(*Connection) ([]Activity, error)) (Connection, error) {
	for try := 0; ; try++ {
		c, err := s.Store.Connection(ctx, id)
		if err != nil {
			return c, err
		}
		before := c
		did, err := edit(&c)
		if err != nil {
			return before, err
		}
		c, err = s.Store.Save(ctx, c, nil, did...)
		if fault.CodeOf(err) == fault.Conflict && try < 5 {
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
		return false
	}
	if c.State != to {
		c.State, c.StateSince = to, s.Now().UTC()
	}
	c.Reason = reason
	return true
}

// did describes something that the person at the window did to c now.
func (s *Service) did(c Connection, what, note string) Activity {
	a := s.byItself(c, what, note)
	a.Person = s.Person()
	return a
}

// byItself describes something that happened to c now, and that no person did.
func (s *Service) byItself(c Connection, what, note string) Activity {
	return Activity{
		ID: newID(), At: s.Now().UTC(), What: what,
		ConnectionID: c.ID, Slug: c.App.Slug, App: c.App.Name, Account: c.Label(), Note: note,
	}
}

func (s *Service) subject(c Connection) alert.Subject {
	return alert.Subject{Connection: c.ID, App: c.App.Slug, AppName: c.App.Name, Account: c.Label(), Local: c.App.Sandbox}
}
