package connection

import (
	"context"
	"errors"
	"maps"
	"slices"
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
// the listing says now, which the person has just seen.
func (s *Service) Reconnect(ctx context.Context, id string, o ConnectOptions) (Attempt, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return Attempt{}, err
	}
	app, err := s.Directory.App(ctx, c.App.Slug)
	if fault.CodeOf(err) == fault.NotFound {
		app, err = c.App, nil
	}
	if err != nil {
		return Attempt{}, err
	}
	merged := maps.Clone(c.Variables)
	maps.Copy(merged, o.Variables)
	o.Variables = merged
	for _, scope := range app.Provider.Scopes.Optional {
		if slices.Contains(c.Requested, scope.Name) && !slices.Contains(o.Optional, scope.Name) {
			o.Optional = append(o.Optional, scope.Name)
		}
	}
	return s.begin(ctx, app, id, c.Label(), o)
}

// begin checks what was entered and starts the sign-in that the app's provider wants.
func (s *Service) begin(ctx context.Context, app App, reconnect, account string, o ConnectOptions) (Attempt, error) {
	variables, err := entered(app.Provider, o.Variables)
	if err != nil {
		return Attempt{}, err
	}
	// Nothing is worth asking for that could not be kept.
	if _, err := s.Vault.Seal(ctx, nil, "probe"); err != nil {
		return Attempt{}, err
	}
	plan := signIn{app: app, variables: variables, replaces: reconnect, scopes: asked(app, o.Optional)}
	a := s.start(app, reconnect, account)
	switch {
	case app.Provider.Kind == "api_key":
		err = s.withKey(a, plan, o.Key)
	case app.Provider.Kind != "oauth2":
		err = fault.Errorf(fault.Conflict, "%s cannot be connected", app.Slug)
	case app.Provider.Grant == "device":
		err = s.withDevice(ctx, a, plan)
	default:
		err = s.withWindow(ctx, a, plan, o.Window)
	}
	if err != nil {
		s.forget(a)
		return Attempt{}, err
	}
	return s.Attempt(a.view.ID)
}

// signIn is what a sign-in is for.
type signIn struct {
	app       App
	variables map[string]string
	replaces  string
	scopes    []string
	endpoint  oauth.Provider
	client    oauth.Client
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

// start registers a new attempt. One that is under way for the same purpose is
// cancelled: two answers must not race for one row.
func (s *Service) start(app App, reconnect, account string) *attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.attempts {
		if other.view.App.Slug == app.Slug && other.view.Reconnect == reconnect {
			other.cancel()
		}
	}
	a := &attempt{
		choice: make(chan Choice),
		shut:   make(chan struct{}, 1),
		view:   Attempt{ID: newID(), App: app, Reconnect: reconnect, Account: account, Phase: Opening},
	}
	s.attempts[a.view.ID] = a
	return a
}

func (s *Service) forget(a *attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.attempts, a.view.ID)
}

// run does the rest of a sign-in in the background, to its end or until it is
// cancelled.
func (s *Service) run(a *attempt, rest func(context.Context) error) {
	ctx, cancel := context.WithCancel(s.life)
	a.cancel = cancel
	s.running.Go(func() {
		defer cancel()
		s.conclude(a, rest(ctx))
	})
}

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
		s.Log.Info("sign-in ended", "app", a.view.App.Slug, "code", fault.CodeOf(err), "error", err)
	}
}

var errShut = fault.Errorf(fault.Canceled, "the sign-in window was closed")

// withWindow signs in with a code that comes back to a listener on this machine.
func (s *Service) withWindow(ctx context.Context, a *attempt, plan signIn, kind WindowKind) (err error) {
	if err = s.prepare(ctx, &plan); err != nil {
		return err
	}
	flow, err := s.Protocol.Begin(ctx, plan.endpoint, plan.client, oauth.Request{Scopes: plan.scopes})
	if err != nil {
		return err
	}
	a.launch = flow.LaunchURL()
	s.show(a, func(v *Attempt) { v.Phase, v.Host, v.URL = Waiting, flow.Host(), flow.URL() })
	s.run(a, func(ctx context.Context) error {
		defer flow.Close()
		// Without a window the person still has the address to copy.
		if err := s.openWindow(ctx, a, kind); err != nil {
			s.show(a, func(v *Attempt) { v.Err = err })
		}
		grant, err := s.answer(ctx, a, flow)
		if err != nil {
			return err
		}
		return s.admit(ctx, a, plan, grant)
	})
	return nil
}

// answer waits for the provider's answer, or for the person to give up.
func (s *Service) answer(ctx context.Context, a *attempt, flow *oauth.Attempt) (oauth.Grant, error) {
	ctx, give := context.WithCancelCause(ctx)
	defer give(nil)
	go func() {
		select {
		case <-a.shut:
			time.AfterFunc(lastWord, func() { give(errShut) })
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
	if err := s.prepare(ctx, &plan); err != nil {
		return err
	}
	flow, err := s.Protocol.StartDevice(ctx, plan.endpoint, plan.client, plan.scopes)
	if err != nil {
		return err
	}
	s.show(a, func(v *Attempt) {
		v.Phase, v.Host, v.URL = Waiting, flow.Host(), flow.VerificationURI
		v.UserCode, v.VerifyURL, v.Window = flow.UserCode, flow.VerificationURI, Tab
	})
	s.run(a, func(ctx context.Context) error {
		grant, err := flow.Wait(ctx)
		if err != nil {
			return err
		}
		return s.admit(ctx, a, plan, grant)
	})
	return nil
}

// withKey connects with an API key instead of signing in.
func (s *Service) withKey(a *attempt, plan signIn, key oauth.Secret) error {
	if key.Reveal() == "" {
		return fault.Field("key", "enter the key")
	}
	s.run(a, func(ctx context.Context) error {
		return s.admit(ctx, a, plan, oauth.Grant{AccessToken: key, ReceivedAt: s.Now()})
	})
	return nil
}

// prepare finds the endpoints and the client to sign in with.
func (s *Service) prepare(ctx context.Context, plan *signIn) (err error) {
	if plan.app.Provider.Redirect.HTTPSOnly && plan.app.Provider.Grant != "device" {
		return fault.Errorf(fault.ClientMisconfigured, "%s sends people back to https addresses only", plan.app.Slug)
	}
	plan.endpoint, plan.client, err = s.endpointAndClient(ctx, plan.app, plan.variables)
	return err
}
