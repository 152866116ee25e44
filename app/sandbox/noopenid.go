package sandbox

import (
	"context"
	"errors"

	"github.com/go-jose/go-jose/v4"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// noOpenID refuses the parts of [op.Storage] that belong to OpenID Connect:
// sessions, ID tokens, user info and their keys. No request reaches them; the
// library only wants them to be there.
type noOpenID struct{}

var errNoOpenID = errors.New("the sandbox speaks OAuth, not OpenID Connect")

func (noOpenID) TerminateSession(context.Context, string, string) error { return errNoOpenID }

func (noOpenID) SigningKey(context.Context) (op.SigningKey, error) { return nil, errNoOpenID }

func (noOpenID) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return nil, errNoOpenID
}

func (noOpenID) KeySet(context.Context) ([]op.Key, error) { return nil, errNoOpenID }

func (noOpenID) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return errNoOpenID
}

func (noOpenID) SetUserinfoFromToken(context.Context, *oidc.UserInfo, string, string, string) error {
	return errNoOpenID
}

func (noOpenID) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNoOpenID
}

func (noOpenID) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, errNoOpenID
}

func (noOpenID) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNoOpenID
}

func (noOpenID) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNoOpenID
}
