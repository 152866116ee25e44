//go:build !race

// Hundreds of listings, one after another: they run without the race detector.

package replay_test

import (
	"maps"
	"slices"
	"testing"

	"patchbay/app/connection/replay"
	"patchbay/app/provider"
)

// mistakes are what somebody who writes a listing gets wrong. Each returns false
// where this provider would not notice.
var mistakes = map[string]func(replay.Provider, *provider.Provider) bool{
	"another way to show the client": func(p replay.Provider, l *provider.Provider) bool {
		all := []string{"none", "basic", "post"}
		wrong := slices.IndexFunc(all, func(auth string) bool { return !slices.Contains(p.Auth, auth) && (p.Secret != "" || auth != "none") })
		if l.Kind != "oauth2" || p.Secret == "" || wrong < 0 {
			return false
		}
		l.TokenAuth = all[wrong]
		return true
	},
	"another kind of body": func(p replay.Provider, l *provider.Provider) bool {
		l.TokenBody = "json"
		return l.Kind == "oauth2" && !slices.Contains(p.Body, "json")
	},
	"another separator": func(p replay.Provider, l *provider.Provider) bool {
		l.Scopes.Separator = ";"
		return p.Scopes.Form != "" && len(l.Scopes.Required) > 1
	},
	"another scope parameter": func(p replay.Provider, l *provider.Provider) bool {
		l.Scopes.Parameter = "user_scope"
		return p.Scopes.Form != ""
	},
	"no code challenge": func(p replay.Provider, l *provider.Provider) bool {
		l.PKCE = "refused"
		return p.PKCE == replay.Required
	},
	"no extra parameters of the sign-in": func(p replay.Provider, l *provider.Provider) bool {
		l.AuthorizeParameters = nil
		return len(p.SignNeeds)+len(p.OfflineNeeds) > 0
	},
	"no extra parameters of the token request": func(p replay.Provider, l *provider.Provider) bool {
		l.TokenParameters = nil
		return len(p.TokenNeeds) > 0
	},
	"no offline scope": func(p replay.Provider, l *provider.Provider) bool {
		l.Scopes.Required = slices.DeleteFunc(slices.Clone(l.Scopes.Required), func(s provider.Scope) bool { return s.Name == p.OfflineScope })
		return p.OfflineScope != ""
	},
	"renewed where codes are exchanged": func(p replay.Provider, l *provider.Provider) bool {
		l.Endpoints.Refresh = ""
		return p.Refresh != ""
	},
	"any port where one is registered": func(p replay.Provider, l *provider.Provider) bool {
		l.Redirect.Port = 0
		return p.Sign != "" && len(p.Redirects.Hosts) > 0 && !p.Redirects.AnyPort
	},
	"a host that cannot be registered": func(p replay.Provider, l *provider.Provider) bool {
		other := map[string]string{"127.0.0.1": "localhost", "localhost": "127.0.0.1"}[l.Redirect.Host]
		l.Redirect.Host = other
		return p.Sign != "" && other != "" && !slices.Contains(p.Redirects.Hosts, other)
	},
	"this machine where only web pages are taken": func(p replay.Provider, l *provider.Provider) bool {
		l.Redirect.HTTPSOnly = false
		return p.Sign != "" && len(p.Redirects.Hosts) == 0
	},
	"another sign-in address": func(p replay.Provider, l *provider.Provider) bool {
		l.Endpoints.Authorization += "/v0"
		return p.Sign != ""
	},
	"another token address": func(p replay.Provider, l *provider.Provider) bool {
		l.Endpoints.Token += "/v0"
		return p.Token != ""
	},
	"another device address": func(p replay.Provider, l *provider.Provider) bool {
		l.Endpoints.Device += "/v0"
		return p.Device != ""
	},
	"no hosts": func(p replay.Provider, l *provider.Provider) bool {
		l.Hosts = nil
		return true
	},
	"nothing taken from odd answers": func(p replay.Provider, l *provider.Provider) bool {
		odd := l.Response.AccessToken != "" || len(l.Response.Keep) > 0
		l.Response = provider.Response{}
		return odd
	},
	"nothing kept from the redirect": func(p replay.Provider, l *provider.Provider) bool {
		l.CallbackKeep = nil
		return len(p.CallbackAdds) > 0 && len(p.Variables) > 0 && p.CallbackAdds["iss"] == ""
	},
	"no look-up": func(p replay.Provider, l *provider.Provider) bool {
		l.Lookups = nil
		return p.Pick != ""
	},
	"no headers of the API": func(p replay.Provider, l *provider.Provider) bool {
		l.APIAuth.Headers = nil
		needs := slices.ContainsFunc(p.API, func(c replay.Call) bool {
			return len(c.Headers) > 0 && !maps.Equal(c.Headers, map[string]string{"Content-Type": "application/json"}) && c.Headers["Accept"] == ""
		})
		return needs
	},
	"the token at another place": func(p replay.Provider, l *provider.Provider) bool {
		l.APIAuth.Name, l.APIAuth.In = "X-Token", "header"
		return true
	},
	"another revocation": func(p replay.Provider, l *provider.Provider) bool {
		if l.Revoke != nil {
			revoke := *l.Revoke
			revoke.URL += "/v0"
			l.Revoke = &revoke
		}
		l.Endpoints.Revocation += "/v0"
		return p.Revoke != nil
	},
	"no place of the account": func(p replay.Provider, l *provider.Provider) bool {
		l.Identity.ID = "$.nothing"
		return true
	},
	"a pattern that the value breaks": func(p replay.Provider, l *provider.Provider) bool {
		l.Variables = slices.Clone(l.Variables)
		for i := range l.Variables {
			l.Variables[i].Pattern, l.Variables[i].Default = "^nothing$", ""
		}
		return len(l.Variables) > 0
	},
}

// TestProviders_noticeWrongListings holds the providers themselves to account: a
// listing with one mistake must not get through a connection's life.
func TestProviders_noticeWrongListings(t *testing.T) {
	for _, p := range replay.Providers {
		for what, make := range mistakes {
			app := listingOf(t, p)
			if app.Provider.Client.Kind == "forbidden" {
				app.Provider.Client.Kind = "own"
			}
			if !make(p, &app.Provider) {
				continue
			}
			t.Run(p.Name+"/"+what, func(t *testing.T) {
				t.Parallel()
				if err := live(t, p, app); err == nil {
					t.Error("nobody notices")
				}
			})
		}
	}
}
