// Command web serves Patchbay's real back end and page to an ordinary browser, so
// that browser tests and people who work on the page need no window. It is not
// part of the program: it has no keychain and opens no sign-in windows.
//
//	go run ./build/web -data /tmp/patchbay -addr 127.0.0.1:4700
//
// POST /call/Facade.Method takes a JSON array of arguments; GET /events streams
// the events that the window would hear; POST /close asks what closing the window
// means.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"time"

	"patchbay/app"
	"patchbay/app/bridge"
	"patchbay/app/connection"
	"patchbay/app/desktop"
	"patchbay/app/feed/builtin"
	"patchbay/app/keychain"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	data := flag.String("data", "", "data folder")
	dist := flag.String("dist", "frontend/dist", "folder of the built page")
	port := flag.Int("sandbox-port", 0, "port of the practice apps; 0 is the usual one, which their listings name")
	feeds := flag.String("feeds", "", "folder whose files are the feeds https://feeds.example/NAME")
	flag.Parse()
	if err := serve(*addr, *data, *dist, *feeds, *port); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(addr, data, dist, feeds string, port int) error {
	if data == "" {
		return errors.New("name a data folder with -data")
	}
	release, err := desktop.Claim(data)
	if err != nil {
		return err
	}
	defer release()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a, err := app.New(ctx, app.Config{
		Dir: data, Language: os.Getenv("PATCHBAY_LANG"), Version: "web", Windows: byHand{}, Keychain: &inMemory{},
		SandboxPort: port, Feeds: files(feeds), Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	events := &stream{}
	a.Bridge.Attach(ctx, events)
	a.Start()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("POST /call/{name}", caller(a.Bridge.Bound()))
	mux.Handle("GET /events", events)
	mux.HandleFunc("POST /close", func(http.ResponseWriter, *http.Request) { events.Emit(bridge.CloseAsked, nil) })
	mux.Handle(bridge.ScreenshotPath, bridge.Guarded(bridge.Pictures(builtin.Screenshots())))
	mux.Handle("/", bridge.Guarded(a.Bridge.Page(os.DirFS(dist), http.FileServer(http.Dir(dist)))))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	fmt.Printf("http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return errors.Join(err, a.Close())
	}
	return a.Close()
}

// files answers requests for feeds from a folder, so that a test needs no network
// and no certificate.
type files string

func (f files) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	http.FileServer(http.Dir(f)).ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// caller calls the methods of the facades as the window does.
func caller(facades []any) http.HandlerFunc {
	methods := map[string]reflect.Value{}
	for _, f := range facades {
		v := reflect.ValueOf(f)
		for i := range v.NumMethod() {
			methods[v.Type().Elem().Name()+"."+v.Type().Method(i).Name] = v.Method(i)
		}
	}
	return func(w http.ResponseWriter, r *http.Request) {
		method, ok := methods[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		args, err := arguments(method.Type(), r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer(w, method.Call(args))
	}
}

func arguments(method reflect.Type, r *http.Request) ([]reflect.Value, error) {
	var raw []json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&raw); err != nil || len(raw) != method.NumIn() {
		return nil, fmt.Errorf("want %d arguments", method.NumIn())
	}
	var args []reflect.Value
	for i, text := range raw {
		v := reflect.New(method.In(i))
		if err := json.Unmarshal(text, v.Interface()); err != nil {
			return nil, err
		}
		args = append(args, v.Elem())
	}
	return args, nil
}

func answer(w http.ResponseWriter, results []reflect.Value) {
	w.Header().Set("Content-Type", "application/json")
	if err, failed := results[len(results)-1].Interface().(error); failed {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, bridge.FormatError(err))
		return
	}
	if len(results) == 1 {
		fmt.Fprint(w, "null")
		return
	}
	_ = json.NewEncoder(w).Encode(results[0].Interface())
}

// stream is a window made of server-sent events.
type stream struct {
	mu        sync.Mutex
	listeners map[chan string]bool
}

func (s *stream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 256)
	s.mu.Lock()
	if s.listeners == nil {
		s.listeners = map[chan string]bool{}
	}
	s.listeners[lines] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.listeners, lines)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	_ = http.NewResponseController(w).Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case line := <-lines:
			fmt.Fprintf(w, "data: %s\n\n", line)
			_ = http.NewResponseController(w).Flush()
		}
	}
}

// Emit implements bridge.Window.
func (s *stream) Emit(event string, data any) {
	line, err := json.Marshal(map[string]any{"name": event, "data": data})
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.listeners {
		select {
		case l <- string(line):
		default: // events are hints; a slow page loses some
		}
	}
}

// Notify implements bridge.Window.
func (s *stream) Notify(_ context.Context, n bridge.Notification) error {
	fmt.Fprintln(os.Stderr, "notification:", strings.Join([]string{n.Title, n.Body}, " / "))
	return nil
}

// Copy implements bridge.Window.
func (s *stream) Copy(string) error { return nil }

// Raise implements bridge.Window.
func (s *stream) Raise() {}

// Hide implements bridge.Window.
func (s *stream) Hide() {}

// Quit implements bridge.Window.
func (s *stream) Quit() {}

// Save implements bridge.Window.
func (s *stream) Save(string, string) (string, error) { return "", nil }

// byHand leaves opening the sign-in page to whoever drives the browser.
type byHand struct{}

func (byHand) Open(context.Context, connection.WindowRequest) (connection.Window, error) {
	return byHand{}, nil
}
func (byHand) Kind() connection.WindowKind { return connection.Tab }
func (byHand) Closed() <-chan struct{}     { return nil }
func (byHand) Close()                      {}

// inMemory is a keychain that lasts as long as the process.
type inMemory struct{ secrets sync.Map }

func (k *inMemory) Read(user string) (string, error) {
	if s, ok := k.secrets.Load(user); ok {
		return s.(string), nil
	}
	return "", keychain.ErrAbsent
}

func (k *inMemory) Write(user, secret string) error {
	k.secrets.Store(user, secret)
	return nil
}
