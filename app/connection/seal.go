package connection

import (
	"context"
	"encoding/json"
	"maps"

	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// sealedTokens is how Tokens look inside the sealed text.
type sealedTokens struct {
	Access    string            `json:"a"`
	Refresh   string            `json:"r,omitempty"`
	Variables map[string]string `json:"v,omitempty"`
}

// boundTo names the place that the sealed tokens of a connection belong to.
func boundTo(id string) string { return "connection/" + id }

// tokens opens the secrets of a connection, or returns those that could not be
// stored yet.
func (s *Service) tokens(ctx context.Context, id string) (Tokens, error) {
	if r, ok := s.notStored(id); ok {
		return r.tokens, nil
	}
	sealed, err := s.Store.Sealed(ctx, id)
	if err != nil {
		return Tokens{}, err
	}
	return s.open(ctx, sealed, boundTo(id))
}

func (s *Service) open(ctx context.Context, sealed []byte, bound string) (Tokens, error) {
	plain, err := s.Vault.Open(ctx, sealed, bound)
	if err != nil {
		return Tokens{}, err
	}
	var in sealedTokens
	if err := json.Unmarshal(plain, &in); err != nil {
		return Tokens{}, fault.Errorf(fault.KeychainKeyLost, "read sealed tokens of %s", bound)
	}
	t := Tokens{Access: oauth.Secret(in.Access), Refresh: oauth.Secret(in.Refresh)}
	for name, value := range in.Variables {
		t.keep(name, value)
	}
	return t, nil
}

func (s *Service) seal(ctx context.Context, t Tokens, bound string) ([]byte, error) {
	plain, err := json.Marshal(sealedTokens{t.Access.Reveal(), t.Refresh.Reveal(), t.reveal()})
	if err != nil {
		return nil, err
	}
	return s.Vault.Seal(ctx, plain, bound)
}

// keep adds a secret variable. Copies of t are not changed.
func (t *Tokens) keep(name, value string) {
	merged := maps.Clone(t.Variables)
	if merged == nil {
		merged = map[string]oauth.Secret{}
	}
	merged[name] = oauth.Secret(value)
	t.Variables = merged
}

// reveal returns the secret variables as text, to be sealed or sent.
func (t Tokens) reveal() map[string]string {
	out := make(map[string]string, len(t.Variables))
	for name, value := range t.Variables {
		out[name] = value.Reveal()
	}
	return out
}
