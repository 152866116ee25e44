package connection

import (
	"context"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// ClientHosts is every host that is told the secret of the client for the place
// that variables make, in order of the alphabet.
func (a App) ClientHosts(variables map[string]string) []string {
	return a.Provider.ClientHosts(known(a.Provider, variables))
}

// Console is where the admin makes a client for the place that variables make. A
// place that cannot be filled in leaves the template as it is.
func (a App) Console(variables map[string]string) string {
	return firstOf(page(a.Provider.Client.Console, known(a.Provider, variables)), a.Provider.Client.Console)
}

// HasClient reports whether app can be signed in to, at the place that variables
// and their defaults make, without the admin entering a client first.
func (s *Service) HasClient(ctx context.Context, app App, variables map[string]string) bool {
	if app.Provider.Client.Kind != "own" {
		return true
	}
	_, err := s.Clients.Client(ctx, appKey(app, variables))
	return err == nil
}

// KnownClient is what may be shown of a client that an admin entered.
type KnownClient struct {
	ID, Redirect string
	HasSecret    bool
	// SecretExpires is when the secret ends, as far as the admin said; zero if not.
	SecretExpires time.Time
}

// StoredClientOf returns the client that the admin entered for app at the place that
// variables make; zero when none was. What the keychain does not give out now is left
// out.
func (s *Service) StoredClientOf(ctx context.Context, app App, variables map[string]string) KnownClient {
	key := appKey(app, variables)
	stored, err := s.Clients.Client(ctx, key)
	if err != nil {
		return KnownClient{}
	}
	client, err := s.storedClient(ctx, key)
	if err != nil {
		return KnownClient{ID: stored.ID, HasSecret: stored.Sealed != nil}
	}
	return KnownClient{ID: stored.ID, Redirect: client.RedirectURI, HasSecret: client.Secret != "", SecretExpires: client.SecretExpires}
}

// ClientEntry is what an admin enters about a client made at a provider. Redirect
// is the https address it was registered with, where the provider takes no other.
// Variables make the place that the client is for; those are needed that
// [provider.Provider.ClientVariables] names and that have no default.
type ClientEntry struct {
	Variables map[string]string
	ID        string
	Secret    oauth.Secret
	Redirect  string
	// SecretExpires is when the secret ends, UTC; zero is never, or not known.
	SecretExpires time.Time
}

// SaveClient keeps the client that the admin made at app's provider. Every
// connection of the app to the same hosts uses it, and those that the provider refused because of
// the client are checked at once. An empty secret keeps the one that is stored. A
// client that the provider says it does not know is refused, as the field "client".
func (s *Service) SaveClient(ctx context.Context, app App, entry ClientEntry) error {
	for _, name := range app.Provider.ClientVariables() {
		if _, fits := known(app.Provider, entry.Variables)[name]; !fits {
			return fault.Field(name, "a client of %s needs to know where", app.Name)
		}
	}
	key := appKey(app, entry.Variables)
	id, secret := strings.TrimSpace(entry.ID), entry.Secret
	if id == "" || strings.ContainsAny(id, " \t\r\n") || len(id) > 500 {
		return fault.Field("clientID", "a client id is one word without spaces")
	}
	secret = oauth.Secret(strings.TrimSpace(secret.Reveal()))
	if strings.ContainsAny(secret.Reveal(), "\r\n\t ") {
		return fault.Field("clientSecret", "a client secret has no spaces")
	}
	if secret == "" {
		if stored, err := s.storedClient(ctx, key); err == nil {
			secret = stored.Secret
		}
	}
	if secret == "" && app.Provider.Client.SecretNeeded {
		return fault.Field("clientSecret", "%s needs the client secret too", app.Name)
	}
	client := oauth.Client{ID: id, Secret: secret, Auth: oauth.ClientAuth(app.Provider.TokenAuth)}
	if pastes(app) {
		if client.RedirectURI = strings.TrimSpace(entry.Redirect); !isPage(client.RedirectURI) {
			return fault.Field("redirectURI", "%s takes only an https address", app.Name)
		}
	}
	if secret != "" {
		client.SecretExpires = entry.SecretExpires
	}
	if err := s.checkClient(ctx, app, entry.Variables, client); err != nil {
		return err
	}
	if err := s.saveClient(ctx, key, client); err != nil {
		return err
	}
	s.recheckClient(ctx, key)
	return nil
}

// checkClient asks the provider whether it knows the client. Where the address
// depends on what is entered later, or nobody answers, the sign-in will tell.
func (s *Service) checkClient(ctx context.Context, app App, variables map[string]string, client oauth.Client) error {
	if s.unreachable(app) {
		return nil
	}
	endpoint, err := s.endpoint(ctx, app, places(known(app.Provider, variables), Tokens{}))
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, clientCheck)
	defer cancel()
	if oauth.ErrorKind(s.Protocol.Knows(ctx, endpoint, client)) == oauth.InvalidClient {
		return fault.Field("client", "%s does not know this client", app.Name)
	}
	return nil
}

// clientCheck bounds the question whether a client is known.
const clientCheck = 10 * time.Second

// recheckClient checks the connections that waited for another client under key, and
// tells those that work how long the new one lives.
func (s *Service) recheckClient(ctx context.Context, key string) {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		return // the client is saved; each can be checked by hand
	}
	for _, c := range all {
		if appKey(c.App, c.Variables) != key {
			continue
		}
		if c.State == ClientMisconfigured {
			s.spawn(func() { _, _ = s.CheckNow(s.life, c.ID) })
		} else if c.State.Watched() {
			s.forecast(ctx, c)
		}
	}
}
