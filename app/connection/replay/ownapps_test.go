package replay_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"patchbay/app/connection"
	"patchbay/app/connection/replay"
	"patchbay/app/provider"
)

// TestOwnApps connects to the providers for which the built-in feed asks for a
// key, as a listing of somebody else's feed would that has people sign in.
func TestOwnApps(t *testing.T) {
	for _, p := range replay.OwnApps {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			document, err := os.ReadFile(filepath.Join("testdata", p.Slug+".json"))
			if err != nil {
				t.Fatal(err)
			}
			app := connection.App{Slug: p.Slug, Name: p.Name, Provider: provider.Provider{}}
			if err := json.Unmarshal(document, &app.Provider); err != nil {
				t.Fatal(err)
			}
			if err := live(t, p, app); err != nil {
				t.Error(err)
			}
		})
	}
}
