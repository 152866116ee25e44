package sandbox

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// desk is one app's front desk: the authorization endpoint, its pages and the
// token endpoint.
type desk struct {
	app      *app
	issuer   string
	provider *provider
	library  *op.Provider
	store    *store
	pages    *pages
	logger   *slog.Logger
}

// authorize checks the request and sends the person on to the sign-in page.
func (d *desk) authorize(w http.ResponseWriter, r *http.Request) {
	request, err := op.ParseAuthorizeRequest(r, d.library.Decoder())
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.request")
		return
	}
	client, err := d.provider.GetClientByClientID(r.Context(), request.ClientID)
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.client")
		return
	}
	if !isLoopbackRedirect(request.RedirectURI) || op.ValidateAuthReqRedirectURI(client, request.RedirectURI, request.ResponseType) != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.redirect")
		return
	}
	err = d.checkRequest(r, request)
	if err == nil {
		_, err = op.ValidateAuthRequestClient(r.Context(), request, client, nil)
	}
	if err != nil {
		d.answerError(w, r, request, oidc.DefaultToServerError(err, "the request could not be checked"))
		return
	}
	started, err := d.provider.CreateAuthRequest(r.Context(), request, "")
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusInternalServerError, "problem.ours")
		return
	}
	http.Redirect(w, r, client.LoginURL(started.GetID()), http.StatusSeeOther)
}

// checkRequest holds the rules that the library leaves to its user: one value per
// parameter (RFC 6749 section 3.1), known scopes, and PKCE with S256.
func (d *desk) checkRequest(r *http.Request, request *oidc.AuthRequest) error {
	for name, values := range r.Form {
		if len(values) > 1 {
			return oidc.ErrInvalidRequest().WithDescription("a parameter is there twice: %s", printable(name))
		}
	}
	switch {
	case request.RequestParam != "":
		return oidc.ErrRequestNotSupported()
	case slices.ContainsFunc(request.Scopes, func(s string) bool { return !d.app.hasScope(s) }):
		return oidc.ErrInvalidScope().WithDescription("unknown scope")
	case request.ResponseMode != "" && request.ResponseMode != oidc.ResponseModeQuery:
		return oidc.ErrInvalidRequest().WithDescription("response_mode must be query")
	case request.CodeChallengeMethod != oidc.CodeChallengeMethodS256 || len(request.CodeChallenge) != 43:
		return oidc.ErrInvalidRequest().WithDescription("PKCE with code_challenge_method S256 is required")
	}
	return nil
}

// printable keeps an error description within the characters of RFC 6749
// section 4.1.2.1.
func printable(s string) string {
	for _, c := range s {
		if c < 'a' || c > 'z' {
			if c != '_' {
				return "(unnamed)"
			}
		}
	}
	return s
}

// answerError sends an error back to the client. The redirect must have been
// checked before.
func (d *desk) answerError(w http.ResponseWriter, r *http.Request, request *oidc.AuthRequest, e *oidc.Error) {
	e.State = request.State
	to, err := op.AuthResponseURL(request.RedirectURI, oidc.ResponseTypeCode, oidc.ResponseModeQuery, e, d.library.Encoder())
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.request")
		return
	}
	d.answer(w, r, to)
}

// answer redirects to the client and says who answers (RFC 9207).
func (d *desk) answer(w http.ResponseWriter, r *http.Request, to string) {
	u, err := url.Parse(to)
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.request")
		return
	}
	q := u.Query()
	q.Set("iss", d.issuer)
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusFound)
}

func (d *desk) signInPage(w http.ResponseWriter, r *http.Request) {
	s, err := d.provider.signIns.open(r.FormValue("request"))
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.expired")
		return
	}
	d.pages.show(w, r, "signin", d.app, map[string]any{
		"Request": s.id, "Accounts": d.app.accounts, "Hint": s.request.LoginHint, "Client": clientName(s.request.ClientID),
	})
}

func (d *desk) signIn(w http.ResponseWriter, r *http.Request) {
	s, err := d.provider.signIns.choose(r.PostFormValue("request"), r.PostFormValue("account"))
	if err != nil {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.expired")
		return
	}
	http.Redirect(w, r, "/"+d.app.slug+"/consent?request="+url.QueryEscape(s.id), http.StatusSeeOther)
}

func (d *desk) consentPage(w http.ResponseWriter, r *http.Request) {
	s, err := d.provider.signIns.open(r.FormValue("request"))
	account, known := d.app.account(s.account)
	if err != nil || !known {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.expired")
		return
	}
	d.pages.show(w, r, "consent", d.app, map[string]any{
		"Request": s.id, "Account": account, "Scopes": d.app.inOrder(s.GetScopes()), "Client": clientName(s.request.ClientID),
	})
}

func (d *desk) consent(w http.ResponseWriter, r *http.Request) {
	s, err := d.provider.signIns.open(r.PostFormValue("request"))
	if err != nil || !s.Done() {
		d.pages.problem(w, r, d.app, http.StatusBadRequest, "problem.expired")
		return
	}
	if r.PostFormValue("decision") != "allow" {
		d.provider.signIns.forget(s.id)
		d.answerError(w, r, &s.request, oidc.ErrAccessDenied().WithDescription("the person declined"))
		return
	}
	to, err := op.BuildAuthResponseCallbackURL(r.Context(), &s, d.library)
	if err != nil {
		key := "problem.ours"
		if errors.Is(err, errNoSignIn) {
			key = "problem.expired"
		}
		d.pages.problem(w, r, d.app, http.StatusBadRequest, key)
		return
	}
	d.answer(w, r, to)
}

// clientName is what the pages call a client.
func clientName(id string) string {
	if id == ClientID {
		return "Patchbay"
	}
	return id
}
