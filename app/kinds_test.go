package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"patchbay/app/alert"
)

// raisedBy says what raises each kind of alert, as the code that does so calls it.
var raisedBy = map[alert.Kind]string{
	alert.SecretsUnreadable:   "alert.SecretsUnreadable",
	alert.AccessRevoked:       "alert.AccessRevoked",
	alert.ClientMisconfigured: "alert.ClientMisconfigured",
	alert.RenewalInterrupted:  "alert.RenewalInterrupted",
	alert.SignInExpired:       "alert.SignInExpired",
	alert.PermissionMissing:   "alert.PermissionMissing",
	alert.ProviderDown:        "alert.ProviderDown",
	alert.RateLimited:         "alert.RateLimited",
	alert.WaitingForApproval:  "alert.WaitingForApproval",
	alert.ExpiresSoon:         "alert.ExpiresSoon",
	alert.ClientSecretExpires: "alert.ClientSecretExpires",
	alert.ListingAsksMore:     "alert.ListingAsksMore",
	alert.ListingWithdrawn:    "alert.ListingWithdrawn",
}

// A kind is declared when there is code that raises it, and not before.
func TestAlertKinds_areRaisedBySomething(t *testing.T) {
	source := nounsSource(t)
	for _, kind := range alert.Kinds() {
		name, ok := raisedBy[kind]
		if !ok {
			t.Errorf("%s is in no table of what raises it", kind)
			continue
		}
		raises := regexp.MustCompile(`(?:[Tt]ell|[Rr]aise|warn)\([^\n]*` + regexp.QuoteMeta(name) + `\b|kind: ` + regexp.QuoteMeta(name) + `\b`)
		if !raises.MatchString(source) {
			t.Errorf("nothing raises %s", kind)
		}
	}
}

func nounsSource(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "alert") {
			return err
		}
		text, err := os.ReadFile(name)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
