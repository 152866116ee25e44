package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/outbox"
	"patchbay/app/sqlite"
	"patchbay/app/sqlite/sqlitetest"
)

// post is an outbox over a real store with a mail server that does as it is told.
type post struct {
	*outbox.Service
	t       *testing.T
	dir     string
	store   *sqlite.Workspace
	now     time.Time
	offline bool
	carry   func(outbox.Letter) error
	carried []string
	check   error
}

// vault seals by reversing, which is enough to see what is sealed and for where.
type vault struct{ err error }

func (v vault) Seal(_ context.Context, plain []byte, bound string) ([]byte, error) {
	return []byte(bound + "|" + reverse(string(plain))), v.err
}

func (v vault) Open(_ context.Context, sealed []byte, bound string) ([]byte, error) {
	text, ok := strings.CutPrefix(string(sealed), bound+"|")
	if !ok {
		return nil, fault.Errorf(fault.KeychainKeyLost, "sealed for another place")
	}
	return []byte(reverse(text)), v.err
}

func reverse(text string) string {
	var out strings.Builder
	for i := len(text) - 1; i >= 0; i-- {
		out.WriteByte(text[i])
	}
	return out.String()
}

func newPost(t *testing.T) *post {
	p := &post{t: t, dir: sqlitetest.Folder(t), now: time.Unix(1e9, 0)}
	p.start()
	t.Cleanup(func() { _ = p.store.Close() })
	return p
}

// start opens the data as a start of the program does.
func (p *post) start() {
	p.t.Helper()
	store, _, err := sqlite.OpenWorkspace(p.t.Context(), p.dir, time.Now)
	if err != nil {
		p.t.Fatal(err)
	}
	p.store = store
	p.Service = outbox.New(outbox.Config{
		Store: store, Vault: vault{}, Carrier: p, Offline: func() bool { return p.offline },
		Now: func() time.Time { return p.now }, Log: slog.New(slog.DiscardHandler),
	})
}

func (p *post) Check(context.Context, outbox.Server) error { return p.check }

func (p *post) Carry(_ context.Context, _ outbox.Server, l outbox.Letter) error {
	p.carried = append(p.carried, l.Subject)
	if p.carry == nil {
		return nil
	}
	return p.carry(l)
}

var good = outbox.Server{
	Host: "smtp.example.com", Security: outbox.StartTLS, User: "ada", Password: "canary-smtp-81c2",
	From: outbox.Address{Name: "Ops", Email: "ops@example.com"},
}

func (p *post) setUp() {
	p.t.Helper()
	if err := p.Save(p.t.Context(), good); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) write(subject string) outbox.Letter {
	p.t.Helper()
	l, err := outbox.Make("test", outbox.Address{Email: "ada@example.com"}, subject, "body\n", p.now)
	if err == nil {
		err = p.store.SaveLetter(p.t.Context(), l)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.Nudge()
	return l
}

// pass lets time pass in ticks, of a second if there is not much of it.
func (p *post) pass(d time.Duration) {
	p.t.Helper()
	step := max(time.Second, (d / 500).Round(time.Second))
	for end := p.now.Add(d); !p.now.After(end); p.now = p.now.Add(step) {
		if err := p.Tick(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *post) is(l outbox.Letter, state outbox.State, problem outbox.Problem) {
	p.t.Helper()
	got, err := p.store.Letter(p.t.Context(), l.ID)
	if err != nil || got.State != state || got.Problem != problem {
		p.t.Errorf("letter %q is %s %q, %v; want %s %q", l.Subject, got.State, got.Problem, err, state, problem)
	}
}

func fails(problem outbox.Problem) func(outbox.Letter) error {
	return func(outbox.Letter) error { return &outbox.Failure{Problem: problem, Said: "550 x"} }
}

func TestTick_sendsOnceAndInOrder(t *testing.T) {
	p := newPost(t)
	early := p.write("before there is a server")
	p.pass(time.Minute)
	p.is(early, outbox.Waiting, "")
	p.setUp()
	p.now = p.now.Add(time.Second)
	second := p.write("second")
	p.pass(time.Hour)
	p.is(early, outbox.Sent, "")
	p.is(second, outbox.Sent, "")
	if got := strings.Join(p.carried, ", "); got != "before there is a server, second" {
		t.Errorf("carried %s", got)
	}
}

func TestTick_whatARefusalMeans(t *testing.T) {
	tests := []struct {
		problem, after outbox.Problem
		state          outbox.State
		tries          int // within a day and an hour
	}{
		{outbox.RecipientRefused, outbox.RecipientRefused, outbox.Failed, 1},
		{outbox.LetterRefused, outbox.LetterRefused, outbox.Failed, 1},
		{outbox.Unsure, outbox.Unsure, outbox.Unknown, 1},
		{outbox.TryLater, outbox.Expired, outbox.Failed, 30},
		{outbox.Unreachable, outbox.Expired, outbox.Failed, 30},
		{outbox.SignInRefused, outbox.Expired, outbox.Failed, 30},
	}
	for _, tt := range tests {
		t.Run(string(tt.problem), func(t *testing.T) {
			p := newPost(t)
			p.setUp()
			p.carry = fails(tt.problem)
			l := p.write("x")
			p.pass(25 * time.Hour)
			p.is(l, tt.state, tt.after)
			if len(p.carried) > tt.tries || len(p.carried) == 0 || tt.tries > 1 && len(p.carried) < 20 {
				t.Errorf("tried %d times", len(p.carried))
			}
		})
	}
}

func TestTick_oneRefusedRecipientKeepsNobodyElseWaiting(t *testing.T) {
	p := newPost(t)
	p.setUp()
	p.carry = func(l outbox.Letter) error {
		if l.Subject == "a" {
			return fails(outbox.RecipientRefused)(l)
		}
		return nil
	}
	a, b := p.write("a"), p.write("b")
	p.pass(time.Second)
	p.is(a, outbox.Failed, outbox.RecipientRefused)
	p.is(b, outbox.Sent, "")
	if p.Trouble() != nil {
		t.Errorf("the server is said to be in trouble: %v", p.Trouble())
	}
}

func TestTick_aServerThatIsAwayIsAskedOnce(t *testing.T) {
	p := newPost(t)
	p.setUp()
	p.carry = fails(outbox.Unreachable)
	for _, subject := range []string{"a", "b", "c"} {
		p.write(subject)
	}
	p.pass(time.Second)
	if len(p.carried) != 1 || p.Trouble() == nil {
		t.Errorf("asked %d times, trouble %v", len(p.carried), p.Trouble())
	}
	p.carry = nil
	p.pass(2 * time.Minute)
	if len(p.carried) != 4 || p.Trouble() != nil {
		t.Errorf("after it came back %q, trouble %v", p.carried, p.Trouble())
	}
}

func TestTick_offlineWaitsWithoutTrying(t *testing.T) {
	p := newPost(t)
	p.setUp()
	p.offline = true
	l := p.write("x")
	p.pass(48 * time.Hour)
	p.is(l, outbox.Waiting, "")
	p.offline = false
	p.pass(time.Minute)
	p.is(l, outbox.Sent, "")
}

// A kill between the first word and the stored answer may have sent the letter:
// it is never sent again by itself, and a person who decides to sends the same.
func TestTick_killedWhileSending(t *testing.T) {
	p := newPost(t)
	p.setUp()
	l := p.write("x")
	p.carry = func(outbox.Letter) error { return p.store.Close() } // all that comes after is lost
	if err := p.Tick(t.Context()); err == nil {
		t.Fatal("the outcome was stored in a closed store")
	}
	p.start()
	p.carry = nil
	p.pass(25 * time.Hour)
	p.is(l, outbox.Unknown, outbox.Unsure)
	if len(p.carried) != 1 {
		t.Errorf("carried %d times", len(p.carried))
	}
	if err := p.SendAgain(t.Context(), l.ID); err != nil {
		t.Fatal(err)
	}
	p.pass(time.Minute)
	p.is(l, outbox.Sent, "")
	for name, do := range map[string]func(context.Context, string) error{"SendAgain": p.SendAgain, "Discard": p.Discard} {
		if err := do(t.Context(), l.ID); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("%s of a sent letter gave %v", name, err)
		}
	}
}

func TestLetters_areForgottenAfterAMonth(t *testing.T) {
	p := newPost(t)
	p.setUp()
	p.write("x")
	p.pass(time.Second)
	p.now = p.now.Add(31 * 24 * time.Hour)
	p.pass(time.Second)
	if left, err := p.Letters(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestSave_blamesTheField(t *testing.T) {
	tests := map[string]func(*outbox.Server){
		"host":      func(s *outbox.Server) { s.Host = "smtp.example.com\r\nX: y" },
		"port":      func(s *outbox.Server) { s.Port = 70000 },
		"security":  func(s *outbox.Server) { s.Security = outbox.Clear },
		"user":      func(s *outbox.Server) { s.User = "a\r\nb" },
		"password":  func(s *outbox.Server) { s.Password = "a\nb" },
		"fromName":  func(s *outbox.Server) { s.From.Name = "a\r\nBcc: eve@example.com" },
		"fromEmail": func(s *outbox.Server) { s.From.Email = "ops@example.com\r\nBcc: eve@example.com" },
	}
	for field, edit := range tests {
		p, s := newPost(t), good
		edit(&s)
		if err := p.Save(t.Context(), s); fault.FieldOf(err) != field {
			t.Errorf("Save blamed %q (%v), want %q", fault.FieldOf(err), err, field)
		}
		if p.Ready(t.Context()) {
			t.Errorf("%s: a bad server was kept", field)
		}
	}
}

func TestSave_onlyWhatWorks(t *testing.T) {
	p := newPost(t)
	p.check = &outbox.Failure{Problem: outbox.SignInRefused}
	if err := p.Save(t.Context(), good); !errors.Is(err, p.check) || p.Ready(t.Context()) {
		t.Errorf("Save = %v, ready %v", err, p.Ready(t.Context()))
	}
	p.check = nil
	p.setUp()
	got, has, err := p.Server(t.Context())
	if err != nil || !has || got.Password != "" || got.Port != 587 || got.From != good.From {
		t.Errorf("Server = %+v, %v, %v", got, has, err)
	}
	if err := p.Forget(t.Context()); err != nil || p.Ready(t.Context()) {
		t.Errorf("Forget: %v", err)
	}
}

// The stored password goes only where it went before: a changed host would
// otherwise be sent what nobody meant for it.
func TestSave_passwordStaysWithItsServer(t *testing.T) {
	tests := []struct {
		name string
		edit func(*outbox.Server)
		ok   bool
	}{
		{"nothing changed", func(*outbox.Server) {}, true},
		{"another sender", func(s *outbox.Server) { s.From.Email = "it@example.com" }, true},
		{"another host", func(s *outbox.Server) { s.Host = "evil.example" }, false},
		{"another port", func(s *outbox.Server) { s.Port = 2525 }, false},
		{"another user", func(s *outbox.Server) { s.User = "eve" }, false},
		{"nobody signs in", func(s *outbox.Server) { s.User = "" }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newPost(t)
			p.setUp()
			again := good
			again.Password = ""
			tt.edit(&again)
			if err := p.Save(t.Context(), again); (err == nil) != tt.ok || err != nil && fault.FieldOf(err) != "password" {
				t.Errorf("Save = %v, want ok %v", err, tt.ok)
			}
		})
	}
}

func TestMake_refuses(t *testing.T) {
	tests := []struct{ name, toName, to, subject string }{
		{"no address", "Ada", "ada", "x"},
		{"two addresses", "Ada", "ada@example.com, eve@example.com", "x"},
		{"a line break in the address", "Ada", "ada@example.com\r\nBcc: eve@example.com", "x"},
		{"a name in the address", "Ada", "Ada <ada@example.com>", "x"},
		{"a quoted part", "Ada", "\"a b\"@example.com", "x"},
		{"a local part that few servers take", "Ada", "żółć@example.com", "x"},
		{"a line break in the name", "Ada\r\nBcc: eve@example.com", "ada@example.com", "x"},
		{"a line break in the subject", "Ada", "ada@example.com", "x\nBcc: eve@example.com"},
		{"direction marks in the subject", "Ada", "ada@example.com", "x\u202ey"},
		{"no subject", "Ada", "ada@example.com", " "},
	}
	for _, tt := range tests {
		if l, err := outbox.Make("t", outbox.Address{Name: tt.toName, Email: tt.to}, tt.subject, "", time.Now()); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: Make = %+v, %v", tt.name, l, err)
		}
	}
	if _, err := outbox.Make("t", outbox.Address{Email: "ada@bücher.example"}, "x", "", time.Now()); err != nil {
		t.Errorf("a domain in another script: %v", err)
	}
}

// S01 for mail: the password is in no file, and printing a server hides it.
func TestPassword_isNowhereInClear(t *testing.T) {
	p := newPost(t)
	p.setUp()
	files, err := filepath.Glob(filepath.Join(p.dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(content), good.Password.Reveal()) {
			t.Errorf("the password is in %s", file)
		}
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "server", good)
	if strings.Contains(log.String(), "canary") {
		t.Errorf("printed %s", log.String())
	}
}
