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

// client returns the OAuth client to use for app at the place that variables make.
// Without one that the admin has to enter first, the error is
// fault.ClientMisconfigured.
func (s *Service) client(ctx context.Context, app App, variables map[string]string, p oauth.Provider) (oauth.Client, error) {
	switch rule := app.Provider.Client; rule.Kind {
	case "public":
		return oauth.Client{ID: rule.ID, Auth: oauth.ClientAuth(app.Provider.TokenAuth)}, nil
	case "registered":
		return s.registered(ctx, p)
	case "own":
		return s.storedClient(ctx, appKey(app, variables))
	default:
		return oauth.Client{}, fault.Errorf(fault.ClientMisconfigured, "%s lets no desktop program connect", app.Slug)
	}
}

// appKey is the key under which the client of an app is kept. It names the hosts
// that the secret was entered for, those of the variables too: another server of
// one's own, or a listing that moves to other hosts, asks for a client anew, and the
// secret stays where it is.
func appKey(app App, variables map[string]string) string {
	return "app/" + app.Slug + "@" + strings.Join(app.ClientHosts(variables), ",")
}

// issuerKey is the key under which a registered client is kept.
func issuerKey(p oauth.Provider) string { return "issuer/" + p.Identity() }

// endpointAndClient returns what is needed to speak to app's provider at the place
// that the variables make.
func (s *Service) endpointAndClient(ctx context.Context, app App, variables map[string]string, t Tokens) (oauth.Provider, oauth.Client, error) {
	endpoint, err := s.endpoint(ctx, app, places(variables, t))
	if err != nil {
		return endpoint, oauth.Client{}, err
	}
	client, err := s.client(ctx, app, variables, endpoint)
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
