// Command bindings writes frontend/wailsjs, the page's view of package bridge:
//
//	tsoutputtype=interfaces go run -tags bindings ./build/bindings
//
// With the tag bindings the framework writes files instead of opening a window.
package main

import (
	"fmt"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"

	"patchbay/app/bridge"
)

func main() {
	if err := wails.Run(&options.App{Bind: bridge.New(bridge.Services{}).Bound()}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
