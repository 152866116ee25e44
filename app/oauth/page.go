package oauth

import (
	"crypto/rand"
	_ "embed"
	"html/template"
	"net/http"
)

// PageOutcome says what the page that the browser ends on has to tell.
type PageOutcome string

const (
	// PageDone: the sign-in worked.
	PageDone PageOutcome = "done"
	// PageDeclined: the person said no.
	PageDeclined PageOutcome = "declined"
	// PageFailed: the sign-in did not work; the program says why.
	PageFailed PageOutcome = "failed"
	// PageFinished: this sign-in has already ended.
	PageFinished PageOutcome = "finished"
	// PageWrong: nothing of this sign-in. Its texts must not name the program:
	// any web page may ask for it.
	PageWrong PageOutcome = "wrong"
)

// Page is the text of the page, plain, and its language (BCP 47).
type Page struct{ Title, Body, Lang string }

// DefaultPage returns the English texts.
func DefaultPage(o PageOutcome) Page {
	return map[PageOutcome]Page{
		PageDone:     {"You are signed in", "Patchbay takes it from here. You can close this window.", "en"},
		PageDeclined: {"Nothing was connected", "You declined, so Patchbay got no access. You can close this window.", "en"},
		PageFailed:   {"The sign-in did not finish", "Patchbay shows what happened and what to do next. You can close this window.", "en"},
		PageFinished: {"This sign-in has ended", "There is nothing left to do here. You can close this window.", "en"},
		PageWrong:    {"Nothing to see here", "This address is open for a moment while somebody signs in.", "en"},
	}[o]
}

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// show writes the page for an outcome.
func (a *Attempt) show(w http.ResponseWriter, status int, o PageOutcome) {
	nonce := rand.Text()
	guardHeaders(w.Header(), nonce)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = pageTemplate.Execute(w, struct {
		Page
		Outcome PageOutcome
		Nonce   string
	}{a.protocol.page(o), o, nonce})
}

// guardHeaders keeps the page from running, loading, framing, storing or passing
// on anything; its address held the code.
func guardHeaders(h http.Header, nonce string) {
	policy := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if nonce != "" {
		policy += "; style-src 'nonce-" + nonce + "'; script-src 'nonce-" + nonce + "'"
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Connection", "close")
}
