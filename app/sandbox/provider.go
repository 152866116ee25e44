package sandbox

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// provider is the storage behind the library for one app: it knows the client,
// the sign-ins and the grants. Parts that only OpenID Connect needs are in
// noOpenID.
type provider struct {
	noOpenID
	app     *app
	store   *store
	signIns *signIns
	now     func() time.Time
}

var _ op.Storage = (*provider)(nil)

// errUnknownClient is a plain error, as op wants it for a mistake of the caller.
var errUnknownClient = errors.New("unknown client")

func newProvider(a *app, store *store, base string, now func() time.Time) (*provider, *op.Provider, error) {
	p := &provider{app: a, store: store, signIns: &signIns{now: now}, now: now}
	config := &op.Config{CodeMethodS256: true, GrantTypeRefreshToken: true, SupportedScopes: a.scopes}
	library, err := op.NewProvider(config, p, op.StaticIssuer(base+"/"+a.slug),
		op.WithAllowInsecure(), op.WithCrypto(opaque{}), op.WithCORSOptions(nil))
	return p, library, err
}

// opaque stands where the library would encrypt: codes and access tokens are
// random, and mean something only to the one who looks them up.
type opaque struct{}

func (opaque) Encrypt(s string) (string, error) {
	if token, _, isToken := strings.Cut(s, ":"); isToken {
		return token, nil
	}
	return newToken("sbxc_"), nil
}

func (opaque) Decrypt(s string) (string, error) { return s + ":", nil }

func (p *provider) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != ClientID {
		return nil, oidc.ErrInvalidClient().WithParent(errUnknownClient)
	}
	return nativeClient{p.app}, nil
}

func (p *provider) AuthorizeClientIDSecret(context.Context, string, string) error {
	return errors.New("public clients have no secret")
}

func (p *provider) CreateAuthRequest(_ context.Context, r *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	s := p.signIns.start(p.app, *r)
	return &s, nil
}

func (p *provider) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s, err := p.signIns.open(id)
	return &s, err
}

// AuthRequestByCode ends the grant when its code comes a second time, since then
// one of the two callers has stolen it (RFC 6749 section 4.1.2).
func (p *provider) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s, err := p.signIns.byCode(code)
	if errors.Is(err, errCodeReused) && s.grant != "" {
		return nil, errors.Join(err, p.change(func(as *appState) error {
			as.end(s.grant)
			return nil
		}))
	}
	return &s, err
}

func (p *provider) SaveAuthCode(_ context.Context, id, code string) error {
	return p.signIns.allow(id, code)
}

func (p *provider) DeleteAuthRequest(_ context.Context, id string) error {
	p.signIns.forget(id)
	return nil
}

// CreateAccessToken is for grants without a refresh token; there are none here.
func (p *provider) CreateAccessToken(context.Context, op.TokenRequest) (string, time.Time, error) {
	return "", time.Time{}, errNoOpenID
}

// CreateAccessAndRefreshTokens makes a grant from a sign-in, or rotates.
func (p *provider) CreateAccessAndRefreshTokens(_ context.Context, r op.TokenRequest, current string) (string, string, time.Time, error) {
	request, ok := r.(*tokenRequest)
	if !ok {
		return "", "", time.Time{}, errNoOpenID
	}
	var t tokens
	var refused error
	err := p.change(func(as *appState) error {
		if current != "" {
			t, refused = as.rotate(current, request.scopes, p.now())
			return nil
		}
		var g *grant
		g, t = as.newGrant(request.client, request.account, request.scopes, p.now())
		request.grant = g.ID
		return nil
	})
	if refused != nil {
		return "", "", time.Time{}, oidc.ErrInvalidGrant().WithParent(refused)
	}
	request.granted = t
	return t.access, t.refresh, t.expires, err
}

func (p *provider) TokenRequestByRefreshToken(_ context.Context, token string) (op.RefreshTokenRequest, error) {
	var request *tokenRequest
	p.store.view(func(st *state) {
		if g, _ := st.Apps[p.app.slug].byRefresh(token); g != nil {
			request = &tokenRequest{client: g.Client, account: g.Account, scopes: append([]string(nil), g.Scopes...), since: g.Since}
		}
	})
	if request == nil {
		return nil, errUnknownToken
	}
	return request, nil
}

// GetRefreshTokenInfo answers with the token itself as its id: revokeToken looks
// both kinds up by hash.
func (p *provider) GetRefreshTokenInfo(_ context.Context, _, token string) (string, string, error) {
	request, err := p.TokenRequestByRefreshToken(context.Background(), token)
	if err != nil {
		return "", "", op.ErrInvalidRefreshToken
	}
	return request.GetSubject(), token, nil
}

func (p *provider) RevokeToken(_ context.Context, token, _, _ string) *oidc.Error {
	err := p.change(func(as *appState) error {
		as.revokeToken(token)
		return nil
	})
	if err != nil {
		return oidc.ErrServerError().WithParent(err)
	}
	return nil
}

func (p *provider) Health(context.Context) error { return nil }

func (p *provider) change(do func(*appState) error) error {
	return p.store.update(func(st *state) error { return do(st.Apps[p.app.slug]) })
}

// tokenRequest asks the library for tokens, from a sign-in or a refresh token.
// It is a refresh request in the library's eyes in both cases, because those
// always come with a refresh token and never with an ID token.
type tokenRequest struct {
	client, account string
	scopes          []string
	since           time.Time
	signIn          string // that it comes from, if any

	grant   string // set when a grant was made
	granted tokens // set when tokens were made
}

var _ op.RefreshTokenRequest = (*tokenRequest)(nil)

func (t *tokenRequest) GetAMR() []string                 { return nil }
func (t *tokenRequest) GetAudience() []string            { return []string{t.client} }
func (t *tokenRequest) GetAuthTime() time.Time           { return t.since }
func (t *tokenRequest) GetClientID() string              { return t.client }
func (t *tokenRequest) GetScopes() []string              { return t.scopes }
func (t *tokenRequest) GetSubject() string               { return t.account }
func (t *tokenRequest) SetCurrentScopes(scopes []string) { t.scopes = scopes }
