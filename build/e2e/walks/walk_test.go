package walks

import (
	"path/filepath"
	"testing"
	"time"

	"patchbay/e2e/desk"
	"patchbay/e2e/story"
)

// sentenceLimit is how long a bad surrounding may stay unexplained.
const sentenceLimit = 5 * time.Second

// begin starts a story in English whose remains of a failure go to
// build/bin/e2e/<test>.
func begin(t *testing.T, o desk.Options, env ...string) *story.Story {
	return setUp(t, story.Setup{Desk: o, Env: env})
}

// beginClosed is begin without starting the program.
func beginClosed(t *testing.T, o desk.Options) *story.Story {
	return setUp(t, story.Setup{Desk: o, NoLaunch: true})
}

func setUp(t *testing.T, setup story.Setup) *story.Story {
	t.Helper()
	setup.Out = filepath.Join(filepath.Dir(story.Binary()), "e2e", t.Name())
	// A desk's graphics card is emulated, which takes half of all time.
	setup.Env = append([]string{"PATCHBAY_LANG=en", "WEBKIT_DISABLE_COMPOSITING_MODE=1"}, setup.Env...)
	setup.Limit = 20 * time.Second
	s := story.Begin(t, setup)
	t.Cleanup(s.End)
	return s
}
