package oauth

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	headerDeadline = 5 * time.Second
	// requestLimit bounds a request's line and headers; net/http adds 4 KB.
	requestLimit = 12 << 10
	// lastWords is how long the page may take to reach the browser.
	lastWords = time.Second
)

// check refuses a rule that a program on the desktop cannot follow.
func (r RedirectRule) check() error {
	switch {
	case !slices.Contains([]string{"", "127.0.0.1", "localhost"}, r.Host):
		return untrusted("the redirect host %q is not this machine", clean(r.Host))
	case r.Port < 0 || r.Port > 65535:
		return untrusted("the redirect port %d does not exist", r.Port)
	case r.Path != "" && (!strings.HasPrefix(r.Path, "/") || strings.ContainsAny(r.Path, "?#% \\") || clean(r.Path) != r.Path):
		return untrusted("the redirect path cannot be used")
	}
	return nil
}

func (r RedirectRule) host() string {
	if r.Host == "" {
		return "127.0.0.1"
	}
	return r.Host
}

func (r RedirectRule) uri(port int) string {
	host := r.host()
	if port != 0 {
		host += ":" + strconv.Itoa(port)
	}
	return "http://" + host + r.Path
}

// door is the listener that one attempt waits at, on loopback only.
type door struct {
	listeners []net.Listener
	server    *http.Server
	host      string // what the Host header must be
	port      int
}

// listen binds the port of a rule. Nothing is served before open.
func listen(ctx context.Context, rule RedirectRule) (*door, error) {
	var err error
	for range 5 {
		var d *door
		if d, err = bind(ctx, rule); err == nil {
			return d, nil
		}
		if rule.Port != 0 {
			break
		}
	}
	if rule.Port != 0 && portTaken(err) {
		return nil, failure(PortInUse, "listen for the answer: port %d is in use", rule.Port)
	}
	return nil, failure(PortInUse, "listen for the answer: no port can be opened")
}

func bind(ctx context.Context, rule RedirectRule) (*door, error) {
	config := exclusive()
	four, err := config.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(rule.Port)))
	if err != nil {
		return nil, err
	}
	port := four.Addr().(*net.TCPAddr).Port
	d := &door{listeners: []net.Listener{four}, port: port, host: rule.host() + ":" + strconv.Itoa(port)}
	if rule.host() != "localhost" {
		return d, nil
	}
	// A browser may take "localhost" as ::1. If that port is another program's,
	// the answer could go there; a machine without IPv6 is fine.
	six, err := config.Listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
	switch {
	case err == nil:
		d.listeners = append(d.listeners, six)
	case portTaken(err):
		_ = four.Close()
		return nil, err
	}
	return d, nil
}

// open begins to serve.
func (d *door) open(handler http.Handler, longest time.Duration) {
	crowd := newCrowd()
	d.server = &http.Server{
		Handler: handler, ReadHeaderTimeout: headerDeadline, ReadTimeout: headerDeadline,
		WriteTimeout: longest + headerDeadline, MaxHeaderBytes: requestLimit,
		ConnState: crowd.note, ErrorLog: log.New(io.Discard, "", 0),
	}
	d.server.SetKeepAlivesEnabled(false)
	for _, l := range d.listeners {
		go func() { _ = d.server.Serve(crowd.guard(l)) }()
	}
}

// shut closes the port at once. Pages under way get a moment to arrive, unless
// there is nothing to say.
func (d *door) shut(quiet bool) {
	for _, l := range d.listeners {
		_ = l.Close()
	}
	if d.server == nil {
		return
	}
	if quiet {
		_ = d.server.Close()
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), lastWords)
		defer cancel()
		_ = d.server.Shutdown(ctx)
		_ = d.server.Close()
	}()
}
