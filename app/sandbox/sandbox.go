package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"patchbay/app/fault"
)

// DefaultPort is where the practice apps live unless [Options] says otherwise.
const DefaultPort = 47600

// ClientID is the OAuth client that all three apps know: public, native, with
// PKCE required and http://127.0.0.1 with any port and path as its redirect.
const ClientID = "patchbay"

// Options says how a [Server] runs. Only Dir is required.
type Options struct {
	// Dir is the folder for the state file. It is made, with mode 0700, when
	// the server first starts.
	Dir string
	// Port is the port on 127.0.0.1; 0 means [DefaultPort], below 0 any free
	// port, for tests.
	Port int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Logger hears about trouble, never about tokens; nil means slog.Default.
	Logger *slog.Logger
	// Language names the language of the pages, "en" or "pl"; it is asked for
	// every page. Nil, or any other answer, means English.
	Language func() string
}

// Server is the three practice apps. It does nothing until [Server.Ensure]; all
// its methods may be called by several goroutines.
type Server struct {
	options Options

	mu      sync.Mutex
	running *instance
}

// instance is one run of a Server, from Ensure to Close.
type instance struct {
	http *http.Server
	port int
	stop chan struct{} // closed to let hanging requests go
	done chan struct{} // closed when the server has ended
}

// New returns a server that is not running yet. It touches neither the network
// nor the disk.
func New(options Options) *Server {
	if options.Port == 0 {
		options.Port = DefaultPort
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.Language == nil {
		options.Language = func() string { return "en" }
	}
	return &Server{options: options}
}

// Ensure starts the server if it is not running, and returns once it accepts
// requests. It fails with [fault.PortInUse] when another program has the port
// and with [fault.StorageFailed] when Dir cannot be used.
func (s *Server) Ensure(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		return nil
	}
	store, err := openStore(filepath.Join(s.options.Dir, "sandbox.json"), s.options.Now, s.options.Logger)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, s.options.Port)
	if err != nil {
		return err
	}
	s.running, err = serve(listener, store, s.options)
	return err
}

// Running reports whether the server accepts requests.
func (s *Server) Running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running != nil
}

// URL returns the address of the server without a trailing slash, for example
// "http://127.0.0.1:47600". With a Port below 0 it is known, and not empty, only
// while the server runs.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.running != nil:
		return baseURL(s.running.port)
	case s.options.Port > 0:
		return baseURL(s.options.Port)
	}
	return ""
}

// Close stops the server and waits until it has: requests under way get two
// seconds, hanging ones end at once. The server may be started again. Closing a
// server that is not running does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return nil
	}
	run := s.running
	s.running = nil
	close(run.stop)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := run.http.Shutdown(ctx)
	if err != nil {
		err = run.http.Close()
	}
	<-run.done
	return err
}

func baseURL(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }

func listen(ctx context.Context, port int) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(max(port, 0))))
	switch {
	case err == nil:
		return listener, nil
	case isPortTaken(err):
		return nil, fault.Errorf(fault.PortInUse,
			"start sandbox: port %d on 127.0.0.1 is used by another program; close that program, then try again: %w", port, err)
	}
	return nil, fault.Errorf(fault.CodeOf(err), "start sandbox: listen on port %d of 127.0.0.1: %w", port, err)
}

// isPortTaken knows Windows' own numbers, WSAEADDRINUSE and WSAEACCES (a port
// that the system has set aside), because Go does not map them to EADDRINUSE.
func isPortTaken(err error) bool {
	var code syscall.Errno
	if runtime.GOOS == "windows" && errors.As(err, &code) {
		return code == 10048 || code == 10013
	}
	return errors.Is(err, syscall.EADDRINUSE)
}

func serve(listener net.Listener, store *store, options Options) (*instance, error) {
	port := listener.Addr().(*net.TCPAddr).Port
	run := &instance{port: port, stop: make(chan struct{}), done: make(chan struct{})}
	handler, err := newSite(port, store, options, run.stop)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	run.http = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(options.Logger.Handler(), slog.LevelDebug),
	}
	go func() {
		defer close(run.done)
		if err := run.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			options.Logger.Error("sandbox stopped", "error", err)
		}
	}()
	return run, nil
}
