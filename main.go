// Patchbay is a desktop app marketplace and connected-apps console: find an app,
// connect it through OAuth, see what needs attention, mend it, uninstall it.
package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/wailsapp/wails/v2"

	"patchbay/app"
	"patchbay/app/bridge"
	"patchbay/app/desktop"
	"patchbay/app/fault"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the build.
var version = "dev"

func main() {
	desktop.Private()
	args := append(os.Args[1:], "")
	switch args[0] {
	case desktop.PopupFlag:
		exit(bridge.RunPopup(os.Stdin))
	case "check-listing":
		os.Exit(app.CheckListings(os.Stdout, os.Args[2:]))
	case "--version":
		fmt.Println("Patchbay", version)
	default:
		exit(run(args[0] == desktop.BackgroundFlag))
	}
}

// run opens the data and the window, hidden if so wished, and returns when the
// person quits.
func run(hidden bool) error {
	if err := desktop.Display(); err != nil {
		return err
	}
	dir, err := desktop.DataFolder()
	if err != nil {
		return err
	}
	release, err := desktop.Claim(dir)
	if fault.CodeOf(err) == fault.Conflict && hidden {
		return nil // the one that runs watches already
	}
	if fault.CodeOf(err) == fault.Conflict {
		return second(err)
	}
	if err != nil {
		return err
	}
	defer release()
	a, err := app.New(context.Background(), app.Config{
		Dir: dir, Language: os.Getenv("PATCHBAY_LANG"), Version: version,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return err
	}
	pages, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return err
	}
	return wails.Run(bridge.Options(a.Bridge, pages, hidden, a.Start, func() { _ = a.Close() }))
}

// second brings the window that is open to the front. A desktop that cannot pass
// that on must not keep this process.
func second(err error) error {
	fmt.Fprintln(os.Stderr, app.Sentence(err))
	time.AfterFunc(4*time.Second, func() { os.Exit(0) })
	if desktop.Bus() {
		_ = bridge.RunSecond() // has said what matters
	}
	os.Exit(0)
	return nil
}

// exit ends the process; an error is said first, in a window if nobody reads the
// terminal.
func exit(err error) {
	if err == nil {
		return
	}
	sentence := app.Sentence(err)
	fmt.Fprintln(os.Stderr, sentence)
	if desktop.Display() == nil && !desktop.Terminal() {
		_ = bridge.RunMessage("Patchbay", sentence)
	}
	os.Exit(1)
}
