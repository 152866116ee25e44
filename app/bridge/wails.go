package bridge

import (
	"context"
	"io/fs"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"syscall"

	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"patchbay/app/desktop"
	"patchbay/app/settings"
)

// The size that a window has at first, and the least that it may have.
const (
	firstWidth, firstHeight = 1280, 800
	leastWidth, leastHeight = 720, 540
)

// UniqueID tells the windows of Patchbay from those of other programs.
const UniqueID = "app.patchbay.Patchbay"

// Options describes the main window over b: its page comes from assets, started
// and stopped run when it opens and after it has closed. Hidden starts it without
// showing it; a second start raises it.
func Options(b *Bridge, assets fs.FS, hidden bool, started, stopped func()) *options.App {
	w := &wailsWindow{bridge: b}
	o := frame("Patchbay", firstWidth, firstHeight)
	o.StartHidden = hidden
	o.MinWidth, o.MinHeight = leastWidth, leastHeight
	o.AssetServer = &assetserver.Options{
		Assets: assets, Handler: Pictures(b.Screenshots),
		Middleware: func(next http.Handler) http.Handler { return Guarded(b.Page(assets, next)) },
	}
	o.Bind = b.Bound()
	o.ErrorFormatter = FormatError
	// The data folder has a lock of its own: this only raises the window when
	// somebody starts Patchbay a second time.
	o.SingleInstanceLock = &options.SingleInstanceLock{
		UniqueId:               UniqueID,
		OnSecondInstanceLaunch: func(options.SecondInstanceData) { w.Raise() },
	}
	o.OnStartup = func(ctx context.Context) {
		w.ctx = ctx
		w.place()
		b.Attach(ctx, w)
		go w.heed(ctx)
		started()
	}
	o.OnBeforeClose = func(context.Context) bool {
		w.remember()
		return b.Stays()
	}
	if goruntime.GOOS == "darwin" {
		o.Menu = macMenu(b.Leave)
	}
	o.OnShutdown = func(ctx context.Context) {
		runtime.CleanupNotifications(ctx)
		stopped()
	}
	return o
}

// frame is what every window of ours has in common.
func frame(title string, width, height int) *options.App {
	return &options.App{
		Title: title, Width: width, Height: height,
		Logger: logger.NewFileLogger(os.DevNull), LogLevelProduction: logger.ERROR,
		BackgroundColour: &options.RGBA{R: 128, G: 128, B: 128, A: 0},
		Linux:            &linux.Options{ProgramName: "patchbay", WebviewGpuPolicy: gpuPolicy()},
	}
}

// gpuPolicy lets a page be composed on a graphics processor if there is one.
func gpuPolicy() linux.WebviewGpuPolicy {
	if desktop.HasGPU("/dev") {
		return linux.WebviewGpuPolicyOnDemand
	}
	return linux.WebviewGpuPolicyNever
}

// policy is the Content-Security-Policy of every answer of the asset server.
// Frame-src matters most: on WebKitGTK a frame could call every bound method.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
	"require-trusted-types-for 'script'; trusted-types patchbay"

// Guarded adds the headers that keep a page from doing what ours never does.
func Guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// Pictures serves the screenshots of listings, which never come from the network.
func Pictures(from fs.FS) http.Handler {
	files := http.StripPrefix(ScreenshotPath, http.FileServerFS(from))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, ScreenshotPath) || strings.HasSuffix(r.URL.Path, "/") {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	})
}

// wailsWindow is the main window.
type wailsWindow struct {
	bridge *Bridge
	ctx    context.Context

	mu         sync.Mutex
	notifies   bool            // notifications have been initialised
	categories map[string]bool // sets of buttons that are registered
}

// Emit implements Window.
func (w *wailsWindow) Emit(event string, data any) { runtime.EventsEmit(w.ctx, event, data) }

// Copy implements Window.
func (w *wailsWindow) Copy(text string) error { return runtime.ClipboardSetText(w.ctx, text) }

// Raise implements Window.
func (w *wailsWindow) Raise() {
	runtime.WindowUnminimise(w.ctx)
	runtime.WindowShow(w.ctx)
}

// Hide implements Window.
func (w *wailsWindow) Hide() { runtime.WindowHide(w.ctx) }

// Quit implements Window.
func (w *wailsWindow) Quit() { runtime.Quit(w.ctx) }

// heed ends the program for good when the session or a person at a terminal says
// so: the framework takes that for closing the window, which may only hide it.
func (w *wailsWindow) heed(ctx context.Context) {
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	select {
	case <-told:
		w.bridge.Leave()
	case <-ctx.Done():
	}
}

// macMenu is what every program of a Mac has, with a Quit that quits: the
// framework's own only closes the window.
func macMenu(quit func()) *menu.Menu {
	m := menu.NewMenu()
	m.AddSubmenu("Patchbay").AddText("Quit Patchbay", keys.CmdOrCtrl("q"), func(*menu.CallbackData) { quit() })
	m.Append(menu.EditMenu())
	m.Append(menu.WindowMenu())
	return m
}

// Save implements Window.
func (w *wailsWindow) Save(title, name string) (string, error) {
	kind := "*" + filepath.Ext(name)
	return runtime.SaveFileDialog(w.ctx, runtime.SaveDialogOptions{
		Title: title, DefaultFilename: name, CanCreateDirectories: true,
		Filters: []runtime.FileFilter{{DisplayName: kind, Pattern: kind}},
	})
}

// Notify implements Window.
func (w *wailsWindow) Notify(_ context.Context, n Notification) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.initialise(); err != nil {
		return err
	}
	o := runtime.NotificationOptions{ID: n.ID, Title: n.Title, Body: n.Body, CategoryID: n.Category}
	if len(n.Buttons) == 0 {
		return runtime.SendNotification(w.ctx, o)
	}
	if !w.categories[n.Category] {
		category := runtime.NotificationCategory{ID: n.Category}
		for _, b := range n.Buttons {
			category.Actions = append(category.Actions, runtime.NotificationAction{ID: b.ID, Title: b.Label})
		}
		if err := runtime.RegisterNotificationCategory(w.ctx, category); err != nil {
			return err
		}
		w.categories[n.Category] = true
	}
	return runtime.SendNotificationWithActions(w.ctx, o)
}

// initialise prepares notifications when the first one is to be shown, so that
// starting does not wait for the session bus. The caller holds mu.
func (w *wailsWindow) initialise() error {
	if w.notifies {
		return nil
	}
	if err := runtime.InitializeNotifications(w.ctx); err != nil {
		return err
	}
	if _, err := runtime.RequestNotificationAuthorization(w.ctx); err != nil {
		return err
	}
	runtime.OnNotificationResponse(w.ctx, func(r runtime.NotificationResult) {
		if r.Error == nil {
			w.bridge.Answered(r.Response.ID, r.Response.ActionIdentifier)
		}
	})
	w.notifies, w.categories = true, map[string]bool{}
	return nil
}

// place puts the window where it was last.
func (w *wailsWindow) place() {
	p, err := w.bridge.Settings.Preferences(w.ctx)
	if err != nil || p.Window.Width < leastWidth || p.Window.Height < leastHeight {
		return
	}
	runtime.WindowSetSize(w.ctx, p.Window.Width, p.Window.Height)
	runtime.WindowSetPosition(w.ctx, p.Window.X, p.Window.Y)
	if p.Window.Maximised {
		runtime.WindowMaximise(w.ctx)
	}
}

// remember keeps the window's place for next time. A failure costs only that.
func (w *wailsWindow) remember() {
	place := settings.Placement{Maximised: runtime.WindowIsMaximised(w.ctx)}
	place.Width, place.Height = runtime.WindowGetSize(w.ctx)
	place.X, place.Y = runtime.WindowGetPosition(w.ctx)
	_, _ = w.bridge.Settings.Change(w.ctx, func(p *settings.Preferences) { p.Window = place })
}
