// Package acme is the made-up app of the measurements: how its listing describes
// its provider, and how a program is led to the server that plays it here.
package acme

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"

	"patchbay/app/connection"
	"patchbay/app/provider"
)

// host has a name, since programs refuse a provider that has a number for one.
const host = "provider.example.com"

// URL is where programs think that the provider is.
const URL = "https://" + host

// App describes the app whose client shows itself with auth ("none" or "post")
// and whose access tokens live as long as access says.
func App(client provider.Client, auth, access string) connection.App {
	return connection.App{Slug: "acme", Name: "Acme CRM", Provider: provider.Provider{
		Kind: "oauth2", Hosts: []string{host}, Client: client, TokenAuth: auth, PKCE: "required",
		Endpoints: provider.Endpoints{
			Authorization: URL + "/authorize", Token: URL + "/token", Revocation: URL + "/revoke",
		},
		Scopes:    provider.Scopes{Required: []provider.Scope{{Name: "read", Reason: "Reads.", Access: "read"}}},
		Lifetimes: provider.Lifetimes{Access: access},
		Probe:     &provider.Probe{Request: provider.Request{Method: "GET", URL: URL + "/me"}},
		Identity:  provider.Identity{ID: "$.id", Name: "$.name"},
	}}
}

// Lead leads what this program sends to the provider to the server at address.
// The program's transports are made from the default one.
func Lead(address string, trust *tls.Config) {
	t := http.DefaultTransport.(*http.Transport)
	t.TLSClientConfig = trust.Clone()
	t.DialContext = func(ctx context.Context, network, to string) (net.Conn, error) {
		if name, _, err := net.SplitHostPort(to); err == nil && name == host {
			to = address
		}
		return new(net.Dialer).DialContext(ctx, network, to)
	}
}
