package connection

import (
	"net/url"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// pastes reports whether app's provider sends answers to https addresses only, so
// that a person has to bring them here.
func pastes(app App) bool {
	return app.Provider.Redirect.HTTPSOnly && app.Provider.Grant != "device"
}

// isPage reports whether address is one that answers can go to: a plain https one.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil &&
		u.RawQuery == "" && u.Fragment == "" && len(address) <= 500 && clean(u.Host) == u.Host
}

// takesPaste makes a wait for the address that the person brings, and returns the
// window to sign in with: only a tab shows an address to copy.
func (a *attempt) takesPaste(flow *oauth.Attempt) WindowKind {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.paste, a.view.Pastes = flow.Paste, flow.RedirectURI()
	return Tab
}

// Paste gives a waiting attempt the address at which the browser arrived. One that
// is not its answer is a fault.Invalid of the field "answer" and changes nothing;
// an attempt that waits for none is fault.Conflict.
func (s *Service) Paste(id, address string) (Attempt, error) {
	a, err := s.attempt(id)
	if err != nil {
		return Attempt{}, err
	}
	a.mu.Lock()
	paste := a.paste
	a.mu.Unlock()
	if paste == nil || a.now().Phase != Waiting {
		return Attempt{}, fault.Errorf(fault.Conflict, "this sign-in is not waiting for an address")
	}
	if err := paste(address); oauth.ErrorKind(err) == oauth.Misused {
		return Attempt{}, fault.Field("answer", "this is not the address where the sign-in ended")
	} else if err != nil {
		return Attempt{}, err
	}
	return a.now(), nil
}
