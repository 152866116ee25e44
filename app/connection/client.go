package connection

import (
	"context"
	"strings"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// ClientName is how Patchbay introduces itself where it registers by itself.
const ClientName = "Patchbay"

// client returns the OAuth client to use for app. Without one that the admin
// has to enter first, the error is fault.ClientMisconfigured.
func (s *Service) client(ctx context.Context, app App, p oauth.Provider) (oauth.Client, error) {
	auth := oauth.ClientAuth(app.Provider.TokenAuth)
	switch rule := app.Provider.Client; rule.Kind {
	case "public":
		return oauth.Client{ID: rule.ID, Auth: auth}, nil
	case "registered":
		return s.registered(ctx, p)
	case "own":
		return s.storedClient(ctx, "app/"+app.Slug)
	default:
		return oauth.Client{}, fault.Errorf(fault.ClientMisconfigured, "%s lets no desktop program connect", app.Slug)
	}
}

// endpointAndClient returns what is needed to speak to app's provider.
func (s *Service) endpointAndClient(ctx context.Context, app App, variables map[string]string) (oauth.Provider, oauth.Client, error) {
	endpoint, err := s.endpoint(ctx, app, variables)
	if err != nil {
		return endpoint, oauth.Client{}, err
	}
	client, err := s.client(ctx, app, endpoint)
	return endpoint, client, err
}

// registered returns the client that was registered at p's issuer, registering
// it now if there is none. Two who ask at once get the same one.
func (s *Service) registered(ctx context.Context, p oauth.Provider) (oauth.Client, error) {
	key := "issuer/" + p.Issuer
	found, err, _ := s.renewals.Do(key, func() (any, error) {
		client, err := s.storedClient(ctx, key)
		if fault.CodeOf(err) != fault.ClientMisconfigured {
			return client, err
		}
		client, err = s.Protocol.Register(ctx, p, oauth.Registration{Name: ClientName, RedirectURIs: []string{"http://127.0.0.1/"}})
		if err != nil {
			return client, err
		}
		return client, s.saveClient(ctx, key, client)
	})
	client, _ := found.(oauth.Client)
	return client, err
}

// HasClient reports whether app can be signed in to without the admin entering a
// client first.
func (s *Service) HasClient(ctx context.Context, app App) bool {
	if app.Provider.Client.Kind != "own" {
		return true
	}
	_, err := s.Clients.Client(ctx, "app/"+app.Slug)
	return err == nil
}

// StoredClientOf returns the client id that the admin entered for app, and
// whether a secret is kept with it. Both are zero when there is none.
func (s *Service) StoredClientOf(ctx context.Context, app App) (id string, secret bool) {
	stored, err := s.Clients.Client(ctx, "app/"+app.Slug)
	if err != nil {
		return "", false
	}
	return stored.ID, stored.Sealed != nil
}

// SaveClient keeps the client that the admin made at app's provider. Every
// connection of the app uses it. An empty secret keeps the one that is stored.
func (s *Service) SaveClient(ctx context.Context, app App, id string, secret oauth.Secret) error {
	id, key := strings.TrimSpace(id), "app/"+app.Slug
	if id == "" || strings.ContainsAny(id, " \t\r\n") || len(id) > 500 {
		return fault.Field("clientID", "a client id is one word without spaces")
	}
	if strings.ContainsAny(secret.Reveal(), "\r\n\t ") {
		return fault.Field("clientSecret", "a client secret has no spaces")
	}
	if secret.Reveal() == "" {
		if stored, err := s.storedClient(ctx, key); err == nil {
			secret = stored.Secret
		}
	}
	if secret.Reveal() == "" && app.Provider.Client.SecretNeeded {
		return fault.Field("clientSecret", "%s needs the client secret too", app.Name)
	}
	return s.saveClient(ctx, key, oauth.Client{ID: id, Secret: secret, Auth: oauth.ClientAuth(app.Provider.TokenAuth)})
}

func (s *Service) saveClient(ctx context.Context, key string, c oauth.Client) error {
	stored := StoredClient{Key: key, ID: c.ID, Auth: c.Auth, SavedAt: s.Now().UTC()}
	if c.Secret.Reveal() != "" {
		sealed, err := s.Vault.Seal(ctx, []byte(c.Secret.Reveal()), "client/"+key)
		if err != nil {
			return err
		}
		stored.Sealed = sealed
	}
	return s.Clients.SaveClient(ctx, stored)
}

func (s *Service) storedClient(ctx context.Context, key string) (oauth.Client, error) {
	stored, err := s.Clients.Client(ctx, key)
	if fault.CodeOf(err) == fault.NotFound {
		return oauth.Client{}, fault.Errorf(fault.ClientMisconfigured, "no client entered for %s", key)
	}
	if err != nil {
		return oauth.Client{}, err
	}
	client := oauth.Client{ID: stored.ID, Auth: stored.Auth}
	if stored.Sealed == nil {
		return client, nil
	}
	plain, err := s.Vault.Open(ctx, stored.Sealed, "client/"+key)
	client.Secret = oauth.Secret(plain)
	return client, err
}
