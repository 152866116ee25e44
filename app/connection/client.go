package connection

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// ClientName is how Patchbay introduces itself where it registers by itself.
const ClientName = "Patchbay"

// client returns the OAuth client to use for app. Without one that the admin
// has to enter first, the error is fault.ClientMisconfigured.
func (s *Service) client(ctx context.Context, app App, p oauth.Provider) (oauth.Client, error) {
	switch rule := app.Provider.Client; rule.Kind {
	case "public":
		return oauth.Client{ID: rule.ID, Auth: oauth.ClientAuth(app.Provider.TokenAuth)}, nil
	case "registered":
		return s.registered(ctx, p)
	case "own":
		return s.storedClient(ctx, appKey(app))
	default:
		return oauth.Client{}, fault.Errorf(fault.ClientMisconfigured, "%s lets no desktop program connect", app.Slug)
	}
}

// appKey is the key under which the client of an app is kept. It names the hosts
// that the secret was entered for: a listing that moves to others asks for the
// client anew, and its secret stays where it is.
func appKey(app App) string {
	return "app/" + app.Slug + "@" + strings.Join(app.Provider.ClientHosts(), ",")
}

// issuerKey is the key under which a registered client is kept.
func issuerKey(p oauth.Provider) string { return "issuer/" + p.Identity() }

// endpointAndClient returns what is needed to speak to app's provider.
func (s *Service) endpointAndClient(ctx context.Context, app App, values map[string]string) (oauth.Provider, oauth.Client, error) {
	endpoint, err := s.endpoint(ctx, app, values)
	if err != nil {
		return endpoint, oauth.Client{}, err
	}
	client, err := s.client(ctx, app, endpoint)
	return endpoint, client, err
}

// registered returns the client that was registered at p's issuer, registering
// it now if there is none that still works. Those who ask at once get the same.
func (s *Service) registered(ctx context.Context, p oauth.Provider) (oauth.Client, error) {
	return share(ctx, s, "register/"+issuerKey(p), func() (oauth.Client, error) {
		ctx, cancel := context.WithTimeout(context.Background(), callDeadline)
		defer cancel()
		client, err := s.storedClient(ctx, issuerKey(p))
		if err == nil && !client.Expired(s.Now()) {
			return client, nil
		}
		if err != nil && fault.CodeOf(err) != fault.ClientMisconfigured {
			return client, err
		}
		client, err = s.Protocol.Register(ctx, p, oauth.Registration{Name: ClientName, RedirectURIs: []string{p.Redirect.URI()}})
		if err != nil {
			return client, err
		}
		return client, s.saveClient(ctx, issuerKey(p), client)
	})
}

// outdate makes the next sign-in register anew, because the provider no longer
// knows the client that was registered there.
func (s *Service) outdate(ctx context.Context, p oauth.Provider) {
	client, err := s.storedClient(ctx, issuerKey(p))
	if err == nil && !client.Expired(s.Now()) {
		client.SecretExpires = s.Now().UTC()
		err = s.saveClient(ctx, issuerKey(p), client)
	}
	if err != nil {
		s.Log.Error("forget a registered client", "code", fault.CodeOf(err))
	}
}

// HasClient reports whether app can be signed in to without the admin entering a
// client first.
func (s *Service) HasClient(ctx context.Context, app App) bool {
	if app.Provider.Client.Kind != "own" {
		return true
	}
	_, err := s.Clients.Client(ctx, appKey(app))
	return err == nil
}

// KnownClient is what may be shown of a client that an admin entered.
type KnownClient struct {
	ID, Redirect string
	HasSecret    bool
	// SecretExpires is when the secret ends, as far as the admin said; zero if not.
	SecretExpires time.Time
}

// StoredClientOf returns the client that the admin entered for app; zero when none
// was. What the keychain does not give out now is left out.
func (s *Service) StoredClientOf(ctx context.Context, app App) KnownClient {
	stored, err := s.Clients.Client(ctx, appKey(app))
	if err != nil {
		return KnownClient{}
	}
	client, err := s.storedClient(ctx, appKey(app))
	if err != nil {
		return KnownClient{ID: stored.ID, HasSecret: stored.Sealed != nil}
	}
	return KnownClient{ID: stored.ID, Redirect: client.RedirectURI, HasSecret: client.Secret != "", SecretExpires: client.SecretExpires}
}

// ClientEntry is what an admin enters about a client made at a provider. Redirect
// is the https address it was registered with, where the provider takes no other.
type ClientEntry struct {
	ID       string
	Secret   oauth.Secret
	Redirect string
	// SecretExpires is when the secret ends, UTC; zero is never, or not known.
	SecretExpires time.Time
}

// SaveClient keeps the client that the admin made at app's provider. Every
// connection of the app uses it, and those that the provider refused because of
// the client are checked at once. An empty secret keeps the one that is stored. A
// client that the provider says it does not know is refused, as the field "client".
func (s *Service) SaveClient(ctx context.Context, app App, entry ClientEntry) error {
	id, secret := strings.TrimSpace(entry.ID), entry.Secret
	if id == "" || strings.ContainsAny(id, " \t\r\n") || len(id) > 500 {
		return fault.Field("clientID", "a client id is one word without spaces")
	}
	secret = oauth.Secret(strings.TrimSpace(secret.Reveal()))
	if strings.ContainsAny(secret.Reveal(), "\r\n\t ") {
		return fault.Field("clientSecret", "a client secret has no spaces")
	}
	if secret == "" {
		if stored, err := s.storedClient(ctx, appKey(app)); err == nil {
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
	if err := s.checkClient(ctx, app, client); err != nil {
		return err
	}
	if err := s.saveClient(ctx, appKey(app), client); err != nil {
		return err
	}
	s.recheckClient(ctx, app)
	return nil
}

// checkClient asks the provider whether it knows the client. Where the address
// depends on what is entered later, or nobody answers, the sign-in will tell.
func (s *Service) checkClient(ctx context.Context, app App, client oauth.Client) error {
	plain, secret, err := entered(app.Provider, nil)
	if err != nil || s.unreachable(app) {
		return nil
	}
	endpoint, err := s.endpoint(ctx, app, places(plain, Tokens{Variables: secret}))
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

// recheckClient checks the connections of app that waited for another client, and
// tells those that work how long the new one lives.
func (s *Service) recheckClient(ctx context.Context, app App) {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		return // the client is saved; each can be checked by hand
	}
	for _, c := range all {
		if c.App.Slug == app.Slug && c.State == ClientMisconfigured {
			s.spawn(func() { _, _ = s.CheckNow(s.life, c.ID) })
		} else if c.App.Slug == app.Slug && c.State.Watched() {
			s.forecast(ctx, c)
		}
	}
}

// sealedClient is the secret part of a client inside the sealed text.
type sealedClient struct {
	Secret            string    `json:"s,omitempty"`
	RegistrationToken string    `json:"t,omitempty"`
	RegistrationURI   string    `json:"u,omitempty"`
	Issuer            string    `json:"i,omitempty"`
	SecretExpires     time.Time `json:"e,omitzero"`
	RedirectURI       string    `json:"r,omitempty"`
}

func (s *Service) saveClient(ctx context.Context, key string, c oauth.Client) error {
	stored := StoredClient{Key: key, ID: c.ID, Auth: c.Auth, SavedAt: s.Now().UTC()}
	secrets := sealedClient{c.Secret.Reveal(), c.RegistrationToken.Reveal(), c.RegistrationURI, c.Issuer, c.SecretExpires, c.RedirectURI}
	if secrets != (sealedClient{}) {
		plain, err := json.Marshal(secrets)
		if err != nil {
			return err
		}
		if stored.Sealed, err = s.Vault.Seal(ctx, plain, "client/"+key); err != nil {
			return err
		}
	}
	return s.Clients.SaveClient(ctx, stored)
}

func (s *Service) storedClient(ctx context.Context, key string) (oauth.Client, error) {
	stored, err := s.Clients.Client(ctx, key)
	if fault.CodeOf(err) == fault.NotFound {
		return oauth.Client{}, fault.Errorf(fault.ClientMisconfigured, "no client entered for %s", key)
	}
	client := oauth.Client{ID: stored.ID, Auth: stored.Auth}
	if err != nil || stored.Sealed == nil {
		return client, err
	}
	plain, err := s.Vault.Open(ctx, stored.Sealed, "client/"+key)
	if err != nil {
		return oauth.Client{}, err
	}
	var secrets sealedClient
	if err := json.Unmarshal(plain, &secrets); err != nil {
		return oauth.Client{}, fault.Errorf(fault.KeychainKeyLost, "read the sealed client of %s", key)
	}
	client.Secret, client.Issuer, client.SecretExpires = oauth.Secret(secrets.Secret), secrets.Issuer, secrets.SecretExpires
	client.RedirectURI = secrets.RedirectURI
	client.RegistrationToken, client.RegistrationURI = oauth.Secret(secrets.RegistrationToken), secrets.RegistrationURI
	return client, nil
}
