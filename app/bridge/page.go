package bridge

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"

	"patchbay/app/fault"
)

// Page serves index.html of assets, and leaves all else to next. The page's
// first picture is drawn before it can ask for anything, so what that picture
// depends on is written into it: the language, whether the rail is shrunk, and
// whether this is the first start.
func (b *Bridge) Page(assets fs.FS, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.URL.Path != "/index.html" {
			next.ServeHTTP(w, r)
			return
		}
		index, err := fs.ReadFile(assets, "index.html")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(bytes.Replace(index, []byte(`<html lang="en">`), b.root(r.Context()), 1))
	})
}

// root is the opening tag of the page. What cannot be read is left out: the page
// asks for it again.
func (b *Bridge) root(ctx context.Context) []byte {
	tag := fmt.Appendf(nil, `<html lang="%s"`, b.Language())
	if p, err := b.Settings.Preferences(ctx); err == nil && p.RailCollapsed {
		tag = append(tag, ` data-rail="collapsed"`...)
	}
	if _, err := b.Account.Account(ctx); fault.CodeOf(err) == fault.NotFound {
		tag = append(tag, ` data-first-start`...)
	}
	return append(tag, '>')
}
