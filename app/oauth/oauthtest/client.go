package oauthtest

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// register makes a native public client, and no other.
func (s *Server) register(w http.ResponseWriter, r *http.Request) {
	seen := s.Seen(Register)
	var asked struct {
		RedirectURIs []string `json:"redirect_uris"`
		Type         string   `json:"application_type"`
		Auth         string   `json:"token_endpoint_auth_method"`
	}
	err := json.Unmarshal([]byte(seen[len(seen)-1].Body), &asked)
	if err != nil || asked.Type != "native" || asked.Auth != "none" || len(asked.RedirectURIs) == 0 {
		refuse(w, http.StatusBadRequest, "invalid_client_metadata")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id, token := fresh("client"), fresh("registration")
	s.clients[id] = token
	writeJSON(w, http.StatusCreated, map[string]any{
		"client_id": id, "registration_access_token": token, "registration_client_uri": s.URL + Manage,
		"token_endpoint_auth_method": "none",
	})
}

func (s *Server) manage(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, token := range s.clients {
		if r.Method == http.MethodDelete && r.Header.Get("Authorization") == "Bearer "+token {
			delete(s.clients, id)
			w.WriteHeader(http.StatusNoContent)
			return
		}
	}
	refuse(w, http.StatusUnauthorized, "invalid_token")
}

// Clients returns how many registered clients there are.
func (s *Server) Clients() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.clients)
}

func (s *Server) device(w http.ResponseWriter, r *http.Request) {
	if !s.authenticated(w, r) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	code := fresh("device")
	s.devices[code] = "pending"
	writeJSON(w, http.StatusOK, map[string]any{
		"device_code": code, "user_code": "WDJB-MJHT", "verification_uri": s.URL + "/activate",
		"verification_uri_complete": s.URL + "/activate?user_code=WDJB-MJHT", "expires_in": 600, "interval": 5,
	})
}

// Decide lets the person decide about every device code: "approved" or "denied".
func (s *Server) Decide(decision string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for code := range s.devices {
		s.devices[code] = decision
	}
}

func (s *Server) poll(w http.ResponseWriter, form url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := form.Get("device_code")
	switch s.devices[code] {
	case "pending":
		refuse(w, http.StatusBadRequest, "authorization_pending")
	case "approved":
		delete(s.devices, code)
		s.give(w, &grant{client: form.Get("client_id")})
	case "denied":
		refuse(w, http.StatusBadRequest, "access_denied")
	default:
		refuse(w, http.StatusBadRequest, "expired_token")
	}
}
