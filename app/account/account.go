// Package account knows the organisation whose apps these are, the people in it,
// and what each of them may do.
//
// Rights are decided here and nowhere else: every bound method that changes
// something asks [Service.May] first. The window hides what a person may not do
// for comfort, never for safety.
package account

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"patchbay/app/event"
	"patchbay/app/fault"
)

// Languages are those that an account may have, as BCP 47 tags: those that Patchbay
// speaks, and those in which it shows what apps say of themselves.
var Languages = []string{"en", "pl", "de", "es", "fr", "it", "ja", "nl", "pt"}

// Account is the organisation.
type Account struct {
	Name      string
	Language  string // of texts where there are any in it, and the first language of search results
	CreatedAt time.Time
}

// Person is somebody in the account.
type Person struct {
	ID        string
	Name      string
	Email     string // lower case
	Rights    Rights
	CreatedAt time.Time
}

// Rights are what a person may do. SuperAdmin includes every other.
type Rights struct {
	SuperAdmin        bool
	MarketplaceAccess bool
}

// Right is one thing that may need permission.
type Right string

const (
	// ManageApps: connect, reconnect, pause, name and uninstall apps.
	ManageApps Right = "manage_apps"
	// ManageAccount: change the account, its people, feeds and clients.
	ManageAccount Right = "manage_account"
)

// Grant reports whether r covers right.
func (r Rights) Grant(right Right) bool {
	return r.SuperAdmin || r.MarketplaceAccess && right == ManageApps
}

// Store keeps the account. Before the first start there is none, which is
// fault.NotFound.
type Store interface {
	Account(ctx context.Context) (Account, error)
	People(ctx context.Context) ([]Person, error)
	// Begin stores the account and its first person in one step; an account that
	// exists is fault.Conflict.
	Begin(ctx context.Context, a Account, p Person) error
	SaveAccount(ctx context.Context, a Account) error
}

// Changed says that the account or its people changed.
type Changed struct{}

// Service is safe for concurrent use.
type Service struct {
	Changed event.Topic[Changed]
	store   Store
	now     func() time.Time
	known   atomic.Pointer[Account] // as stored; whatever is said asks for its language
}

// New returns a Service over store.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

// Account returns the organisation, or fault.NotFound before the first start.
func (s *Service) Account(ctx context.Context) (Account, error) {
	if known := s.known.Load(); known != nil {
		return *known, nil
	}
	a, err := s.store.Account(ctx)
	if err == nil {
		s.known.CompareAndSwap(nil, &a) // unless a change was quicker
	}
	return a, err
}

// People returns everybody, in the order in which they came.
func (s *Service) People(ctx context.Context) ([]Person, error) { return s.store.People(ctx) }

// Me returns the person at the window: the one who started the account, while
// nobody can sign in to Patchbay as somebody else.
func (s *Service) Me(ctx context.Context) (Person, error) {
	people, err := s.store.People(ctx)
	if err != nil {
		return Person{}, err
	}
	if len(people) == 0 {
		return Person{}, fault.Errorf(fault.NotFound, "nobody is in the account yet")
	}
	return people[0], nil
}

// May returns nil if the person at the window has right, else fault.Forbidden.
func (s *Service) May(ctx context.Context, right Right) error {
	me, err := s.Me(ctx)
	if err != nil {
		return fault.Errorf(fault.Forbidden, "the account is not set up")
	}
	if !me.Rights.Grant(right) {
		return fault.Errorf(fault.Forbidden, "%s lacks the right %s", me.ID, right)
	}
	return nil
}

// Begin sets the account up with its first person, who becomes Super Admin.
func (s *Service) Begin(ctx context.Context, name, language, person, email string) error {
	a := Account{CreatedAt: s.now().UTC()}
	p := Person{ID: uuid.Must(uuid.NewV7()).String(), Rights: Rights{SuperAdmin: true}, CreatedAt: a.CreatedAt}
	var err error
	if a.Name, err = text("accountName", name); err != nil {
		return err
	}
	if a.Language, err = known(language); err != nil {
		return err
	}
	if p.Name, err = text("personName", person); err != nil {
		return err
	}
	if p.Email, err = address(email); err != nil {
		return err
	}
	return s.told(a, s.store.Begin(ctx, a, p))
}

// Rename gives the account another name.
func (s *Service) Rename(ctx context.Context, name string) error {
	return s.change(ctx, func(a *Account) (err error) {
		a.Name, err = text("accountName", name)
		return err
	})
}

// ChangeLanguage gives the account another language, one of Languages.
func (s *Service) ChangeLanguage(ctx context.Context, language string) error {
	return s.change(ctx, func(a *Account) (err error) {
		a.Language, err = known(language)
		return err
	})
}

func (s *Service) change(ctx context.Context, edit func(*Account) error) error {
	a, err := s.store.Account(ctx)
	if err != nil {
		return err
	}
	if err := edit(&a); err != nil {
		return err
	}
	return s.told(a, s.store.SaveAccount(ctx, a))
}

// told is called with what was to be stored, and how that went.
func (s *Service) told(a Account, err error) error {
	if err == nil {
		s.known.Store(&a)
		s.Changed.Publish(Changed{})
	}
	return err
}

const longest = 80

func text(field, value string) (string, error) {
	value = strings.TrimSpace(value)
	hidden := strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	switch {
	case value == "":
		return "", fault.Field(field, "%s is empty", field)
	case utf8.RuneCountInString(value) > longest:
		return "", fault.Field(field, "%s is longer than %d characters", field, longest)
	case hidden || !utf8.ValidString(value):
		return "", fault.Field(field, "%s has characters that cannot be seen", field)
	}
	return value, nil
}

func known(language string) (string, error) {
	if !slices.Contains(Languages, language) {
		return "", fault.Field("language", "%q is not a language that an account can have", language)
	}
	return language, nil
}

func address(email string) (string, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || !strings.Contains(email, ".") || len(email) > 254 {
		return "", fault.Field("email", "this does not look like an e-mail address")
	}
	return email, nil
}
