package oauth_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

func TestS01_SecretIsNeverPrinted(t *testing.T) {
	const marker = "canary-4711"
	c := oauth.Client{ID: "x", Secret: marker, RegistrationToken: marker}
	g := &oauth.Grant{AccessToken: marker, RefreshToken: marker}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%10s"} {
		fmt.Fprintf(&out, verb+verb+verb+verb, oauth.Secret(marker), c, g, map[string]oauth.Secret{"a": marker})
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("x", "secret", oauth.Secret(marker), "client", c, "grant", g)
	}
	for _, value := range []any{c, g, map[string]oauth.Secret{"a": marker}} {
		if err := json.NewEncoder(&out).Encode(value); err != nil {
			t.Fatal(err)
		}
	}
	if err := xml.NewEncoder(&out).Encode(c); err != nil {
		t.Fatal(err)
	}
	hex := fmt.Sprintf("%x", []byte(marker))
	if s := out.String(); strings.Contains(s, marker) || strings.Contains(strings.ToLower(s), hex) {
		t.Errorf("a secret is printed: %s", s)
	}
	if !strings.Contains(out.String(), "REDACTED") {
		t.Error("nothing shows that there was a secret")
	}
	if _, err := oauth.Secret(marker).Value(); err == nil {
		t.Error("a secret can be stored in clear")
	}
}

func TestS01_AttemptIsNeverPrinted(t *testing.T) {
	s := oauthtest.New(t)
	p := protocolWith(oauth.Options{})
	c := oauth.Client{ID: s.ClientID, Secret: "canary-4711", Auth: oauth.AuthNone}
	a, err := p.Begin(t.Context(), providerOf(s), c, oauth.Request{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	d, err := p.StartDevice(t.Context(), providerOf(s), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	visit(t, approve(t, a))
	g := mustWait(t, a)
	verifier := s.Seen(oauthtest.Token)[0].Form.Get("code_verifier")
	text := fmt.Sprintf("%v %+v %#v %s %v %+v %#v", a, a, a, a, d, d, d)
	for _, secret := range []string{stateOf(a), verifier, g.AccessToken.Reveal(), g.RefreshToken.Reveal(), "canary-4711", "device-"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is printed: %s", secret, text)
		}
	}
}

// Every flow against a server that repeats whatever it gets: nothing of it may
// come out in an error or a log.
func TestS02_ErrorsRepeatNoSecret(t *testing.T) {
	s := oauthtest.New(t)
	s.Auth, s.ClientSecret = "post", "canary-client-secret"
	var log bytes.Buffer
	p := protocolWith(oauth.Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	pr, c := providerOf(s), clientOf(s)
	for _, endpoint := range []string{oauthtest.Token, oauthtest.Token, oauthtest.Revoke, oauthtest.Push, oauthtest.Device, oauthtest.Register, oauthtest.Manage} {
		s.Next(endpoint, oauthtest.Echo("invalid_request"))
	}

	a, err := p.Begin(t.Context(), pr, c, oauth.Request{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	back := approve(t, a)
	visit(t, a.RedirectURI()+"?state=canary-wrong&code=canary-code")
	visit(t, back)
	_, exchange := a.Wait(deadline(t))
	_, refresh := p.Refresh(t.Context(), pr, c, "canary-refresh")
	revoke := p.Revoke(t.Context(), pr, c, "canary-token", "")
	_, device := p.StartDevice(t.Context(), pr, c, nil)
	par := pr
	par.RequirePAR = true
	_, push := p.Begin(t.Context(), par, c, oauth.Request{})
	_, register := p.Register(t.Context(), pr, oauth.Registration{Name: "x", InitialToken: "canary-initial"})
	c.RegistrationURI, c.RegistrationToken = s.URL+oauthtest.Manage, "canary-registration"
	unregister := p.Unregister(t.Context(), pr, c)
	s.Next(oauthtest.Token, malformed, oauthtest.Body(200, "text/html", "canary-body"), oauthtest.Failure(400, "canary-refresh"))
	_, broken := p.Refresh(t.Context(), pr, c, "canary-refresh")
	_, page := p.Refresh(t.Context(), pr, c, "canary-refresh")
	_, code := p.Refresh(t.Context(), pr, c, "canary-refresh")
	s.Server.CloseClientConnections()

	u, _ := url.Parse(back)
	secrets := []string{"canary", u.Query().Get("code"), u.Query().Get("state"), s.Seen(oauthtest.Token)[0].Form.Get("code_verifier")}
	texts := []string{log.String()}
	for name, err := range map[string]error{
		"exchange": exchange, "refresh": refresh, "revoke": revoke, "device": device, "push": push,
		"register": register, "unregister": unregister, "broken": broken, "page": page, "code": code,
	} {
		if err == nil {
			t.Errorf("%s did not fail", name)
			continue
		}
		said, description := oauth.ProviderSaid(err)
		texts = append(texts, name+": "+fmt.Sprintf("%v %+v %#v", err, err, err)+said+description)
	}
	for _, text := range texts {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q stands in %s", secret, text)
			}
		}
	}
}
