// Command emptywindow is the least that a window can be: the same framework, the
// same size, drawn the same way, one static page and nothing behind it. Patchbay
// is measured beside it. Its argument names the page: "empty", or "rows", which
// shows rows like those of Discover as soon as a key is pressed.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"

	"patchbay/app/desktop"
)

//go:embed empty rows
var pages embed.FS

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	name := "empty"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	page, err := fs.Sub(pages, name)
	if err != nil {
		return err
	}
	gpu := linux.WebviewGpuPolicyNever
	if desktop.HasGPU("/dev") {
		gpu = linux.WebviewGpuPolicyOnDemand
	}
	return wails.Run(&options.App{
		Title: "Empty", Width: 1280, Height: 800,
		Logger: logger.NewFileLogger(os.DevNull), LogLevelProduction: logger.ERROR,
		AssetServer: &assetserver.Options{Assets: page},
		Linux:       &linux.Options{ProgramName: "empty", WebviewGpuPolicy: gpu},
	})
}
