package sandbox

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"patchbay/app/fault"
)

func TestEnsureAndClose(t *testing.T) {
	s := New(Options{Dir: filepath.Join(t.TempDir(), "new"), Port: -1})
	if s.Running() || s.URL() != "" || s.Close() != nil {
		t.Error("a new server runs")
	}
	for range 2 {
		for range 2 {
			if err := s.Ensure(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if !s.Running() || !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
			t.Errorf("running %v at %s", s.Running(), s.URL())
		}
		if err := s.Close(); err != nil || s.Running() {
			t.Errorf("running %v after Close: %v", s.Running(), err)
		}
	}
	if got := New(Options{}).URL(); got != "http://127.0.0.1:47600" {
		t.Errorf("default address %s", got)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	s := New(Options{Dir: t.TempDir(), Port: port})
	err = s.Ensure(t.Context())
	if fault.CodeOf(err) != fault.PortInUse || !strings.Contains(err.Error(), l.Addr().String()[len("127.0.0.1:"):]) {
		t.Errorf("Ensure says %v", err)
	}
	if s.Running() {
		t.Error("the server runs without its port")
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := New(Options{Dir: filepath.Join(file, "sub"), Port: -1}).Ensure(context.Background())
	if fault.CodeOf(err) != fault.StorageFailed {
		t.Errorf("Ensure says %v", err)
	}
}

func TestRestartKeepsEverything(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North")
	w.call(http.MethodPost, "/crm/api/contacts", token.AccessToken, map[string]any{"email": "kept@example.com"}).want(t, http.StatusCreated)
	w.command(Command{App: "chat", Action: "refuse-refresh"}).want(t, http.StatusOK)
	spent := w.refresh("crm", token.RefreshToken).want(t, http.StatusOK).json(t)
	w.restart()
	if got := w.me("crm", token.AccessToken); got != http.StatusOK {
		t.Errorf("me answered %d", got)
	}
	items := w.call(http.MethodGet, "/crm/api/contacts?email=kept@example.com", token.AccessToken, nil).want(t, http.StatusOK).json(t)["items"].([]any)
	if len(items) != 1 {
		t.Errorf("contacts after the restart: %v", items)
	}
	w.refresh("crm", spent["refresh_token"].(string)).want(t, http.StatusOK)
	w.clock.advance(leeway * 2)
	wantError(t, w.refresh("crm", token.RefreshToken), http.StatusBadRequest, "invalid_grant")
	if faults, _ := openAgain(t, w.dir).faults("chat"); !faults.RefuseRefresh {
		t.Error("the fault is gone")
	}
}

func openAgain(t *testing.T, dir string) *store {
	t.Helper()
	s, err := openStore(filepath.Join(dir, "sandbox.json"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestS01_NoTokenOnDisk looks for every secret of a whole journey in every file.
func TestS01_NoTokenOnDisk(t *testing.T) {
	w := newWorld(t)
	c, verifier := w.client("crm"), oauth2.GenerateVerifier()
	code := w.authorize(c, "Acme North", verifier)
	token, err := c.Exchange(w.context(), code, oauth2.VerifierOption(verifier))
	w.check(err)
	renewed := w.refresh("crm", token.RefreshToken).want(t, http.StatusOK).json(t)
	w.call(http.MethodPost, "/crm/api/contacts", renewed["access_token"].(string), map[string]any{"email": "canary@example.com"}, "Idempotency-Key", "key-canary").want(t, http.StatusCreated)
	w.check(w.server.Close())
	secrets := []string{
		code, verifier, token.AccessToken, token.RefreshToken, renewed["access_token"].(string), renewed["refresh_token"].(string),
		"sbxa_", "sbxr_", "sbxc_", "key-canary",
	}
	entries, err := os.ReadDir(w.dir)
	w.check(err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(w.dir, e.Name()))
		w.check(err)
		if !strings.Contains(string(data), "canary@example.com") {
			t.Errorf("%s lacks the contact; is it the state?", e.Name())
		}
		for _, secret := range secrets {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds the secret %.5s…", e.Name(), secret)
			}
		}
	}
}

func TestDamagedStateIsSetAside(t *testing.T) {
	for name, content := range map[string]string{
		"half a file": `{"version":1,"apps":{"crm"`, "another version": `{"version":9}`, "empty": "", "a hole": `{"version":1,"apps":{"crm":null}}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.check(w.server.Close())
			w.check(os.WriteFile(filepath.Join(w.dir, "sandbox.json"), []byte(content), 0o600))
			w.restart()
			w.connect("crm", "Acme North")
			aside, _ := filepath.Glob(filepath.Join(w.dir, "sandbox.json.damaged-*"))
			if len(aside) != 1 {
				t.Fatalf("set aside: %v", aside)
			}
			if data, _ := os.ReadFile(aside[0]); string(data) != content {
				t.Errorf("the damaged file became %q", data)
			}
		})
	}
}

// TestNothingIsAcknowledgedUnsaved takes the folder away: what cannot be saved
// must not have happened.
func TestNothingIsAcknowledgedUnsaved(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North")
	w.check(os.Rename(w.dir, w.dir+".gone"))
	defer os.Rename(w.dir+".gone", w.dir)
	wantError(t, w.call(http.MethodPost, "/crm/api/contacts", token.AccessToken, map[string]any{"email": "lost@example.com"}), http.StatusInternalServerError, "server_error")
	failed := w.refresh("crm", token.RefreshToken)
	wantError(t, failed, http.StatusInternalServerError, "server_error")
	if strings.Contains(failed.body, w.dir) {
		t.Errorf("the answer tells where the file is: %s", failed.body)
	}
	w.check(os.Rename(w.dir+".gone", w.dir))
	items := w.call(http.MethodGet, "/crm/api/contacts?email=lost@example.com", token.AccessToken, nil).want(t, http.StatusOK).json(t)["items"].([]any)
	if len(items) != 0 {
		t.Errorf("a contact that was refused is there: %v", items)
	}
	w.refresh("crm", token.RefreshToken).want(t, http.StatusOK)
}

func TestFileIsForItsOwnerOnly(t *testing.T) {
	w := newWorld(t)
	w.connect("crm", "Acme North")
	info, err := os.Stat(filepath.Join(w.dir, "sandbox.json"))
	w.check(err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}
