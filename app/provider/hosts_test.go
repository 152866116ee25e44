package provider

import (
	"slices"
	"testing"
)

func TestWithHosts(t *testing.T) {
	p := Provider{Hosts: []string{"api.example.com", "{{variables.host}}"}}
	tests := []struct {
		name, value, host string
		want              bool
	}{
		{"plain host", "git.acme.example", "git.acme.example", true},
		{"with port", "git.acme.example:8443", "git.acme.example", true},
		{"whole origin", "https://git.acme.example", "git.acme.example", true},
		{"another host", "git.acme.example", "evil.example", false},
		{"below it", "acme.example", "git.acme.example", false},
		{"a star widens nothing", "*.example", "evil.example", false},
		{"a path makes it no host", "evil.example/x", "evil.example", false},
		{"fixed hosts stay", "git.acme.example", "api.example.com", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			filled := p.WithHosts(map[string]string{"host": test.value})
			if got := filled.HostAllowed(test.host); got != test.want {
				t.Errorf("%q allowed: %v, want %v (hosts %v)", test.host, got, test.want, filled.Hosts)
			}
		})
	}
	if p.WithHosts(nil).HostAllowed("") || p.Hosts[1] != "{{variables.host}}" {
		t.Error("a host without value allows something, or the listing itself changed")
	}
}

func TestClientHosts(t *testing.T) {
	p := Provider{
		Endpoints: Endpoints{
			Authorization: "https://{{variables.region}}.example.com/authorize",
			Token:         "https://{{variables.host}}/token", Revocation: "https://{{variables.host}}/revoke",
		},
		Variables: []Variable{
			{Name: "tenant", From: "form"}, {Name: "region", From: "form"}, {Name: "host", From: "form"}, {Name: "home", From: "token"},
		},
	}
	if names := p.ClientVariables(); !slices.Equal(names, []string{"host"}) {
		t.Errorf("a client belongs to %q", names)
	}
	for _, test := range []struct {
		name      string
		variables map[string]string
		revoke    *Request
		want      []string
	}{
		{"not known yet", nil, nil, []string{"{{variables.host}}"}},
		{"with a port", map[string]string{"host": "Git.example:8443"}, nil, []string{"git.example:8443"}},
		{"a request without the client", map[string]string{"host": "a"}, &Request{URL: "https://b.example/", Body: "{{token}}"}, []string{"a"}},
		{"a request with its secret", map[string]string{"host": "z"}, &Request{URL: "https://b.example/", Body: "{{client_secret}}"}, []string{"b.example", "z"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p.Revoke = test.revoke
			if got := p.ClientHosts(test.variables); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	shared := Provider{Endpoints: Endpoints{Token: "https://login.example/{{variables.tenant}}/token"}, Variables: p.Variables}
	if len(shared.ClientVariables()) != 0 || !slices.Equal(shared.ClientHosts(map[string]string{"tenant": "a"}), []string{"login.example"}) {
		t.Error("a variable in the path makes another client")
	}
}
