package sandbox

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestFaults presses each button of the page and looks at API and token endpoint.
func TestFaults(t *testing.T) {
	tests := []struct {
		button    string
		me, token int // status of a probe and of a refresh while it is broken
		mended    int // status of the probe after Mend everything
	}{
		{"Revoke access", 401, 400, 401},
		{"Expire access token", 401, 200, 401},
		{"Drop a scope", 403, 200, 200},
		{"Answer 503", 503, 503, 200},
		{"Answer 429", 429, 429, 200},
		{"Refuse refresh", 200, 400, 200},
		{"Rotate strictly", 200, 200, 200},
	}
	for _, tt := range tests {
		t.Run(tt.button, func(t *testing.T) {
			w := newWorld(t)
			token, other := w.connect("billing", "Acme Retail"), w.connect("crm", "Acme North")
			page := w.press(w.get("/control/billing"), tt.button, 0).want(t, http.StatusOK)
			if !strings.Contains(page.body, `role="status"`) || page.Request.URL.Path != "/control/billing" {
				t.Errorf("came back to %s", page.Request.URL)
			}
			if got := w.me("billing", token.AccessToken); got != tt.me {
				t.Errorf("me answered %d, want %d", got, tt.me)
			}
			w.refresh("billing", token.RefreshToken).want(t, tt.token)
			if got := w.me("crm", other.AccessToken); got != http.StatusOK {
				t.Errorf("another app answered %d", got)
			}
			page = w.press(page, "Mend everything", 0).want(t, http.StatusOK)
			if !strings.Contains(page.body, english["control.healthy"]) {
				t.Error("the page does not say that the app works")
			}
			if got := w.me("billing", token.AccessToken); got != tt.mended {
				t.Errorf("me answered %d after mending, want %d", got, tt.mended)
			}
		})
	}
}

func TestFaultAnswersSayWhatIsWrong(t *testing.T) {
	w := newWorld(t)
	token := w.connect("chat", "Acme Studio").AccessToken
	w.command(Command{App: "chat", Action: "answer-429"}).want(t, http.StatusOK)
	if got := w.call(http.MethodGet, "/chat/api/me", token, nil).Header.Get("Retry-After"); got != retryAfter {
		t.Errorf("Retry-After %q", got)
	}
	w.command(Command{Action: "mend"}).want(t, http.StatusOK)
	w.command(Command{App: "chat", Action: "drop", Scope: "chat.messages.write"}).want(t, http.StatusOK)
	res := w.call(http.MethodPost, "/chat/api/messages", token, map[string]any{})
	wantError(t, res, http.StatusForbidden, "insufficient_scope")
	want := `Bearer realm="Sandbox Chat", error="insufficient_scope", error_description="the access token lacks the scope chat.messages.write", scope="chat.messages.write"`
	if got := res.Header.Get("WWW-Authenticate"); got != want {
		t.Errorf("challenge %s", got)
	}
	w.command(Command{App: "chat", Action: "revoke"}).want(t, http.StatusOK)
	if got := w.call(http.MethodGet, "/chat/api/me", token, nil).Header.Get("WWW-Authenticate"); !strings.Contains(got, `error="invalid_token"`) {
		t.Errorf("challenge %s", got)
	}
	if got := w.call(http.MethodGet, "/chat/api/me", "", nil).Header.Get("WWW-Authenticate"); got != `Bearer realm="Sandbox Chat"` {
		t.Errorf("challenge without a token %s", got)
	}
}

func TestTogglesSwitchBack(t *testing.T) {
	w := newWorld(t)
	for _, button := range []string{"Answer 503", "Answer 429", "Hang", "Refuse refresh", "Rotate strictly"} {
		page := w.press(w.get("/control/crm"), button, 0)
		if !strings.Contains(page.body, `aria-pressed="true"`) {
			t.Errorf("%s does not show as pressed", button)
		}
		if page = w.press(page, button, 0); strings.Contains(page.body, `aria-pressed="true"`) {
			t.Errorf("%s does not switch off", button)
		}
	}
}

func TestHangEndsWhenMended(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		st, err := openStore(dir+"/sandbox.json", time.Now, nil)
		if err != nil {
			t.Fatal(err)
		}
		c := &control{store: st, now: time.Now}
		hang := func(ctx context.Context, stop chan struct{}) (answered, ended *bool) {
			answered, ended = new(bool), new(bool)
			handler := gate{app: apps[0], store: st, stop: stop}.guard(func(http.ResponseWriter, *http.Request) { *answered = true })
			go func() {
				defer func() { *ended = errors.Is(asError(recover()), http.ErrAbortHandler) || *answered }()
				handler(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil))
			}()
			return answered, ended
		}
		if err := c.do(Command{App: "crm", Action: "hang"}); err != nil {
			t.Fatal(err)
		}
		gone, leave := context.WithCancel(t.Context())
		stop := make(chan struct{})
		_, left := hang(gone, nil)
		_, stopped := hang(t.Context(), stop)
		mended, _ := hang(t.Context(), nil)
		synctest.Wait()
		if *left || *stopped || *mended {
			t.Fatal("a request was answered while the app hangs")
		}
		leave()
		close(stop)
		synctest.Wait()
		if !*left || !*stopped || *mended {
			t.Fatalf("client gone: %v, server closing: %v, still hanging: %v", *left, *stopped, !*mended)
		}
		if err := c.do(Command{Action: "mend"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if !*mended {
			t.Error("mending did not let the request go on")
		}
	})
}

func asError(v any) error {
	err, _ := v.(error)
	return err
}

func TestCloseDoesNotWaitForHangingRequests(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	w.command(Command{App: "crm", Action: "hang"}).want(t, http.StatusOK)
	ended := make(chan error)
	r, _ := http.NewRequest(http.MethodGet, w.server.URL()+"/crm/api/me", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	go func() {
		res, err := w.http.Do(r)
		if err == nil {
			_ = res.Body.Close()
		}
		ended <- err
	}()
	w.check(w.server.Close())
	if err := <-ended; err == nil {
		t.Error("a hanging request got an answer")
	}
}

func TestControlAsJSON(t *testing.T) {
	w := newWorld(t)
	w.connect("crm", "Acme North")
	w.connect("crm", "Acme South")
	off := false
	tests := []struct {
		name    string
		command Command
		status  int
	}{
		{"an unknown app", Command{App: "mail", Action: "mend"}, 422},
		{"an unknown action", Command{App: "crm", Action: "explode"}, 422},
		{"an unknown grant", Command{App: "crm", Action: "revoke", Grant: "gr_x"}, 422},
		{"a fault", Command{App: "crm", Action: "refuse-refresh"}, 200},
		{"the same fault off", Command{App: "crm", Action: "refuse-refresh", On: &off}, 200},
		{"all apps", Command{Action: "answer-503"}, 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { w.command(tt.command).want(t, tt.status) })
	}
	got := w.get("/control/api").json(t)["apps"].([]any)
	crm := got[0].(map[string]any)
	faults := crm["faults"].(map[string]any)
	if len(got) != 3 || crm["app"] != "crm" || faults["answer"] != "503" || faults["refuse_refresh"] != false {
		t.Errorf("conditions %v", got)
	}
	if grants := crm["grants"].([]any); len(grants) != 2 || grants[0].(map[string]any)["account"] != "Acme South" {
		t.Errorf("grants %v", grants)
	}
}

func TestResetKeepsGrants(t *testing.T) {
	w := newWorld(t)
	token := w.connect("crm", "Acme North").AccessToken
	w.call(http.MethodPost, "/crm/api/contacts", token, map[string]any{"email": "new@example.com"}).want(t, http.StatusCreated)
	w.press(w.get("/control/crm"), "Reset practice data", 0).want(t, http.StatusOK)
	items := w.call(http.MethodGet, "/crm/api/contacts?email=new@example.com", token, nil).want(t, http.StatusOK).json(t)["items"].([]any)
	if len(items) != 0 {
		t.Errorf("after the reset there is %v", items)
	}
}
