package outbox

import (
	"errors"
	"fmt"

	"patchbay/app/fault"
)

// Problem says in one word what keeps letters from going out. The window has a
// sentence for each ("mail.problem." and the word).
type Problem string

const (
	// HostUnknown: no server has this name.
	HostUnknown Problem = "host_unknown"
	// Unreachable: nothing answers at this host and port.
	Unreachable Problem = "unreachable"
	// TooSlow: the server did not answer in time.
	TooSlow Problem = "too_slow"
	// NotMail: what answers does not speak SMTP, or broke off.
	NotMail Problem = "not_mail"
	// ServerRefused: the server does not speak to this machine.
	ServerRefused Problem = "server_refused"
	// NoTLS: the server does not offer encryption at this port.
	NoTLS Problem = "no_tls"
	// BadCertificate: the server cannot prove that it is the one named.
	BadCertificate Problem = "bad_certificate"
	// SignInRefused: the server does not take this user and password.
	SignInRefused Problem = "sign_in_refused"
	// NoSignIn: the server offers no way to sign in that we know.
	NoSignIn Problem = "no_sign_in"
	// SenderRefused: the server does not let us send from this address.
	SenderRefused Problem = "sender_refused"
	// RecipientRefused: the server does not take letters to this address.
	RecipientRefused Problem = "recipient_refused"
	// LetterRefused: the server does not take this letter.
	LetterRefused Problem = "letter_refused"
	// TryLater: the server asks to try again later.
	TryLater Problem = "try_later"
	// Unsure: the connection ended before the server said whether it took the
	// letter.
	Unsure Problem = "unsure"
	// MachineOffline: this machine has no network.
	MachineOffline Problem = "offline"
	// PasswordUnreadable: the keychain does not give the password.
	PasswordUnreadable Problem = "password_unreadable"
	// Expired: it could not be sent for a whole day.
	Expired Problem = "expired"
)

// Problems lists every problem, for tests of the words.
var Problems = []Problem{
	HostUnknown, Unreachable, TooSlow, NotMail, ServerRefused, NoTLS, BadCertificate, SignInRefused, NoSignIn, SenderRefused,
	RecipientRefused, LetterRefused, TryLater, Unsure, MachineOffline, PasswordUnreadable, Expired,
}

// Failure is why a letter did not go out, or a server does not fit.
type Failure struct {
	Problem Problem
	// Said is the server's answer in its own words, one clean line without our
	// password; it may be empty.
	Said string
}

func (f *Failure) Error() string {
	if f.Said == "" {
		return "mail: " + string(f.Problem)
	}
	return fmt.Sprintf("mail: %s: %s", f.Problem, f.Said)
}

// Unwrap gives a failure the code that fits it best.
func (f *Failure) Unwrap() error {
	code, ok := map[Problem]fault.Code{
		TooSlow: fault.Timeout, BadCertificate: fault.Untrusted, MachineOffline: fault.Offline,
		PasswordUnreadable: fault.KeychainLocked, TryLater: fault.RateLimited,
	}[f.Problem]
	if !ok {
		code = fault.Unavailable
	}
	return fault.Errorf(code, "mail: %s", f.Problem)
}

// final reports whether trying the same letter again is of no use.
func (p Problem) final() bool { return p == RecipientRefused || p == LetterRefused }

// failure returns what err says as a Failure; errors of our own count as the
// keychain's, since nothing else is asked before a server is.
func failure(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Problem: PasswordUnreadable}
}
