package oauth_test

import (
	"net/url"
	"testing"

	"patchbay/app/fault"
	"patchbay/app/oauth"
	"patchbay/app/oauth/oauthtest"
)

const ownPage = "https://acme.example/signed-in"

// pasting starts an attempt whose answer goes to the admin's own page.
func pasting(t *testing.T, s *oauthtest.Server) *oauth.Attempt {
	t.Helper()
	c := clientOf(s)
	c.RedirectURI = ownPage
	a, err := protocolWith(oauth.Options{}).Begin(t.Context(), providerOf(s), c, oauth.Request{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func TestPaste_theAnswerBringsTheGrant(t *testing.T) {
	s := oauthtest.New(t)
	s.Pages = []string{ownPage}
	a := pasting(t, s)
	if !a.Pastes() || a.RedirectURI() != ownPage {
		t.Errorf("the answer goes to %s", a.RedirectURI())
	}
	back := approve(t, a)
	if err := a.Paste("\n " + back + "#section "); err != nil {
		t.Fatal(err)
	}
	if g := mustWait(t, a); !s.Alive(g.AccessToken.Reveal()) {
		t.Error("the grant does not work")
	}
	if err := a.Paste(back); oauth.ErrorKind(err) != oauth.Closed {
		t.Errorf("a second answer: %v", err)
	}
	wantRequests(t, s, oauthtest.Token, 1)
}

func TestPaste_whatIsNotTheAnswerChangesNothing(t *testing.T) {
	s := oauthtest.New(t)
	s.Pages = []string{ownPage}
	a := pasting(t, s)
	state := url.QueryEscape(stateOf(a))
	for _, address := range []string{
		"", "hello", ownPage, ownPage + "?code=x", ownPage + "?code=x&state=wrong", ownPage + "x?code=x&state=" + state,
		"https://evil.example/signed-in?code=x&state=" + state, "http://acme.example/signed-in?code=x&state=" + state,
	} {
		wantError(t, a.Paste(address), oauth.Misused, fault.Invalid)
	}
	wantRequests(t, s, oauthtest.Token, 0)
	if err := a.Paste(approve(t, a)); err != nil {
		t.Fatal(err)
	}
	mustWait(t, a)
}

func TestPaste_needsAPage(t *testing.T) {
	s := oauthtest.New(t)
	a := begun(t, s)
	if a.Pastes() || oauth.ErrorKind(a.Paste(answering(a, "code", "x"))) != oauth.Misused {
		t.Error("an answer for the listener can be pasted")
	}
	for _, redirect := range []string{"http://acme.example/x", "https://", "https://acme.example/?a=b", "https://acme.example/#x"} {
		c := clientOf(s)
		c.RedirectURI = redirect
		_, err := protocolWith(oauth.Options{}).Begin(t.Context(), providerOf(s), c, oauth.Request{})
		wantError(t, err, oauth.Misused, fault.ClientMisconfigured)
	}
}
