package provider

import "testing"

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
