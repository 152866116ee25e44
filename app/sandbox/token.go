package sandbox

import (
	"encoding/json"
	"net/http"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// token is the token endpoint: codes and refresh tokens, nothing else.
func (d *desk) token(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	var request *tokenRequest
	var client op.Client
	var err error
	current := ""
	switch grantType := r.PostFormValue("grant_type"); grantType {
	case "":
		err = oidc.ErrInvalidRequest().WithDescription("grant_type missing")
	case string(oidc.GrantTypeCode):
		request, client, err = d.codeRequest(r)
	case string(oidc.GrantTypeRefreshToken):
		current = r.PostFormValue("refresh_token")
		request, client, err = d.refreshRequest(r)
	default:
		err = oidc.ErrUnsupportedGrantType()
	}
	if err != nil {
		d.refuse(w, err)
		return
	}
	d.issue(w, r, request, client, current)
}

// codeRequest checks the exchange of a code and spends the code.
func (d *desk) codeRequest(r *http.Request) (*tokenRequest, op.Client, error) {
	exchange, err := op.ParseAccessTokenRequest(r, d.library.Decoder())
	if err != nil {
		return nil, nil, err
	}
	found, client, err := op.ValidateAccessTokenRequest(r.Context(), exchange, d.library)
	if err != nil {
		return nil, nil, err
	}
	if err := d.provider.signIns.spend(found.GetID()); err != nil {
		return nil, nil, oidc.ErrInvalidGrant().WithParent(err)
	}
	return &tokenRequest{
		client: found.GetClientID(), account: found.GetSubject(), scopes: found.GetScopes(),
		since: found.GetAuthTime(), signIn: found.GetID(),
	}, client, nil
}

func (d *desk) refreshRequest(r *http.Request) (*tokenRequest, op.Client, error) {
	if faults, _ := d.store.faults(d.app.slug); faults.RefuseRefresh {
		return nil, nil, oidc.ErrInvalidGrant().WithDescription("refused on the control page")
	}
	exchange, err := op.ParseRefreshTokenRequest(r, d.library.Decoder())
	if err != nil {
		return nil, nil, err
	}
	found, client, err := op.ValidateRefreshTokenRequest(r.Context(), exchange, d.library)
	if err != nil {
		return nil, nil, err
	}
	request, ok := found.(*tokenRequest)
	if !ok {
		return nil, nil, oidc.ErrServerError()
	}
	return request, client, nil
}

// issue makes the tokens and writes the answer. The lifetime comes from our
// clock; the library would use the system's.
func (d *desk) issue(w http.ResponseWriter, r *http.Request, request *tokenRequest, client op.Client, current string) {
	access, refresh, _, err := op.CreateAccessToken(r.Context(), request, client.AccessTokenType(), d.library, client, current)
	if err != nil {
		d.refuse(w, err)
		return
	}
	if request.grant != "" {
		d.provider.signIns.made(request.signIn, request.grant)
	}
	writeJSON(w, http.StatusOK, &oidc.AccessTokenResponse{
		AccessToken: access, RefreshToken: refresh, TokenType: oidc.BearerToken,
		ExpiresIn: uint64(accessLifetime.Seconds()), Scope: request.granted.scopes,
	})
}

// refuse writes an error of the token endpoint (RFC 6749 section 5.2). The
// library's own way would log to the default logger, and show what went wrong in
// here to the client.
func (d *desk) refuse(w http.ResponseWriter, err error) {
	e := oidc.DefaultToServerError(err, "the sandbox could not do this")
	status := http.StatusBadRequest
	switch e.ErrorType {
	case oidc.InvalidClient:
		status = http.StatusUnauthorized
	case oidc.ServerError:
		status = http.StatusInternalServerError
		d.logger.Error("sandbox token request", "app", d.app.slug, "error", err)
	}
	writeJSON(w, status, e)
}

func (d *desk) revoke(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	op.Revoke(w, r, d.library)
}

// metadata is RFC 8414; openid-configuration gives the same document, for
// clients that only look there.
func (d *desk) metadata(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                         d.issuer,
		"authorization_endpoint":                         d.issuer + "/authorize",
		"token_endpoint":                                 d.issuer + "/token",
		"revocation_endpoint":                            d.issuer + "/revoke",
		"scopes_supported":                               d.app.scopes,
		"response_types_supported":                       []string{"code"},
		"response_modes_supported":                       []string{"query"},
		"grant_types_supported":                          []string{"authorization_code", "refresh_token"},
		"token_endpoint_auth_methods_supported":          []string{"none"},
		"revocation_endpoint_auth_methods_supported":     []string{"none"},
		"code_challenge_methods_supported":               op.CodeChallengeMethods(d.library),
		"authorization_response_iss_parameter_supported": true,
		"service_documentation":                          d.issuer,
		"ui_locales_supported":                           []string{"en", "pl"},
	})
}

func noStore(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }

// writeJSON writes v, which must be of a kind that always encodes.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
