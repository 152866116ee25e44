package replay

import (
	"net/http"
	"net/url"
)

// startDevice gives a code to type. The person has typed it by the second time
// that the device asks.
func (s *Server) startDevice(w http.ResponseWriter, r *http.Request) {
	form, wrong := s.form(r)
	switch {
	case wrong != "":
		s.deny(w, "invalid_request", wrong)
		return
	case s.shown(r, form) == "":
		s.deny(w, "invalid_client", "the client did not show itself as it must")
		return
	case s.wrongScopes(form) != "":
		s.deny(w, "invalid_scope", s.wrongScopes(form))
		return
	}
	code := fresh("device")
	s.devices[code] = &grant{scope: form.Get(s.scopeParameter()), offline: s.offline(form)}
	writeJSON(w, http.StatusOK, map[string]any{
		"device_code": code, "user_code": "WDJB-MJHT", "verification_uri": "https://" + s.Verify,
		"expires_in": 900, "interval": 5,
	})
}

func (s *Server) poll(w http.ResponseWriter, form url.Values) {
	g := s.devices[form.Get("device_code")]
	if g == nil || g.spent {
		s.deny(w, "expired_token", "an unknown device code")
		return
	}
	g.asked++
	if g.asked == 1 {
		s.say(w, "authorization_pending")
		return
	}
	g.spent = true
	s.give(w, s.Grant, s.issueBoth(g))
}
