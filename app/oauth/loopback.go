package oauth

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// loopback answers the browser. It is reachable by every program and every web
// page on this machine, so it tells nothing to a request that is not the answer.
type loopback struct {
	attempt *Attempt
	path    string
}

func (l loopback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := l.attempt
	switch {
	case r.Host != a.door.host, !navigation(r.Header):
		a.show(w, http.StatusForbidden, PageWrong)
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		a.show(w, http.StatusMethodNotAllowed, PageWrong)
	case r.URL.Path == l.path:
		a.receive(w, r)
	case strings.HasSuffix(r.URL.Path, "/start"):
		a.launch(w, r)
	default:
		a.show(w, http.StatusNotFound, PageWrong)
	}
}

// navigation reports whether a browser says that a person's window went here,
// rather than a script, an image or a frame. Old browsers do not say.
func navigation(h http.Header) bool {
	mode, dest := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	return (mode == "" || mode == "navigate") && (dest == "" || dest == "document")
}

// launch sends the browser on to the provider, once per address given out.
func (a *Attempt) launch(w http.ResponseWriter, r *http.Request) {
	token := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/"), "/start")
	// A page that is loaded ahead of time must not use the address up.
	if strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") {
		a.show(w, http.StatusForbidden, PageWrong)
		return
	}
	if !a.useLaunch(token) {
		a.show(w, http.StatusNotFound, PageWrong)
		return
	}
	address, err := a.fresh(r.Context())
	if err != nil {
		a.take()
		a.finish(Grant{}, err, false)
		a.show(w, http.StatusBadGateway, PageFailed)
		return
	}
	guardHeaders(w.Header(), "")
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusFound)
}

func (a *Attempt) useLaunch(token string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.launches[token]
	delete(a.launches, token)
	return known
}

// receive takes the answer. One that is not ours changes nothing: anybody can
// send one, and the real one may still come.
func (a *Attempt) receive(w http.ResponseWriter, r *http.Request) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !a.own(values) {
		a.stray()
		a.show(w, http.StatusBadRequest, PageWrong)
		return
	}
	if !a.take() {
		a.show(w, http.StatusOK, PageFinished)
		return
	}
	// Not the request's context: the person may close the page while the code,
	// which works once, is on its way.
	grant, err := a.settle(context.WithoutCancel(r.Context()), values)
	a.finish(grant, err, false)
	a.show(w, http.StatusOK, outcomeOf(err))
}

func outcomeOf(err error) PageOutcome {
	switch {
	case err == nil:
		return PageDone
	case ErrorKind(err) == Denied:
		return PageDeclined
	}
	return PageFailed
}

// stray counts an answer that belongs to nobody, and says so once.
func (a *Attempt) stray() {
	a.mu.Lock()
	a.strays++
	first := a.strays == 1
	a.mu.Unlock()
	if first {
		a.protocol.log.Warn("a sign-in answer did not belong to the sign-in that waits", "host", a.host)
	}
}

// settle checks the answer and trades its code.
func (a *Attempt) settle(ctx context.Context, values url.Values) (Grant, error) {
	code, err := a.inspect(values)
	if err != nil {
		return Grant{}, err
	}
	g, err := a.protocol.exchange(ctx, a, code)
	if err != nil {
		return Grant{}, err
	}
	for _, name := range a.provider.CallbackKeep {
		if value := values.Get(name); keepable(value) {
			g.Kept[name] = value
		}
	}
	return g, nil
}
