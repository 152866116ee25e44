// Command tour walks through the real window the way a new user does, in light
// and in dark, and leaves one picture a step in build/bin/tour. It ends with
// code 1 at the first step that cannot be done, and says which and why.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

type step struct {
	name string
	walk func(*story.Story)
}

var steps = []step{
	{"first start", journey.FirstStart},
	{"find an app", journey.Find},
	{"read its listing", journey.Read},
	{"install it", journey.Install},
	{"lose access and be told", breakIt},
	{"read the alert and reconnect", journey.Mend},
	{"uninstall it", journey.Uninstall},
}

func breakIt(s *story.Story) {
	if err := journey.Break(s); err != nil {
		stop(err.Error())
	}
}

func main() {
	out := filepath.Join(filepath.Dir(story.Binary()), "tour")
	if len(os.Args) > 1 {
		out = os.Args[1]
	}
	if err := os.RemoveAll(out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, look := range []string{"light", "dark"} {
		if !tour(look, out) {
			os.Exit(1)
		}
	}
	fmt.Println("Pictures are in", out)
}

// tour walks all steps in one look and reports whether all could be done.
func tour(look, out string) (ok bool) {
	current := "start the window"
	var s *story.Story
	defer func() {
		if s != nil {
			s.End()
		}
		switch why := recover().(type) {
		case nil:
		case stopped:
			fmt.Fprintf(os.Stderr, "✗ %s: %s\n%s\n", look, current, why)
		default:
			panic(why)
		}
	}()
	s = story.Begin(voice{}, story.Setup{
		Desk: desk.Options{Dark: look == "dark"}, Out: out, Suffix: "-" + look,
		Env: []string{"PATCHBAY_LANG=en"},
	})
	for _, next := range steps {
		current = next.name
		began := time.Now()
		next.walk(s)
		fmt.Printf("✓ %s: %s (%.1f s)\n", look, current, time.Since(began).Seconds())
	}
	return true
}
