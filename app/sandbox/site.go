package sandbox

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
	"net/http"
	"strconv"
)

//go:embed web
var web embed.FS

// newSite builds the handler of the whole server.
func newSite(port int, store *store, options Options, stop <-chan struct{}) (http.Handler, error) {
	pages, err := newPages(options.Language)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, a := range apps {
		provider, library, err := newProvider(a, store, baseURL(port), options.Now)
		if err != nil {
			return nil, err
		}
		d := &desk{
			app: a, issuer: baseURL(port) + "/" + a.slug, provider: provider, library: library,
			store: store, pages: pages, logger: options.Logger,
		}
		g := gate{app: a, store: store, stop: stop}
		d.routes(mux, g)
		(&api{app: a, store: store, now: options.Now}).routes(mux, "/"+a.slug+"/api", g.guard)
		mux.HandleFunc("GET /"+a.slug, (&showcase{app: a, store: store, pages: pages}).show)
	}
	(&control{store: store, now: options.Now, pages: pages}).routes(mux)
	if err := pages.routes(mux); err != nil {
		return nil, err
	}
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pages.problem(w, r, nil, http.StatusForbidden, "problem.site")
	}))
	return onlyLoopbackHost(port, withHeaders(limitBody(protection.Handler(mux)))), nil
}

func (d *desk) routes(mux *http.ServeMux, g gate) {
	at := "/" + d.app.slug
	for _, name := range []string{"oauth-authorization-server", "openid-configuration"} {
		mux.HandleFunc("GET "+at+"/.well-known/"+name, d.metadata)
		// RFC 8414 section 3.1 puts the issuer's path behind the well-known part.
		mux.HandleFunc("GET /.well-known/"+name+at, d.metadata)
	}
	mux.HandleFunc("GET "+at+"/authorize", d.authorize)
	mux.HandleFunc("GET "+at+"/sign-in", d.signInPage)
	mux.HandleFunc("POST "+at+"/sign-in", d.signIn)
	mux.HandleFunc("GET "+at+"/consent", d.consentPage)
	mux.HandleFunc("POST "+at+"/consent", d.consent)
	mux.HandleFunc("POST "+at+"/token", g.guard(d.token))
	mux.HandleFunc("POST "+at+"/revoke", g.guard(d.revoke))
}

func (c *control) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /control", c.show)
	mux.HandleFunc("GET /control/{app}", c.show)
	mux.HandleFunc("POST /control", c.press)
	mux.HandleFunc("GET /control/api", c.list)
	mux.HandleFunc("POST /control/api", c.post)
}

func (p *pages) routes(mux *http.ServeMux) error {
	assets, err := fs.Sub(web, "web/assets")
	if err != nil {
		return err
	}
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServerFS(assets)))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		p.show(w, r, "home", nil, map[string]any{"Apps": Apps("")})
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		p.problem(w, r, nil, http.StatusNotFound, "problem.missing")
	})
	return nil
}

// onlyLoopbackHost refuses every other Host, so that a site whose name was made
// to point at 127.0.0.1 (DNS rebinding) gets nothing.
func onlyLoopbackHost(port int, next http.Handler) http.Handler {
	p := strconv.Itoa(port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "127.0.0.1:"+p && r.Host != "localhost:"+p {
			http.Error(w, "this address is served to 127.0.0.1 only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// withHeaders sets what every answer carries. form-action names the loopback
// because Chromium applies it to the redirect after a form as well, and the
// consent form ends at the client's listener.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; "+
			"form-action 'self' http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		// Without a referrer, browsers send no usable Origin with a form either.
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// limitBody reads the body at once. Besides bounding it, this lets net/http
// notice a client that goes away while it is kept waiting.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestBody))
		if err != nil {
			writeError(w, http.StatusRequestEntityTooLarge, "too_large", "the body is too large")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(data))
		next.ServeHTTP(w, r)
	})
}
