// Package mailtest is a small, real SMTP server for tests: it speaks over TCP,
// with TLS of its own authority, and misbehaves where it is told to.
package mailtest

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Mail is one message that the server took.
type Mail struct {
	From, To string // of the envelope
	Text     string // headers and body as they came
}

// Server listens on loopback as 127.0.0.1 with a certificate for example.com and
// 127.0.0.1. Change its fields before the first connection.
type Server struct {
	Port int
	// Roots trusts the server's certificate.
	Roots *x509.CertPool
	// Direct speaks TLS from the first byte.
	Direct bool
	// NoTLS does not offer STARTTLS, and NoAuth no way to sign in.
	NoTLS, NoAuth bool
	// User and Password are who may sign in.
	User, Password string
	// Banner greets instead of "220 ready".
	Banner string
	// Answer, unless it is nil or returns "", answers a command line instead of
	// the server; "hang" says nothing more, "drop" hangs up. The end of a message
	// is the command ".".
	Answer func(command string) string

	config   *tls.Config
	listener net.Listener
	running  sync.WaitGroup
	done     chan struct{}

	mu       sync.Mutex
	taken    []Mail
	commands []string
}

// Start returns a server that runs as long as the test; edit changes it first.
func Start(t testing.TB, edit func(*Server)) *Server {
	t.Helper()
	// The certificate of net/http's test server is as good for mail.
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	s := &Server{
		Port: listener.Addr().(*net.TCPAddr).Port, Roots: roots, config: web.TLS.Clone(), listener: listener,
		User: "ada", Password: "canary-smtp-4f1d", done: make(chan struct{}),
	}
	s.config.NextProtos = nil
	if edit != nil {
		edit(s)
	}
	s.running.Go(s.accept)
	t.Cleanup(s.Close)
	return s
}

// Close hangs up on everybody.
func (s *Server) Close() {
	select {
	case <-s.done:
		return
	default:
	}
	close(s.done)
	_ = s.listener.Close() // nobody is told
	s.running.Wait()
}

// Taken returns the messages that the server said it took.
func (s *Server) Taken() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.taken...)
}

// Commands returns every command line that came in.
func (s *Server) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.commands...)
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.running.Go(func() {
			stop := make(chan struct{})
			go func() {
				select {
				case <-s.done:
				case <-stop:
				}
				_ = conn.Close()
			}()
			defer close(stop)
			if s.Direct {
				conn = tls.Server(conn, s.config)
			}
			(&talk{Server: s, conn: conn, in: bufio.NewReader(conn), secure: s.Direct}).run()
		})
	}
}

// talk is one conversation.
type talk struct {
	*Server
	conn   net.Conn
	in     *bufio.Reader
	secure bool
	mail   Mail
}

func (t *talk) say(lines ...string) bool {
	_, err := io.WriteString(t.conn, strings.Join(lines, "\r\n")+"\r\n")
	return err == nil
}

func (t *talk) run() {
	banner := t.Banner
	if banner == "" {
		banner = "220 ready"
	}
	if !t.say(banner) {
		return
	}
	for {
		text, err := t.in.ReadString('\n')
		if err != nil || !t.answer(strings.TrimRight(text, "\r\n")) {
			return
		}
	}
}

// answer answers one command, and reports whether the conversation goes on.
func (t *talk) answer(command string) bool {
	t.mu.Lock()
	t.commands = append(t.commands, command)
	t.mu.Unlock()
	if t.Answer != nil {
		switch own := t.Answer(command); own {
		case "":
		case "hang":
			<-t.done
			return false
		case "drop":
			return false
		default:
			return t.say(own)
		}
	}
	verb, rest, _ := strings.Cut(command, " ")
	switch strings.ToUpper(verb) {
	case "EHLO":
		return t.hello()
	case "STARTTLS":
		return t.upgrade()
	case "AUTH":
		return t.auth(rest)
	case "MAIL":
		t.mail = Mail{From: inAngles(rest)}
		return t.say("250 ok")
	case "RCPT":
		t.mail.To = inAngles(rest)
		return t.say("250 ok")
	case "DATA":
		return t.say("354 go on") && t.data()
	case "QUIT":
		t.say("221 bye")
		return false
	case "NOOP", "RSET":
		return t.say("250 ok")
	case ".":
		t.mu.Lock()
		t.taken = append(t.taken, t.mail)
		t.mu.Unlock()
		return t.say("250 taken")
	}
	return t.say("500 what?")
}

func (t *talk) hello() bool {
	lines := []string{"250-mail.example.com"}
	if !t.NoTLS && !t.secure {
		lines = append(lines, "250-STARTTLS")
	}
	if !t.NoAuth {
		lines = append(lines, "250-AUTH PLAIN LOGIN")
	}
	return t.say(append(lines, "250 8BITMIME")...)
}

func (t *talk) upgrade() bool {
	if !t.say("220 go on") {
		return false
	}
	conn := tls.Server(t.conn, t.config)
	if conn.Handshake() != nil {
		return false
	}
	t.conn, t.in, t.secure = conn, bufio.NewReader(conn), true
	return true
}

func (t *talk) auth(rest string) bool {
	_, given, _ := strings.Cut(rest, " ")
	want := base64.StdEncoding.EncodeToString([]byte("\x00" + t.User + "\x00" + t.Password))
	if given != want {
		plain, _ := base64.StdEncoding.DecodeString(given) // only to be repeated
		_, password, _ := strings.Cut(strings.TrimPrefix(string(plain), "\x00"), "\x00")
		return t.say(fmt.Sprintf("535 5.7.8 the password %s is wrong", password))
	}
	return t.say("235 welcome")
}

// data reads a message up to the line with a dot, which counts as a command.
func (t *talk) data() bool {
	var text strings.Builder
	for {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			t.mail.Text = text.String()
			return t.answer(".")
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
}

func inAngles(text string) string {
	_, text, _ = strings.Cut(text, "<")
	text, _, _ = strings.Cut(text, ">")
	return text
}
