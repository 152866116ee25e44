// Package bridge is everything that the window can ask for: one small struct per
// screen area, whose exported methods JavaScript may call, and the plain data
// that crosses.
//
// # Rules
//
// The window's page is not trusted more than it must be: every method that
// changes something asks for the person's rights first, no secret ever crosses
// to the page, and what a method returns is data made for it.
//
// The framework shapes the rest. A panic in a bound method would never settle
// the page's promise, so every method defers [guard]. An error crosses as text,
// so [FormatError] makes it JSON. A nil slice would arrive as null, a time.Time
// as anything, so slices are never nil and times are milliseconds since 1970.
// Every exported method is callable, so there is no setter among them. A test
// holds all of this.
//
// Events to the page are hints with an id; the page asks for what it shows.
package bridge

import (
	"context"
	"io/fs"
	"sync"
	"time"

	"patchbay/app/account"
	"patchbay/app/alert"
	"patchbay/app/alert/report"
	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/listing"
	"patchbay/app/outbox"
	"patchbay/app/settings"
	"patchbay/app/wording"
)

// Services are what the bridge works with. All are needed.
type Services struct {
	Account     *account.Service
	Settings    *settings.Service
	Catalogue   *listing.Catalogue
	Connections *connection.Service
	Directory   connection.Directory
	Alerts      *alert.Registry
	Outbox      *outbox.Service
	Reports     *report.Service
	Words       *wording.Wording
	Machine     Machine
	Autostart   Autostart
	// Language returns the language to speak now.
	Language func() string
	// Reads returns the language to show the texts of apps in.
	Reads    func() string
	OpenLink func(ctx context.Context, address string) error
	// Screenshots holds the pictures that listings name.
	Screenshots fs.FS
	DataFolder  string
	Version     string
	Now         func() time.Time
}

// Machine is what the window shows of the machine around it.
type Machine interface {
	Offline() bool
	// Keychain reports whether the keychain has been asked yet, and what the
	// trouble with it is.
	Keychain() (known bool, trouble error)
	RetryKeychain(ctx context.Context) error
	RenewKey(ctx context.Context) error
	Notices(ctx context.Context) ([]Notice, error)
	DismissNotice(ctx context.Context, id string) error
	// Changed calls listen whenever one of these answers may have changed.
	Changed(listen func())
}

// Window is the frame around the page.
type Window interface {
	Emit(event string, data any)
	Notify(ctx context.Context, n Notification) error
	Copy(text string) error
	// Raise brings the window before the person.
	Raise()
	// Hide takes the window off the screen; the program goes on.
	Hide()
	// Quit ends the program.
	Quit()
	// Save asks under title where to save a file, offering its name; "" is not at all.
	Save(title, name string) (path string, err error)
}

// Bridge joins the facades to one window. It is made once.
type Bridge struct {
	Services
	onNotification func(ctx context.Context, id, button string) (alertID, do string)

	mu     sync.Mutex
	window Window
	life   context.Context
	// quitting says that closing the window ends the program, asked that the page
	// shows the question what it means.
	quitting, asked bool
}

// Notification is a native notification. ID comes back with the answer; equal
// Category means equal buttons.
type Notification struct {
	ID, Title, Body, Category string
	Buttons                   []NotificationButton
}

// NotificationButton is one action of a notification.
type NotificationButton struct{ ID, Label string }

// Notify shows a notification; without a window it is an error.
func (b *Bridge) Notify(ctx context.Context, n Notification) error {
	window := b.frame()
	if window == nil {
		return fault.Errorf(fault.Unavailable, "there is no window yet")
	}
	return window.Notify(ctx, n)
}

// Answered is told by the window which button of a notification was pressed; ""
// is the notification itself.
func (b *Bridge) Answered(id, button string) {
	ctx, done := b.ctx()
	defer done()
	alertID, do := b.onNotification(ctx, id, button)
	if do == "snooze" && (&Alerts{b}).Snooze(alertID, ms(b.Now().Add(time.Hour))) == nil {
		return
	}
	b.frame().Raise()
	b.frame().Emit(NotificationOpened, map[string]string{"alertID": alertID, "action": do})
	b.mend(ctx, alertID, do)
}

// mend carries out what needs no page. How it went shows at the alert; signing in
// again is the page's affair.
func (b *Bridge) mend(ctx context.Context, alertID, do string) {
	switch a, err := b.Alerts.Find(ctx, alertID); {
	case err != nil:
	case do == string(alert.RetryNow):
		_, _ = (&Connections{b}).CheckNow(a.Subject.Connection)
	case do == string(alert.UnlockKeychain):
		_, _ = (&System{b}).RetryKeychain()
	}
}

// New returns a bridge without a window yet.
func New(s Services) *Bridge { return &Bridge{Services: s, life: context.Background()} }

// Bound returns the facades, for the framework to bind.
func (b *Bridge) Bound() []any {
	return []any{&System{b}, &Accounts{b}, &Catalogue{b}, &Connections{b}, &Alerts{b}, &Settings{b}, &Mail{b}}
}

// Attach gives the bridge its window. Calls end with life.
func (b *Bridge) Attach(life context.Context, w Window) {
	b.mu.Lock()
	b.window, b.life = w, life
	b.mu.Unlock()
	b.forward()
}

// OnNotification sets who understands the answers to notifications.
func (b *Bridge) OnNotification(respond func(ctx context.Context, id, button string) (alertID, do string)) {
	b.onNotification = respond
}

func (b *Bridge) frame() Window {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.window
}

// callDeadline bounds what a page waits for. Longer work reports by events.
const callDeadline = 20 * time.Second

// ctx is the context of one call.
func (b *Bridge) ctx() (context.Context, context.CancelFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return context.WithTimeout(b.life, callDeadline)
}

// may asks whether the person at the window has right.
func (b *Bridge) may(ctx context.Context, right account.Right) error {
	return b.Account.May(ctx, right)
}

// ms is t in milliseconds since 1970, 0 for never.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at is the time that a page means by milliseconds since 1970, 0 for none.
func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// list turns every item into what crosses; the result is never nil.
func list[From, To any](items []From, turn func(From) To) []To {
	out := make([]To, 0, len(items))
	for _, item := range items {
		out = append(out, turn(item))
	}
	return out
}

// texts is s, or an empty list where that is nil.
func texts(s []string) []string { return list(s, func(t string) string { return t }) }
