package outbox

import (
	"context"
	"encoding/json"
	"time"

	"patchbay/app/fault"
	"patchbay/app/secret"
)

const (
	document = "mail_server"
	bound    = "mail/password"
)

// stored is how the server lies among the preferences.
type stored struct {
	Server
	Sealed []byte `json:"sealed,omitempty"`
}

// Server returns the server that is set up, without its password, and whether it
// has one. Without a server it is fault.NotFound.
func (s *Service) Server(ctx context.Context) (_ Server, hasPassword bool, err error) {
	kept, err := s.stored(ctx)
	return kept.Server, kept.Sealed != nil, err
}

// Ready reports whether a server is set up.
func (s *Service) Ready(ctx context.Context) bool {
	_, err := s.stored(ctx)
	return err == nil
}

func (s *Service) stored(ctx context.Context) (out stored, err error) {
	text, err := s.Store.Preference(ctx, document)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(text, &out); err != nil || out.Host == "" {
		return stored{}, fault.Errorf(fault.NotFound, "no mail server is set up")
	}
	return out, nil
}

// Save signs in to the server and, if that works, keeps it. An empty password
// keeps the one that is stored, as long as it goes where it went before. What is
// wrong is fault.Invalid with the field to blame, or a *[Failure].
func (s *Service) Save(ctx context.Context, server Server) error {
	server = server.usual()
	if err := server.check(); err != nil {
		return err
	}
	kept, err := s.withPassword(ctx, server)
	if err != nil {
		return err
	}
	if err := s.check(ctx, kept.Server); err != nil {
		return err
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := s.Store.SavePreference(ctx, document, text); err != nil {
		return err
	}
	s.met(nil)
	s.Nudge()
	return nil
}

// withPassword seals the password of server, or takes over the stored one.
func (s *Service) withPassword(ctx context.Context, server Server) (stored, error) {
	out := stored{Server: server}
	switch before, err := s.stored(ctx); {
	case server.User == "":
		out.Password = ""
		return out, nil
	case server.Password == "" && err == nil && before.Sealed != nil && before.sameAs(server):
		out.Sealed = before.Sealed
		out.Password, err = s.password(ctx, before)
		return out, err
	case server.Password == "":
		return out, fault.Field("password", "enter the password for this server")
	}
	var err error
	out.Sealed, err = s.Vault.Seal(ctx, []byte(server.Password.Reveal()), bound)
	return out, err
}

func (s *Service) password(ctx context.Context, kept stored) (secret.Text, error) {
	if kept.Sealed == nil {
		return "", nil
	}
	plain, err := s.Vault.Open(ctx, kept.Sealed, bound)
	return secret.Text(plain), err
}

func (s *Service) check(ctx context.Context, server Server) error {
	if s.Offline() && !server.Local() {
		return &Failure{Problem: MachineOffline}
	}
	return s.Carrier.Check(ctx, server)
}

// Forget removes the server with its password. Letters that wait stay.
func (s *Service) Forget(ctx context.Context) error {
	// The store knows no removal; an empty document is no server.
	if err := s.Store.SavePreference(ctx, document, []byte("{}")); err != nil {
		return err
	}
	s.met(nil)
	s.Changed.Publish(struct{}{})
	return nil
}

// SendTest sends one letter at once, and returns a *[Failure] if it did not go out.
func (s *Service) SendTest(ctx context.Context, to Address, subject, body string) error {
	l, err := Make("test", to, subject, body, s.Now())
	if err != nil {
		return err
	}
	server, err := s.ready(ctx)
	if err != nil {
		return err
	}
	if s.Offline() && !server.Local() {
		return &Failure{Problem: MachineOffline}
	}
	return s.Carrier.Carry(ctx, server, l)
}

// ready returns the server with its password.
func (s *Service) ready(ctx context.Context) (Server, error) {
	kept, err := s.stored(ctx)
	if err != nil {
		return Server{}, err
	}
	kept.Password, err = s.password(ctx, kept)
	return kept.Server, err
}

// pruneEvery is how often old letters are looked for.
const pruneEvery = time.Hour
