package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"os"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"patchbay/app/outbox"
	"patchbay/app/plain"
	"patchbay/app/secret"
)

// met says what an error of the library means for a letter.
func met(err error, password secret.Text) error {
	var known *outbox.Failure
	var sending *gomail.SendError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &sending):
		return &outbox.Failure{Problem: onSending(sending), Said: said(strings.TrimPrefix(sending.Error(), sending.Reason.String()+": "), password)}
	}
	return &outbox.Failure{Problem: onArriving(err), Said: answered(err, password)}
}

// onSending tells what went wrong once we were signed in.
func onSending(err *gomail.SendError) outbox.Problem {
	code := err.ErrorCode()
	switch {
	case err.Reason == gomail.ErrSMTPDataClose && code == 0:
		return outbox.Unsure // all was said, and nothing answered
	case code == 0 && strings.Contains(err.Error(), "timeout"):
		return outbox.TooSlow // the library hides the error's type
	case code == 0:
		return outbox.NotMail
	case code < 500:
		return outbox.TryLater
	case err.Reason == gomail.ErrSMTPRcptTo:
		return outbox.RecipientRefused
	case err.Reason == gomail.ErrSMTPMailFrom:
		return outbox.SenderRefused
	}
	return outbox.LetterRefused
}

// onArriving tells what went wrong before that. The library has no types for some
// of its errors, so their words are looked at.
func onArriving(err error) outbox.Problem {
	var answer *textproto.Error
	text := err.Error()
	switch {
	case isCertificate(err):
		return outbox.BadCertificate
	case isTimeout(err):
		return outbox.TooSlow
	case strings.Contains(text, "STARTTLS mode"):
		return outbox.NoTLS
	case strings.Contains(text, "does not support SMTP AUTH"), errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		return outbox.NoSignIn
	case errors.As(err, &answer) && answer.Code < 500:
		return outbox.TryLater
	case strings.Contains(text, "SMTP AUTH failed"):
		return outbox.SignInRefused
	case answer != nil:
		return outbox.ServerRefused
	}
	return outbox.NotMail
}

func isTimeout(err error) bool {
	var late net.Error
	return errors.As(err, &late) && late.Timeout() || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}

func isCertificate(err error) bool {
	var bad *tls.CertificateVerificationError
	return errors.As(err, &bad)
}

// answered is what the server said, if that is why.
func answered(err error, password secret.Text) string {
	var answer *textproto.Error
	if !errors.As(err, &answer) {
		return ""
	}
	return said(answer.Error(), password)
}

// most is how much of an answer is kept, in runes.
const most = 200

// said makes one plain line of an answer, without the library's words around it
// and without our password, which some servers repeat.
func said(text string, password secret.Text) string {
	text, _, _ = strings.Cut(text, ", affected")
	if p := password.Reveal(); p != "" {
		text = strings.ReplaceAll(text, p, secret.Redacted)
	}
	return plain.Line(text, most)
}
