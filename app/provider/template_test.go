package provider

import (
	"net/url"
	"strings"
	"testing"

	"patchbay/app/fault"
)

func TestExpand(t *testing.T) {
	values := map[string]string{"variables.shop": "acme", "inputs.text": `a "b"/c`}
	plain := func(s string) string { return s }
	tests := []struct {
		name, template, want string
		encode               func(string) string
	}{
		{"a variable", "https://{{variables.shop}}.example.com", "https://acme.example.com", plain},
		{"spaces inside the braces", "{{ variables.shop }}", "acme", plain},
		{"the encoding keeps a value in its place", "/x/{{inputs.text}}", "/x/a%20%22b%22%2Fc", url.PathEscape},
		{"nothing to fill", "{not} {{}}", "{not} {{}}", plain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Expand(tt.template, values, tt.encode)
			if err != nil || got != tt.want {
				t.Errorf("Expand(%q) = %q, %v, want %q", tt.template, got, err, tt.want)
			}
		})
	}
	if _, err := Expand("{{variables.region}}", values, plain); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "variables.region") {
		t.Errorf("a missing value gave %v, want an invalid fault that names it", err)
	}
}

func TestHostAllowed(t *testing.T) {
	p := Provider{Hosts: []string{"api.example.com", "*.shop.example"}}
	tests := map[string]bool{
		"api.example.com":          true,
		"API.example.com.":         true,
		"acme.shop.example":        true,
		"a.b.shop.example":         true,
		"shop.example":             false,
		"evilshop.example":         false,
		"api.example.com.evil.org": false,
		"":                         false,
	}
	for host, want := range tests {
		if got := p.HostAllowed(host); got != want {
			t.Errorf("HostAllowed(%q) = %v, want %v", host, got, want)
		}
	}
}
