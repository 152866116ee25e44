package mail_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	mailer "patchbay/app/mail"
	"patchbay/app/mail/mailtest"
	"patchbay/app/outbox"
	"patchbay/app/secret"
)

// server is how a test's server is entered in the settings.
func server(s *mailtest.Server) outbox.Server {
	return outbox.Server{
		Host: "127.0.0.1", Port: s.Port, Security: outbox.StartTLS, User: s.User, Password: secret.Text(s.Password),
		From: outbox.Address{Name: "Zażółć Ops", Email: "ops@bücher.example"},
	}
}

func letter(t *testing.T) outbox.Letter {
	t.Helper()
	l, err := outbox.Make("test", outbox.Address{Name: "Ada", Email: "ada@example.com"}, "Zażółć: sign-in expired",
		"One\n.two\nThree: zażółć\n", time.Unix(1e9, 0))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func on(verb, answer string) func(*mailtest.Server) {
	return func(s *mailtest.Server) {
		s.Answer = func(command string) string {
			if strings.HasPrefix(command, verb) {
				return answer
			}
			return ""
		}
	}
}

func TestCarry_arrivesAsItWasWritten(t *testing.T) {
	for _, direct := range []bool{false, true} {
		s := mailtest.Start(t, func(s *mailtest.Server) { s.Direct = direct })
		to, l := server(s), letter(t)
		if direct {
			to.Security = outbox.TLS
		}
		if err := (mailer.Carrier{Roots: s.Roots}).Carry(t.Context(), to, l); err != nil {
			t.Fatal(err)
		}
		taken := s.Taken()
		if len(taken) != 1 || taken[0].To != "ada@example.com" || taken[0].From != "ops@xn--bcher-kva.example" {
			t.Fatalf("the server took %+v", taken)
		}
		got, err := mail.ReadMessage(strings.NewReader(taken[0].Text))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		if err != nil || subject != l.Subject {
			t.Errorf("subject %q, %v", subject, err)
		}
		want := map[string]string{
			"Message-Id": "<" + l.ID + "@xn--bcher-kva.example>", "Auto-Submitted": "auto-generated",
			"Content-Transfer-Encoding": "quoted-printable", "To": `"Ada" <ada@example.com>`,
		}
		for name, value := range want {
			if got.Header.Get(name) != value {
				t.Errorf("%s is %q, want %q", name, got.Header.Get(name), value)
			}
		}
		if body, _ := io.ReadAll(got.Body); !strings.Contains(string(body), ".two\r\nThree: za=C5=BC=C3=B3") {
			t.Errorf("body %q", body)
		}
	}
}

// The SMTP list of security.md §8: what each trouble means, and that the letter
// counts as taken only if the server said so.
func TestCarry_trouble(t *testing.T) {
	tests := []struct {
		name string
		edit func(*mailtest.Server)
		to   func(*outbox.Server)
		want outbox.Problem
		said string
	}{
		{"no STARTTLS", func(s *mailtest.Server) { s.NoTLS = true }, nil, outbox.NoTLS, ""},
		{"STARTTLS refused", on("STARTTLS", "454 not now"), nil, outbox.TryLater, "454 not now"},
		{"a certificate for another name", nil, func(s *outbox.Server) { s.Host = "localhost" }, outbox.BadCertificate, ""},
		{"TLS where there is none", nil, func(s *outbox.Server) { s.Security = outbox.TLS }, outbox.NoTLS, ""},
		{"another password", nil, func(s *outbox.Server) { s.Password = "canary-smtp-other" }, outbox.SignInRefused,
			"535 5.7.8 the password REDACTED is wrong"},
		{"no way to sign in", func(s *mailtest.Server) { s.NoAuth = true }, nil, outbox.NoSignIn, ""},
		{"busy at the door", func(s *mailtest.Server) { s.Banner = "421 too many" }, nil, outbox.TryLater, "421 too many"},
		{"not welcome at the door", func(s *mailtest.Server) { s.Banner = "554 go away" }, nil, outbox.ServerRefused, "554 go away"},
		{"a web server", func(s *mailtest.Server) { s.Banner = "HTTP/1.1 400 Bad Request" }, nil, outbox.NotMail, ""},
		{"a banner of 10 MB", func(s *mailtest.Server) { s.Banner = "220 " + strings.Repeat("x", 10<<20) }, nil, outbox.NotMail, ""},
		{"sender refused", on("MAIL", "553 5.7.1 not your address"), nil, outbox.SenderRefused, "553 5.7.1 not your address"},
		{"recipient refused", on("RCPT", "550 5.1.1 nobody here"), nil, outbox.RecipientRefused, "550 5.1.1 nobody here"},
		{"grey-listed", on("RCPT", "450 4.2.0 come back"), nil, outbox.TryLater, "450 4.2.0 come back"},
		{"letter refused before", on("DATA", "554 no letters"), nil, outbox.LetterRefused, "554 no letters"},
		{"letter refused after", on(".", "554 5.6.0 looks like spam"), nil, outbox.LetterRefused, "554 5.6.0 looks like spam"},
		{"letter put off after", on(".", "452 4.3.1 disk full"), nil, outbox.TryLater, "452 4.3.1 disk full"},
		{"hang after the letter", on(".", "hang"), nil, outbox.Unsure, ""},
		{"hang up after the letter", on(".", "drop"), nil, outbox.Unsure, ""},
		{"hang before the letter", on("RCPT", "hang"), nil, outbox.TooSlow, ""},
		{"hang at the door", on("EHLO", "hang"), nil, outbox.TooSlow, ""},
		{"hang up at the door", on("EHLO", "drop"), nil, outbox.NotMail, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := mailtest.Start(t, tt.edit)
			to := server(s)
			if tt.to != nil {
				tt.to(&to)
			}
			err := (mailer.Carrier{Roots: s.Roots, Limit: 2 * time.Second}).Carry(t.Context(), to, letter(t))
			var failure *outbox.Failure
			if !errors.As(err, &failure) || failure.Problem != tt.want || tt.said != "" && failure.Said != tt.said {
				t.Errorf("Carry gave %v, want %s %q", err, tt.want, tt.said)
			}
			if err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("the password is in %v", err)
			}
			if len(s.Taken()) != 0 {
				t.Errorf("the server took %+v", s.Taken())
			}
			for _, command := range s.Commands() {
				if tt.want == outbox.NoTLS && !strings.HasPrefix(command, "EHLO") && command != "QUIT" && strings.ToUpper(command) == command {
					t.Errorf("without encryption it said %q", command)
				}
			}
		})
	}
}

func TestCarry_takenAlthoughTheGoodbyeFails(t *testing.T) {
	for _, verb := range []string{"RSET", "QUIT"} {
		s := mailtest.Start(t, on(verb, "drop"))
		if err := (mailer.Carrier{Roots: s.Roots}).Carry(t.Context(), server(s), letter(t)); err != nil {
			t.Errorf("%s: %v, although the server took %d letters", verb, err, len(s.Taken()))
		}
	}
}

func TestCarry_nobodyThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	tests := map[string]outbox.Problem{"127.0.0.1": outbox.Unreachable, "no-such-host.invalid": outbox.HostUnknown}
	for host, want := range tests {
		var failure *outbox.Failure
		ctx, done := context.WithTimeout(t.Context(), 10*time.Second)
		err := mailer.Carrier{}.Check(ctx, outbox.Server{Host: host, Port: port, Security: outbox.StartTLS})
		done()
		if !errors.As(err, &failure) || failure.Problem != want && failure.Problem != outbox.Unreachable {
			t.Errorf("%s: %v, want %s", host, err, want)
		}
	}
}

func TestCarry_inClearOnlyWhereItWasAllowed(t *testing.T) {
	s := mailtest.Start(t, func(s *mailtest.Server) { s.NoTLS = true })
	to := server(s)
	to.Security = outbox.Clear
	if err := (mailer.Carrier{}).Carry(t.Context(), to, letter(t)); err != nil {
		t.Error(err)
	}
}

// A value that slips past the outbox's own checks still cannot become a header or
// a command.
func TestCarry_injection(t *testing.T) {
	evil := "x\r\nBcc: eve@example.com\r\n\r\nRCPT TO:<eve@example.com>"
	edits := map[string]func(*outbox.Server, *outbox.Letter){
		"subject":   func(_ *outbox.Server, l *outbox.Letter) { l.Subject = evil },
		"to name":   func(_ *outbox.Server, l *outbox.Letter) { l.To.Name = evil },
		"to":        func(_ *outbox.Server, l *outbox.Letter) { l.To.Email = "ada@example.com" + evil },
		"from name": func(s *outbox.Server, _ *outbox.Letter) { s.From.Name = evil },
		"from":      func(s *outbox.Server, _ *outbox.Letter) { s.From.Email = "ops@example.com>" + evil },
		"id":        func(_ *outbox.Server, l *outbox.Letter) { l.ID = evil },
		"user":      func(s *outbox.Server, _ *outbox.Letter) { s.User = evil },
		"password":  func(s *outbox.Server, _ *outbox.Letter) { s.Password = secret.Text(evil) },
		"body":      func(_ *outbox.Server, l *outbox.Letter) { l.Body = "x\n.\nMAIL FROM:<eve@example.com>\n" },
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			s := mailtest.Start(t, nil)
			to, l := server(s), letter(t)
			edit(&to, &l)
			_ = (mailer.Carrier{Roots: s.Roots}).Carry(t.Context(), to, l) // may be refused
			for _, command := range s.Commands() {
				if strings.Contains(command, "eve@") {
					t.Errorf("a command was smuggled in: %q", command)
				}
			}
			for _, m := range s.Taken() {
				got, err := mail.ReadMessage(strings.NewReader(m.Text))
				if err != nil || got.Header.Get("Bcc") != "" || slices.Contains([]string{m.To, m.From}, "eve@example.com") {
					t.Errorf("the server took %q, %v", m.Text, err)
				}
			}
		})
	}
}
