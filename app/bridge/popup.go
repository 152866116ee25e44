package bridge

import (
	"bufio"
	"crypto/rand"
	_ "embed"
	"html/template"
	"io"
	"net/http"
	"strings"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"

	"patchbay/app/desktop"
)

// RunPopup opens a sign-in window: a process of its own to which nothing is bound,
// and whose page goes to an address at once. It reads the window's title and the
// address, a line each, and returns when the window is closed.
func RunPopup(from io.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Scan()
	title := lines.Text()
	lines.Scan()
	address := lines.Text()
	if err := lines.Err(); err != nil {
		return err
	}
	o := frame(title, desktop.PopupWidth, desktop.PopupHeight)
	o.AssetServer = &assetserver.Options{Handler: page(popupPage, address)}
	return wails.Run(o)
}

// RunMessage opens a small window that says one sentence, for when there can be
// no other. It returns when the window is closed.
func RunMessage(title, sentence string) error {
	o := frame(title, 480, 200)
	o.DisableResize = true
	o.AssetServer = &assetserver.Options{Handler: page(messagePage, sentence)}
	return wails.Run(o)
}

// RunSecond tells the Patchbay that runs already to come to the front, and ends
// the process.
func RunSecond() error {
	o := frame("Patchbay", 1, 1)
	o.StartHidden = true
	o.AssetServer = &assetserver.Options{Handler: page(messagePage, "")}
	o.SingleInstanceLock = &options.SingleInstanceLock{UniqueId: UniqueID}
	return wails.Run(o)
}

//go:embed popup.html
var popupText string

//go:embed message.html
var messageText string

var (
	popupPage   = template.Must(template.New("popup").Parse(popupText))
	messagePage = template.Must(template.New("message").Parse(messageText))
)

// page serves a page with one value in it.
func page(t *template.Template, value string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.URL.Path != "/index.html" {
			http.NotFound(w, r)
			return
		}
		nonce := rand.Text()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", strings.ReplaceAll(pagePolicy, "NONCE", nonce))
		_ = t.Execute(w, map[string]string{"Value": value, "Nonce": nonce})
	})
}

// pagePolicy lets the framework's own scripts and the page's one script run.
const pagePolicy = "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'nonce-NONCE'; frame-src 'none'; base-uri 'none'"
