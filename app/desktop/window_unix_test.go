//go:build unix

package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
)

const address = "https://login.example.com/authorize?state=x&scope=a+b"

// program writes a shell script that leaves its arguments and its input beside
// itself, and then does what body says.
func program(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + path + ".args\n" + body + "\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// stays runs until it is told to end, and leaves word when it has begun.
const stays = `trap 'kill $!; exit 0' TERM
sleep 600 &
: > "$0.begun"
wait`

// begun waits until a program that stays has begun.
func begun(t *testing.T, program string) {
	t.Helper()
	for t.Context().Err() == nil {
		if _, err := os.Stat(program + ".begun"); err == nil {
			return
		}
		time.Sleep(time.Millisecond) // another process; nothing else tells
	}
}

func open(t *testing.T, w *Windows, r connection.WindowRequest) connection.Window {
	t.Helper()
	window, err := w.Open(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(window.Close)
	return window
}

func TestOpen_browserThatStaysIsClosedWhenItEnds(t *testing.T) {
	browser := program(t, stays)
	w := &Windows{Browser: browser, settle: 20 * time.Millisecond, handOver: time.Nanosecond}
	window := open(t, w, connection.WindowRequest{Kind: connection.Automatic, URL: address})
	if window.Kind() != connection.BrowserPopup {
		t.Fatalf("kind %s", window.Kind())
	}
	begun(t, browser)
	select {
	case <-window.Closed():
		t.Fatal("a window that is open counts as closed")
	default:
	}
	window.Close()
	<-window.Closed()
	window.Close() // in any state
	args := read(t, browser+".args")
	if !strings.HasPrefix(args, "--app="+address+"\n") || !strings.Contains(args, "--window-size=520,720") {
		t.Errorf("the browser was started with\n%s", args)
	}
}

func TestOpen_browserThatHandsOverCannotBeFollowed(t *testing.T) {
	for name, body := range map[string]string{"at once": "exit 0", "after a while": "sleep 0.2; exit 0"} {
		t.Run(name, func(t *testing.T) {
			w := &Windows{Browser: program(t, body), settle: 20 * time.Millisecond, handOver: time.Hour}
			window := open(t, w, connection.WindowRequest{Kind: connection.BrowserPopup, URL: address})
			p := window.(*process)
			<-p.exited
			window.Close()
			select {
			case <-window.Closed():
				t.Error("a window that another instance shows counts as closed")
			case <-time.After(50 * time.Millisecond): // it would be closed right after the exit
			}
		})
	}
}

func TestOpen_automaticFallsBack(t *testing.T) {
	own := program(t, stays)
	for _, test := range []struct {
		name    string
		browser string
		own     string
		refused bool
		opener  string
		want    connection.WindowKind
		code    fault.Code
	}{
		{"browser fails at once", program(t, "exit 1"), own, false, "exit 1", connection.OwnPopup, ""},
		{"browser is not there", "/nowhere/chromium", own, false, "exit 1", connection.OwnPopup, ""},
		{"own popup fails too", program(t, "exit 1"), program(t, "exit 1"), false, "exit 0", connection.Tab, ""},
		{"own popup is refused", program(t, "exit 1"), own, true, "exit 0", connection.Tab, ""},
		{"nothing works", program(t, "exit 1"), program(t, "exit 0"), false, "exit 3", "", fault.NoBrowser},
	} {
		t.Run(test.name, func(t *testing.T) {
			opened := openerIs(t, test.opener)
			w := &Windows{Browser: test.browser, Executable: test.own, settle: 300 * time.Millisecond}
			window, err := w.Open(t.Context(), connection.WindowRequest{Kind: connection.Automatic, URL: address, NoEmbedding: test.refused})
			if fault.CodeOf(err) != test.code {
				t.Fatalf("error %v, want %q", err, test.code)
			}
			if err != nil {
				return
			}
			defer window.Close()
			if window.Kind() != test.want {
				t.Errorf("opened %s, want %s", window.Kind(), test.want)
			}
			if test.want == connection.Tab {
				if got := read(t, opened+".args"); got != address+"\n" {
					t.Errorf("the tab goes to %q", got)
				}
				if window.Closed() != nil {
					t.Error("a tab says when it is closed")
				}
			}
		})
	}
}

// openerIs puts a program in the place of the one that opens links.
func openerIs(t *testing.T, body string) string {
	t.Helper()
	path := program(t, body)
	name, _ := opener("")
	as := filepath.Join(filepath.Dir(path), name)
	script := strings.ReplaceAll(read(t, path), path, as)
	if err := os.WriteFile(as, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(as)+string(os.PathListSeparator)+os.Getenv("PATH"))
	return as
}

// The address goes over standard input, so that no list of processes shows it,
// and a name cannot bring an address of its own.
func TestS06_ownPopupReadsTheAddress(t *testing.T) {
	own := program(t, `cat > "$0.in"`+"\n"+stays)
	w := &Windows{Executable: own, settle: 20 * time.Millisecond}
	window := open(t, w, connection.WindowRequest{Kind: connection.OwnPopup, URL: address, Title: "Acme\nhttps://evil.example/\r\n"})
	begun(t, own)
	if args := read(t, own+".args"); args != PopupFlag+"\n" {
		t.Errorf("arguments %q", args)
	}
	if in := read(t, own+".in"); in != "Acme https://evil.example/\n"+address+"\n" {
		t.Errorf("input %q", in)
	}
	window.Close()
	<-window.Closed()
}

func TestOpen_onlyTheKindAskedFor(t *testing.T) {
	w := &Windows{Browser: "/nowhere/chromium", Executable: program(t, stays), settle: 20 * time.Millisecond}
	for _, r := range []connection.WindowRequest{
		{Kind: connection.BrowserPopup, URL: address},
		{Kind: connection.OwnPopup, URL: address, NoEmbedding: true},
		{Kind: "carrier pigeon", URL: address},
	} {
		_, err := w.Open(t.Context(), r)
		if fault.CodeOf(err) != fault.NoBrowser {
			t.Errorf("%s: %v", r.Kind, err)
		}
		if strings.Contains(err.Error(), "state=") {
			t.Errorf("the error tells the address: %v", err)
		}
	}
}

func TestOpenLink(t *testing.T) {
	opened := openerIs(t, "exit 0")
	if err := OpenLink(t.Context(), "https://www.example.com/docs"); err != nil {
		t.Fatal(err)
	}
	if got := read(t, opened+".args"); got != "https://www.example.com/docs\n" {
		t.Errorf("opened %q", got)
	}
	openerIs(t, "exit 3")
	if err := OpenLink(t.Context(), "https://www.example.com"); fault.CodeOf(err) != fault.NoBrowser {
		t.Errorf("an opener that finds nothing: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := OpenLink(t.Context(), "https://www.example.com"); fault.CodeOf(err) != fault.NoBrowser {
		t.Errorf("no opener at all: %v", err)
	}
}

func TestFindBrowser_firstOfTheFamily(t *testing.T) {
	if len(browsers()) == 0 || filepath.IsAbs(browsers()[0]) {
		return // this platform looks in fixed places
	}
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if got := findBrowser(); got != "" {
		t.Errorf("found %q where there is none", got)
	}
	for _, name := range []string{"vivaldi", "chromium"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got := findBrowser(); got != filepath.Join(dir, "chromium") {
		t.Errorf("found %q", got)
	}
}
