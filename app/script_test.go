package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"patchbay/app"
	"patchbay/app/bridge"
	"patchbay/app/mail/mailtest"
)

// TestScript runs testdata/script: whole stories told through the bridge, as the
// window would tell them, against real files and the real practice apps.
//
//	start                       open the data folder, as a start of the program does
//	call Facade.Method ARG...   call a bound method; arguments are JSON
//	! call ...                  the same, expecting an error; its code is on stderr
//	until RE Facade.Method ...  call again and again until the answer matches
//	browse allow|decline        do in the sign-in window what a person would
//	close-window                close the sign-in window
//	connect SLUG [OPTIONS]      start a sign-in; attempt RE waits for how it stands, cancel ends it
//	reconnect                   start a sign-in for the only connection
//	letter RE                   wait until the mail server at $MAILPORT has taken such a letter
//	uninstall WORD              uninstall the only connection
//	control APP ACTION          press a button of the practice apps' control page
//	check, pause                check the only connection now; pause it
//	approve ASKS                consent to what its listing newly asks for; ASKS are JSON
//	asked HOST                  what was last sent to a provider went to HOST, which answers answers/HOST,
//	                            with a refusal while there is answers/HOST.refuses
//	add-feed NAME               add the file feeds/NAME as a feed, without waiting for it
//	sync-feed NAME              bring that feed up to date
//	hold-feeds, send-feeds      send half of each feed that is asked for; send the rest
//	attend METHOD KIND          call an Alerts method for the open alert of that kind
//	hears EVENT                 wait until the window has heard an event
//	lock-keychain, remove-keychain, hang-keychain, wipe-keychain, unlock-keychain
//	quit                        stop, as closing the window does
func TestScript(t *testing.T) {
	post := mailtest.Start(t, func(s *mailtest.Server) { s.NoTLS = true })
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": start, "call": call, "until": until, "browse": browse, "close-window": closeWindow,
			"control": control, "letter": letter, "quit": quit, "connect": connect, "reconnect": reconnect,
			"attempt": attempt, "cancel": cancel, "uninstall": uninstall,
			"check": check, "pause": pause, "approve": approve, "asked": asked, "sync-feed": syncFeed, "attend": attend,
			"add-feed": addFeed, "hold-feeds": holdFeeds, "send-feeds": sendFeeds, "hears": hears,
			"lock-keychain":   keychainIs(errLocked),
			"remove-keychain": keychainIs(errAbsent),
			"hang-keychain":   hang,
			"unlock-keychain": keychainIs(nil),
			"wipe-keychain":   func(ts *testscript.TestScript, _ bool, _ []string) { of(ts).keys.wipe() },
		},
		Setup: func(env *testscript.Env) error {
			work := env.Getenv("WORK")
			env.Setenv("MAILPORT", strconv.Itoa(post.Port))
			s := &session{
				dir: work + "/data", windows: &windows{}, keys: &memory{secrets: map[string]string{}},
				feeds: &feeds{dir: work + "/feeds"}, providers: &providers{dir: work + "/answers"}, post: post, window: &hearing{},
			}
			env.Values[sessionKey{}] = s
			env.Defer(s.stop)
			return nil
		},
	})
}

// onePort lets one script at a time have the practice apps' port.
var onePort sync.Mutex

type sessionKey struct{}

// session is one script's Patchbay.
type session struct {
	post      *mailtest.Server
	dir       string
	windows   *windows
	keys      *memory
	feeds     *feeds
	providers *providers
	window    *hearing
	app       *app.App
	methods   map[string]reflect.Value
	end       context.CancelFunc
	holds     bool
	attempt   string // id of the newest sign-in
}

func of(ts *testscript.TestScript) *session { return ts.Value(sessionKey{}).(*session) }

func start(ts *testscript.TestScript, _ bool, _ []string) {
	s := of(ts)
	if !s.holds {
		onePort.Lock()
		s.holds = true
	}
	ts.Check(os.MkdirAll(s.dir, 0o700))
	a, err := app.New(context.Background(), app.Config{
		Dir: s.dir, Version: "test", Windows: s.windows, Keychain: s.keys, Feeds: s.feeds, Providers: s.providers,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	ts.Check(err)
	life, end := context.WithCancel(context.Background())
	s.app, s.end = a, end
	a.Bridge.Attach(life, s.window)
	a.Start()
	s.methods = map[string]reflect.Value{}
	for _, facade := range a.Bridge.Bound() {
		v := reflect.ValueOf(facade)
		for i := range v.NumMethod() {
			s.methods[v.Type().Elem().Name()+"."+v.Type().Method(i).Name] = v.Method(i)
		}
	}
}

func quit(ts *testscript.TestScript, _ bool, _ []string) {
	s := of(ts)
	s.end()
	ts.Check(s.app.Close())
	s.app = nil
}

func (s *session) stop() {
	if s.app != nil {
		s.end()
		_ = s.app.Close() // the script has ended
	}
	if s.holds {
		onePort.Unlock()
	}
}

func call(ts *testscript.TestScript, fails bool, args []string) {
	answer, err := of(ts).invoke(args)
	switch {
	case err != nil && !fails:
		ts.Fatalf("%s: %v", args[0], bridge.FormatError(err))
	case err != nil:
		fmt.Fprintln(ts.Stderr(), bridge.FormatError(err))
	case fails:
		ts.Fatalf("%s did not fail", args[0])
	}
	fmt.Fprintln(ts.Stdout(), answer)
}

// patience is longer than anything here takes on a slow machine.
const patience = 20 * time.Second

func until(ts *testscript.TestScript, _ bool, args []string) {
	want := regexp.MustCompile(args[0])
	deadline := time.Now().Add(patience)
	for {
		answer, err := of(ts).invoke(args[1:])
		if err == nil && want.MatchString(answer) {
			fmt.Fprintln(ts.Stdout(), answer)
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s never matched %s; last: %s %v", args[1], want, answer, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// invoke calls a bound method and returns its answer as JSON.
func (s *session) invoke(args []string) (string, error) {
	method, ok := s.methods[args[0]]
	if !ok {
		return "", fmt.Errorf("no method %s", args[0])
	}
	var in []reflect.Value
	for i, text := range args[1:] {
		v := reflect.New(method.Type().In(i))
		if err := json.Unmarshal([]byte(text), v.Interface()); err != nil {
			return "", fmt.Errorf("argument %s: %w", text, err)
		}
		in = append(in, v.Elem())
	}
	out := method.Call(in)
	if err, failed := out[len(out)-1].Interface().(error); failed {
		return "", err
	}
	if len(out) == 1 {
		return "", nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(out[0].Interface())
	return strings.TrimSpace(b.String()), err
}

func connect(ts *testscript.TestScript, _ bool, args []string) {
	of(ts).begin(ts, "Connections.Connect", args[0], append(args[1:], "{}")[0])
}

func reconnect(ts *testscript.TestScript, _ bool, _ []string) {
	of(ts).begin(ts, "Connections.Reconnect", of(ts).only(ts), "{}")
}

func (s *session) begin(ts *testscript.TestScript, method, whom, options string) {
	answer, err := s.invoke([]string{method, strconv.Quote(whom), options})
	ts.Check(err)
	var a bridge.Attempt
	ts.Check(json.Unmarshal([]byte(answer), &a))
	s.attempt = a.ID
}

func attempt(ts *testscript.TestScript, fails bool, args []string) {
	until(ts, fails, []string{args[0], "Connections.Attempt", strconv.Quote(of(ts).attempt)})
}

func cancel(ts *testscript.TestScript, fails bool, _ []string) {
	call(ts, fails, []string{"Connections.Cancel", strconv.Quote(of(ts).attempt)})
}

func uninstall(ts *testscript.TestScript, fails bool, args []string) {
	call(ts, fails, []string{"Connections.Uninstall", strconv.Quote(of(ts).only(ts)), strconv.Quote(args[0])})
}

func check(ts *testscript.TestScript, fails bool, _ []string) {
	call(ts, fails, []string{"Connections.CheckNow", strconv.Quote(of(ts).only(ts))})
}

func pause(ts *testscript.TestScript, fails bool, _ []string) {
	call(ts, fails, []string{"Connections.Pause", strconv.Quote(of(ts).only(ts))})
}

func approve(ts *testscript.TestScript, fails bool, args []string) {
	call(ts, fails, []string{"Connections.ApproveListing", strconv.Quote(of(ts).only(ts)), args[0]})
}

// attend does something about the open alert of a kind.
func attend(ts *testscript.TestScript, fails bool, args []string) {
	answer, err := of(ts).invoke([]string{"Alerts.Open"})
	ts.Check(err)
	var open []bridge.Alert
	ts.Check(json.Unmarshal([]byte(answer), &open))
	for _, a := range open {
		if a.Kind == args[1] {
			call(ts, fails, []string{"Alerts." + args[0], strconv.Quote(a.ID)})
			return
		}
	}
	ts.Fatalf("no %s is open: %s", args[1], answer)
}

// only returns the id of the only connection.
func (s *session) only(ts *testscript.TestScript) string {
	answer, err := s.invoke([]string{"Connections.List"})
	ts.Check(err)
	var all []bridge.Connection
	ts.Check(json.Unmarshal([]byte(answer), &all))
	if len(all) != 1 {
		ts.Fatalf("there are %d connections, not one", len(all))
	}
	return all[0].ID
}

// control waits for the practice apps, which come back a moment after a start.
func control(ts *testscript.TestScript, _ bool, args []string) {
	body, err := json.Marshal(map[string]any{"app": args[0], "action": args[1], "on": true})
	ts.Check(err)
	press := func() (*http.Response, error) {
		return http.Post("http://127.0.0.1:47600/control/api", "application/json", bytes.NewReader(body))
	}
	r, err := press()
	for deadline := time.Now().Add(patience); err != nil && time.Now().Before(deadline); r, err = press() {
		time.Sleep(20 * time.Millisecond)
	}
	ts.Check(err)
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		ts.Fatalf("control page answered %s", r.Status)
	}
}

// letter waits for longer than what is told at once gathers.
func letter(ts *testscript.TestScript, _ bool, args []string) {
	want := regexp.MustCompile(args[0])
	for deadline := time.Now().Add(3 * patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for _, m := range of(ts).post.Taken() {
			if want.MatchString(m.To + "\n" + m.Text) {
				fmt.Fprintln(ts.Stdout(), m.Text)
				return
			}
		}
	}
	ts.Fatalf("no letter matched %s; taken: %+v", want, of(ts).post.Taken())
}
