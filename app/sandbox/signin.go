package sandbox

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	// signInLifetime is generous: somebody may look for a password, or read.
	signInLifetime = 30 * time.Minute
	codeLifetime   = 2 * time.Minute
	keptSignIns    = 500
)

var (
	errNoSignIn   = errors.New("no such sign-in, or it has expired")
	errCodeReused = errors.New("code used before; the grant made from it has been ended")
)

// signIn is one authorization request on its way through the pages, from the
// request to the exchange of its code. It lives in memory only.
type signIn struct {
	id      string
	app     *app
	request oidc.AuthRequest
	started time.Time

	account string    // chosen on the sign-in page
	code    string    // hash; set by Allow
	issued  time.Time // when the code was made
	spent   bool      // the code was exchanged
	grant   string    // made from the code
}

var _ op.AuthRequest = (*signIn)(nil)

func (s *signIn) GetID() string                      { return s.id }
func (s *signIn) GetACR() string                     { return "" }
func (s *signIn) GetAMR() []string                   { return nil }
func (s *signIn) GetAudience() []string              { return []string{s.request.ClientID} }
func (s *signIn) GetAuthTime() time.Time             { return s.started }
func (s *signIn) GetClientID() string                { return s.request.ClientID }
func (s *signIn) GetNonce() string                   { return "" }
func (s *signIn) GetRedirectURI() string             { return s.request.RedirectURI }
func (s *signIn) GetResponseType() oidc.ResponseType { return s.request.ResponseType }
func (s *signIn) GetResponseMode() oidc.ResponseMode { return oidc.ResponseModeQuery }
func (s *signIn) GetScopes() []string                { return s.request.Scopes }
func (s *signIn) GetState() string                   { return s.request.State }
func (s *signIn) GetSubject() string                 { return s.account }
func (s *signIn) Done() bool                         { return s.account != "" }

func (s *signIn) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: s.request.CodeChallenge, Method: s.request.CodeChallengeMethod}
}

// signIns holds the sign-ins of one app that are under way. Answers are copies.
type signIns struct {
	now func() time.Time

	mu  sync.Mutex
	all []*signIn // oldest first
}

func (s *signIns) start(a *app, request oidc.AuthRequest) signIn {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	s.all = slices.DeleteFunc(s.all, func(x *signIn) bool { return now.Sub(x.started) > signInLifetime })
	if len(s.all) >= keptSignIns {
		s.all = slices.Delete(s.all, 0, len(s.all)-keptSignIns+1)
	}
	x := &signIn{id: newToken("si_"), app: a, request: request, started: now}
	s.all = append(s.all, x)
	return *x
}

// change finds the sign-in that match accepts and lets do alter it.
func (s *signIns) change(match func(*signIn) bool, do func(*signIn) error) (signIn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.all, func(x *signIn) bool { return match(x) && s.now().Sub(x.started) <= signInLifetime })
	if i < 0 {
		return signIn{}, errNoSignIn
	}
	err := do(s.all[i])
	return *s.all[i], err
}

// open returns a sign-in that still waits for its person.
func (s *signIns) open(id string) (signIn, error) {
	return s.change(func(x *signIn) bool { return x.id == id && x.code == "" }, func(*signIn) error { return nil })
}

func (s *signIns) choose(id, account string) (signIn, error) {
	return s.change(func(x *signIn) bool { return x.id == id && x.code == "" }, func(x *signIn) error {
		if _, ok := x.app.account(account); !ok {
			return errNoSignIn
		}
		x.account = account
		return nil
	})
}

// allow binds a code to a sign-in whose account is known, once.
func (s *signIns) allow(id, code string) error {
	_, err := s.change(func(x *signIn) bool { return x.id == id && x.code == "" && x.Done() }, func(x *signIn) error {
		x.code, x.issued = hash(code), s.now()
		return nil
	})
	return err
}

func (s *signIns) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = slices.DeleteFunc(s.all, func(x *signIn) bool { return x.id == id })
}

// byCode returns the sign-in of a code that may be exchanged, and of one that
// has been, with errCodeReused.
func (s *signIns) byCode(code string) (signIn, error) {
	return s.change(s.hasCode(code), func(x *signIn) error {
		if x.spent {
			return errCodeReused
		}
		return nil
	})
}

// spend makes sure that a code is exchanged once, whoever comes at the same time.
func (s *signIns) spend(id string) error {
	_, err := s.change(func(x *signIn) bool { return x.id == id }, func(x *signIn) error {
		if x.spent {
			return errCodeReused
		}
		x.spent = true
		return nil
	})
	return err
}

func (s *signIns) made(id, grant string) {
	_, _ = s.change(func(x *signIn) bool { return x.id == id }, func(x *signIn) error {
		x.grant = grant
		return nil
	})
}

func (s *signIns) hasCode(code string) func(*signIn) bool {
	h := hash(code)
	return func(x *signIn) bool { return x.code == h && s.now().Sub(x.issued) <= codeLifetime }
}
