package outbox

import (
	"cmp"
	"net"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"patchbay/app/fault"
	"patchbay/app/secret"
)

// Security says how the way to a mail server is protected.
type Security string

const (
	// StartTLS begins in clear and insists on turning to TLS (RFC 3207).
	StartTLS Security = "starttls"
	// TLS is TLS from the first byte (RFC 8314).
	TLS Security = "tls"
	// Clear is for a server on this machine only.
	Clear Security = "none"
)

// Server is the mail server that letters go out through. User may be empty for a
// server that wants no sign-in.
type Server struct {
	Host     string      `json:"host"`
	Port     int         `json:"port"`
	Security Security    `json:"security"`
	User     string      `json:"user"`
	Password secret.Text `json:"-"`
	From     Address     `json:"from"`
}

// Address is somebody's e-mail address, and a name to show beside it or "".
type Address struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// usual returns s with what was left out filled in, and spaces taken away.
func (s Server) usual() Server {
	s.Host, s.User = strings.TrimSpace(s.Host), strings.TrimSpace(s.User)
	s.From.Name, s.From.Email = strings.TrimSpace(s.From.Name), strings.TrimSpace(s.From.Email)
	s.Port = cmp.Or(s.Port, map[Security]int{StartTLS: 587, TLS: 465, Clear: 25}[s.Security])
	return s
}

// sameAs reports whether the password for s may be given to other: it is the same
// person at the same server, not less protected.
func (s Server) sameAs(other Server) bool {
	return strings.EqualFold(s.Host, other.Host) && s.Port == other.Port && s.User == other.User &&
		(other.Security != Clear || s.Security == Clear)
}

// check blames the field that cannot be right, by its name in the page.
func (s Server) check() error {
	switch {
	case s.Host == "" || strings.ContainsFunc(s.Host, notInHost) || len(s.Host) > 253:
		return fault.Field("host", "a server's name looks like smtp.example.com")
	case s.Port < 1 || s.Port > 65535:
		return fault.Field("port", "a port is between 1 and 65535")
	case s.Security != StartTLS && s.Security != TLS && s.Security != Clear:
		return fault.Field("security", "%q is not a kind of security", s.Security)
	case s.Security == Clear && !s.Local():
		return fault.Field("security", "only a server on this machine may be spoken to without encryption")
	case unseen(s.User) || len(s.User) > 320:
		return fault.Field("user", "a user name has no line breaks")
	case unseen(s.Password.Reveal()) || len(s.Password.Reveal()) > 1000:
		return fault.Field("password", "a password has no line breaks")
	case unseen(s.From.Name) || utf8.RuneCountInString(s.From.Name) > 80:
		return fault.Field("fromName", "a name has no line breaks")
	}
	if _, err := ParseAddress(s.From.Email); err != nil {
		return fault.Field("fromEmail", "this does not look like an e-mail address")
	}
	return nil
}

// Local reports whether the server is on this machine.
func (s Server) Local() bool {
	ip := net.ParseIP(s.Host)
	return strings.EqualFold(s.Host, "localhost") || ip != nil && ip.IsLoopback()
}

func notInHost(c rune) bool {
	return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) && !strings.ContainsRune(".-:[]", c)
}

// unseen reports whether text holds what cannot be seen, such as the line break
// that would begin another header.
func unseen(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool {
		return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp)
	})
}

// ParseAddress returns a bare e-mail address without the spaces around it.
// Anything else, and one whose part before the @ is not plain ASCII, which few
// servers take, is fault.Invalid. The domain may be in any script.
func ParseAddress(text string) (string, error) {
	text = strings.TrimSpace(text)
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || len(text) > 254 || unseen(text) {
		return "", fault.Field("email", "this does not look like an e-mail address")
	}
	at := strings.LastIndexByte(text, '@')
	ascii := !strings.ContainsFunc(text[:at], func(c rune) bool { return c > unicode.MaxASCII || c == '"' || c == ' ' })
	if !ascii || !strings.Contains(text[at:], ".") {
		return "", fault.Field("email", "this does not look like an e-mail address")
	}
	return text, nil
}
