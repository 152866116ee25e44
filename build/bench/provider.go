package main

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	"patchbay/build/bench/acme"
)

// authority is a provider on this machine: it renews tokens and says whose they
// are, after as long as a quick one out there takes.
type authority struct {
	*httptest.Server
	wait     time.Duration
	renewals atomic.Int64
	busy     atomic.Int64
	busiest  atomic.Int64
}

// newAuthority starts a provider that the program's own transport trusts.
func newAuthority(wait time.Duration) (*authority, error) {
	own, err := acme.Certificate()
	if err != nil {
		return nil, err
	}
	p := &authority{wait: wait}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /me", p.me)
	p.Server = httptest.NewUnstartedServer(mux)
	p.EnableHTTP2 = true
	p.TLS = &tls.Config{Certificates: []tls.Certificate{own}}
	p.StartTLS()
	acme.Lead(p.Listener.Addr().String(), p.Client().Transport.(*http.Transport).TLSClientConfig)
	return p, nil
}

// token renews: refresh-7 becomes refresh-7 and access-7.
func (p *authority) token(w http.ResponseWriter, r *http.Request) {
	p.renewals.Add(1)
	now := p.busy.Add(1)
	defer p.busy.Add(-1)
	for most := p.busiest.Load(); now > most && !p.busiest.CompareAndSwap(most, now); most = p.busiest.Load() {
	}
	time.Sleep(p.wait)
	number := strings.TrimPrefix(r.FormValue("refresh_token"), "refresh-")
	write(w, map[string]any{
		"access_token": "access-" + number, "refresh_token": "refresh-" + number, "token_type": "Bearer", "expires_in": 3600,
	})
}

func (p *authority) me(w http.ResponseWriter, r *http.Request) {
	number := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer access-")
	write(w, map[string]any{"id": number, "name": "account " + number})
}

func write(w http.ResponseWriter, answer map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(answer) // the caller went away
}
