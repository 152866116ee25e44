package walks

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"patchbay/e2e/atspi"
	"patchbay/e2e/journey"
	"patchbay/e2e/story"
)

// What is exported stands where the toolkit's own dialog was told to put it, and
// nowhere after Cancel.
func TestExport_activity(t *testing.T) {
	s := connected(t)
	s.Click("tab", "Activity")
	s.SeeText("Installed")
	s.Click("button", "Export CSV")
	s.In("dialog", "Save activity").Click("button", "Cancel")
	s.Gone("dialog", "Save activity")
	s.SeeState("button", "Export CSV", atspi.Enabled)
	s.GoneText("/Activity saved as/")
	if found := exported(t, s, "*.csv"); len(found) > 0 {
		t.Fatalf("canceling left %q", found)
	}

	path := filepath.Join(s.Desk.Home(), "what happened.csv")
	s.Click("button", "Export CSV")
	dialog := s.In("dialog", "Save activity")
	dialog.SeeState("text", "", atspi.Focused)
	s.Press("Ctrl+A")
	s.Keys(path)
	dialog.Click("button", "Save")
	s.SeeText("Activity saved as " + path)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(private(t, path), []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("want a header and one thing that happened, got %q, %v", rows, err)
	}
	if _, err := time.Parse(time.RFC3339, rows[1][0]); err != nil {
		t.Error(err)
	}
	if got := rows[1]; got[1] != "installed" || got[2] != journey.App || got[3] != "Acme North" || got[4] != "Ada Example" {
		t.Errorf("what happened is %q", got)
	}
}

// The receipt of an uninstall is saved under the name that is offered, over an
// older file only when asked.
func TestExport_receipt(t *testing.T) {
	s := connected(t)
	journey.Uninstall(s)
	s.Click("button", "Export receipt")
	s.In("dialog", "Save receipt").Click("button", "Save")
	s.SeeText("/Receipt saved as .*patchbay-receipt-sandbox-crm-/")
	found := exported(t, s, "patchbay-receipt-sandbox-crm-*.json")
	if len(found) != 1 {
		t.Fatalf("saved are %q", found)
	}
	wantReceipt(t, found[0])

	if err := os.WriteFile(found[0], []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Click("button", "Export receipt")
	s.In("dialog", "Save receipt").Click("button", "Save")
	s.Click("button", "Replace")
	s.Gone("dialog", "Save receipt")
	s.Until("see the older file replaced", func() error {
		if string(private(t, found[0])) == "older" {
			return os.ErrExist
		}
		return nil
	})
	wantReceipt(t, found[0])
}

// exported lists the files in the person's folder that match.
func exported(t *testing.T, s *story.Story, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.Desk.Home(), pattern))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// private reads a file that nobody else may read.
func private(t *testing.T, path string) []byte {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("%s has the mode %v", path, info.Mode())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func wantReceipt(t *testing.T, path string) {
	t.Helper()
	var got struct{ App, Account, Revoked string }
	if err := json.Unmarshal(private(t, path), &got); err != nil {
		t.Fatal(err)
	}
	if got.App != journey.App || got.Account != "Acme North" || got.Revoked != "revoked" {
		t.Errorf("the receipt is %+v", got)
	}
}
