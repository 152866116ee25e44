package listing

import (
	"bytes"
	"net/url"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
)

// policy lets through plain structure and https links, nothing that loads,
// styles, names or runs. It is our own because the library's policy for user
// content keeps remote images and ids.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "h3", "h4", "hr")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemeWithCustomPolicy("https", func(u *url.URL) bool {
		// What stands before an @ is made to be read as the host, and other
		// alphabets to be read as ours.
		return u.User == nil && u.Hostname() != "" && ascii(u.Host)
	})
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	return p
})

// HTML turns a listing's Markdown into HTML that may stand in the window:
// sanitised, without images, and with https links only.
func HTML(markdown string) string {
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(markdown), &b); err != nil {
		return ""
	}
	return policy().Sanitize(b.String())
}
