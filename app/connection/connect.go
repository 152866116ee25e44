package connection

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// lastWord is how long an answer may still arrive after the window was closed:
// the provider's redirect and the closing race each other.
const lastWord = 1500 * time.Millisecond

// Connect starts a sign-in to the app called slug and returns at once; progress
// is told through AttemptChanged.
func (s *Service) Connect(ctx context.Context, slug string, o ConnectOptions) (Attempt, error) {
	app, err := s.Directory.App(ctx, slug)
	if err != nil {
		return Attempt{}, err
	}
	return s.begin(ctx, app, "", "", o)
}

// Reconnect starts a sign-in that renews the connection called id. It uses what
// the listing says now unless that asks for more than was consented to
// ([Service.ApproveListing]), and what was entered before where nothing new is
// entered.
func (s *Service) Reconnect(ctx context.Context, id string, o ConnectOptions) (Attempt, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	if c.State == Uninstalling {
		return Attempt{}, fault.Errorf(fault.Conflict, "connection %s is being uninstalled", id)
	}
	app, err := s.Directory.App(ctx, c.App.Slug)
	if fault.CodeOf(err) == fault.NotFound || err == nil && len(AsksMore(c.App.Provider, app.Provider)) > 0 {
		app, err = c.App, nil
	}
	if err != nil {
		return Attempt{}, err
	}
	o.Variables = s.enteredBefore(ctx, c, o.Variables)
	o.Optional = slices.Clone(o.Optional)
	for _, scope := range app.Provider.Scopes.Optional {
		if slices.Contains(c.Requested, scope.Name) && !slices.Contains(o.Optional, scope.Name) {
			o.Optional = append(o.Optional, scope.Name)
		}
	}
	return s.begin(ctx, app, id, c.Label(), o)
}

// enteredBefore is given on top of what the connection has. Secrets that cannot
// be read are asked for again.
func (s *Service) enteredBefore(ctx context.Context, c Connection, given map[string]string) map[string]string {
	merged := map[string]string{}
	if tokens, err := s.tokens(ctx, c.ID); err == nil {
		merged = tokens.reveal()
	}
	maps.Copy(merged, c.Variables)
	for name, value := range given {
		if value != "" {
			merged[name] = value
		}
	}
	return merged
}

// signIn is what a sign-in is for.
type signIn struct {
	app       App
	variables map[string]string
	secrets   map[string]oauth.Secret
	replaces  string
	scopes    []string
	endpoint  oauth.Provider
	client    oauth.Client
}

// begin checks what was entered and starts the sign-in that the app's provider wants.
func (s *Service) begin(ctx context.Context, app App, renews, account string, o ConnectOptions) (Attempt, error) {
	plan := signIn{app: app, replaces: renews, scopes: asked(app, o.Optional)}
	var err error
	if plan.variables, plan.secrets, err = entered(app.Provider, o.Variables); err != nil {
		return Attempt{}, err
	}
	// Nothing is worth asking for that could not be kept.
	if _, err := s.Vault.Seal(ctx, nil, "probe"); err != nil {
		return Attempt{}, err
	}
	a := s.start(app, renews, account)
	// A sign-in that is begun anew, or Close, ends this one's preparations too.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(a.ctx, cancel)()
	if err := s.beginAs(ctx, a, plan, o); err != nil {
		s.forget(a)
		return Attempt{}, err
	}
	return a.now(), nil
}

func (s *Service) beginAs(ctx context.Context, a *attempt, plan signIn, o ConnectOptions) error {
	p := plan.app.Provider
	switch {
	case p.Kind == "api_key":
		return s.withKey(a, plan, o.Key)
	case p.Kind != "oauth2":
		return fault.Errorf(fault.Conflict, "%s cannot be connected", plan.app.Slug)
	}
	var err error
	secrets := Tokens{Variables: plan.secrets}
	if plan.endpoint, plan.client, err = s.endpointAndClient(ctx, plan.app, plan.variables, secrets); err != nil {
		return err
	}
	if pastes(plan.app) && plan.client.RedirectURI == "" {
		return fault.Errorf(fault.ClientMisconfigured, "%s needs the https address that the client was registered with", plan.app.Slug)
	}
	if p.Grant == "device" {
		return s.withDevice(ctx, a, plan)
	}
	return s.withWindow(ctx, a, plan, o.Window)
}

// asked lists the scopes to ask for: the required ones and the optional ones
// that are wanted.
func asked(app App, optional []string) []string {
	var scopes []string
	for _, scope := range app.Provider.Scopes.Required {
		scopes = append(scopes, scope.Name)
	}
	for _, scope := range app.Provider.Scopes.Optional {
		if slices.Contains(optional, scope.Name) {
			scopes = append(scopes, scope.Name)
		}
	}
	return scopes
}

// withWindow signs in with a code that comes back to a listener on this machine.
func (s *Service) withWindow(ctx context.Context, a *attempt, plan signIn, kind WindowKind) error {
	flow, err := s.Protocol.Begin(ctx, plan.endpoint, plan.client, oauth.Request{Scopes: plan.scopes})
	if err != nil {
		return err
	}
	s.wait(a, flow.LaunchURL, func(v *Attempt) { v.Host, v.URL = flow.Host(), flow.URL() })
	if flow.Pastes() {
		kind = a.takesPaste(flow)
	}
	started := s.run(a, func() error {
		defer flow.Close()
		// Without a window the person still has the address to copy.
		if err := s.openWindow(a, kind); err != nil {
			s.show(a, func(v *Attempt) { v.Err = err })
		}
		grant, err := s.answer(a, flow)
		if err != nil {
			return err
		}
		return s.admit(a, plan, grant)
	})
	if !started {
		flow.Close()
		return errClosing
	}
	return nil
}

// wait shows that it is the person's turn. Launch makes what a window opens.
func (s *Service) wait(a *attempt, launch func() string, edit func(*Attempt)) {
	a.mu.Lock()
	a.launch = launch
	a.mu.Unlock()
	s.show(a, func(v *Attempt) {
		v.Phase = Waiting
		edit(v)
	})
}

// answer waits for the provider's answer, or for the person to give up.
func (s *Service) answer(a *attempt, flow *oauth.Attempt) (oauth.Grant, error) {
	ctx, give := context.WithCancelCause(a.ctx)
	defer give(nil)
	go func() {
		select {
		case <-a.shut:
			time.AfterFunc(s.lastWord, func() { give(errShut) })
		case <-ctx.Done():
		}
	}()
	grant, err := flow.Wait(ctx)
	if err != nil && context.Cause(ctx) == errShut {
		err = errShut
	}
	return grant, err
}

// withDevice signs in with a code that the person enters on any device (RFC 8628).
func (s *Service) withDevice(ctx context.Context, a *attempt, plan signIn) error {
	flow, err := s.Protocol.StartDevice(ctx, plan.endpoint, plan.client, plan.scopes)
	if err != nil {
		return err
	}
	page := firstOf(flow.VerificationURIComplete, flow.VerificationURI)
	s.wait(a, func() string { return page }, func(v *Attempt) {
		v.Host, v.URL, v.Window = flow.Host(), flow.VerificationURI, Tab
		v.UserCode, v.VerifyURL, v.Expires = flow.UserCode, flow.VerificationURI, flow.Expires.UTC()
	})
	if !s.run(a, func() error {
		grant, err := flow.Wait(a.ctx)
		if err != nil {
			return err
		}
		return s.admit(a, plan, grant)
	}) {
		return errClosing
	}
	return nil
}

// withKey connects with an API key instead of signing in.
func (s *Service) withKey(a *attempt, plan signIn, key oauth.Secret) error {
	key = oauth.Secret(strings.TrimSpace(key.Reveal()))
	if err := checkKey(plan.app, key); err != nil {
		return err
	}
	if !s.run(a, func() error {
		err := s.admit(a, plan, oauth.Grant{AccessToken: key, ReceivedAt: s.Now()})
		if refused(err) {
			err = fault.Field("key", "%s does not take this key", plan.app.Name)
		}
		return err
	}) {
		return errClosing
	}
	return nil
}

// checkKey refuses a key that cannot be one, so that what was pasted by mistake
// is not sent to anybody.
func checkKey(app App, key oauth.Secret) error {
	text := key.Reveal()
	rule := app.Provider.APIKey
	switch {
	case text == "":
		return fault.Field("key", "enter the key")
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return fault.Field("key", "a key has no spaces and no special letters")
	case rule != nil && !looksLike(rule.Pattern, text):
		return fault.Field("key", "this does not look like a key of %s", app.Name)
	}
	return nil
}

// looksLike reports whether text has what pattern describes somewhere: listings
// know how a provider's keys begin, seldom more.
func looksLike(pattern, text string) bool {
	compiled, err := regexp.Compile(pattern)
	return err == nil && compiled.MatchString(text)
}

// run does the rest of a sign-in in the background, to its end.
func (s *Service) run(a *attempt, rest func() error) bool {
	return s.spawn(func() { s.conclude(a, rest()) })
}

var errShut = fault.Errorf(fault.Canceled, "the sign-in window was closed")

// conclude shows how a sign-in ended.
func (s *Service) conclude(a *attempt, err error) {
	s.finish(a, func(v *Attempt) {
		v.Err = err
		switch {
		case err == nil:
			v.Phase = Done
		case errors.Is(err, errShut):
			v.Phase, v.Err = Shut, nil
		case fault.CodeOf(err) == fault.Canceled:
			v.Phase, v.Err = Canceled, nil
		case fault.CodeOf(err) == fault.Denied:
			v.Phase = Declined
		default:
			v.Phase = Broken
		}
	})
	if err != nil {
		s.Log.Info("sign-in ended", "app", a.app.Slug, "code", fault.CodeOf(err), "error", err)
	}
}
