package builtin

import (
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"patchbay/app/listing"
)

// What an admin wants to know of any app before connecting it.
func TestEveryRealAppIsToldWhole(t *testing.T) {
	for _, l := range all(t) {
		if l.Sandbox {
			continue
		}
		missing := func(is bool, what string) {
			if is {
				t.Errorf("%s has no %s", l.Slug, what)
			}
		}
		missing(l.Icon.Color == "", "colour")
		missing(len(l.SearchTerms) == 0, "search terms")
		missing(l.Resources.Documentation == "", "documentation")
		missing(len(l.Resources.Support) == 0, "support")
		missing(l.Privacy.Policy == "", "privacy policy")
		missing(l.Pricing.Model == "unknown", "pricing model")
		missing(l.Pricing.Page == "" && !slices.Contains(withoutPriceList, l.Slug), "pricing page")
		missing(l.Connection.Confidence == "", "word on how sure its facts are")
		missing(len(l.SharedData) == 0 && exchanges(l), "shared data")
	}
}

// withoutPriceList are apps whose publishers ask nothing for this use, or price
// advertising and calls one by one, so that there is no page to show.
var withoutPriceList = []string{
	"facebook-pages", "google-ads", "google-analytics", "instagram", "linkedin", "pinterest", "twitch", "x-twitter", "youtube",
}

// exchanges reports whether records travel between the account and the app. A
// playlist is no record of the account's; an app that must not be connected
// exchanges nothing.
func exchanges(l listing.Listing) bool {
	return len(l.Actions)+len(l.Triggers) > 0 && l.Connection.Client.Kind != "forbidden" && l.Slug != "spotify"
}

// Nobody has counted or rated anything yet, and prices are shown where somebody
// read them, which so far is the sandbox.
func TestNothingIsMadeUp(t *testing.T) {
	for _, l := range all(t) {
		if l.Installs != 0 || l.Rating != nil {
			t.Errorf("%s carries installs or ratings", l.Slug)
		}
		if !l.Sandbox && (len(l.Pricing.Plans) > 0 || l.BuiltByUs || l.CertifiedSince != "" || len(l.Screenshots) > 0) {
			t.Errorf("%s carries what only the sandbox can: prices, pictures, a certificate or our own mark", l.Slug)
		}
	}
}

func TestTheSandboxShowsEverySection(t *testing.T) {
	practice := 0
	for _, l := range all(t) {
		if !l.Sandbox {
			continue
		}
		practice++
		for what, has := range map[string]bool{
			"our mark and certificate": l.BuiltByUs && l.CertifiedSince != "",
			"languages":                len(l.Languages) > 0,
			"pictures":                 len(l.Screenshots) > 0,
			"works with":               len(l.WorksWith) > 0,
			"requirements":             len(l.Requirements.Account) > 0 && len(l.Requirements.App) > 0,
			"resources":                l.Resources.SetupGuide != "" && l.Resources.StatusPage != "" && l.Resources.Terms != "",
			"privacy links":            l.Privacy.MarketplaceTerms && l.Privacy.DataProcessing != "",
			"three shared data rows":   len(l.SharedData) == 3,
			"scopes to choose":         len(l.Connection.Scopes.Optional) > 0,
			"actions and triggers":     len(l.Actions) > 0 && len(l.Triggers) > 0,
			"uninstall steps":          len(l.Uninstall.Steps) > 0,
		} {
			if !has {
				t.Errorf("%s has no %s", l.Slug, what)
			}
		}
		for _, plan := range l.Pricing.Plans {
			if plan.Monthly == nil || plan.Yearly == nil || *plan.Yearly > *plan.Monthly {
				t.Errorf("%s, plan %s: want both prices, the yearly one no higher", l.Slug, plan.Name)
			}
		}
	}
	if practice != 3 {
		t.Errorf("%d practice apps, want 3", practice)
	}
}

func TestPicturesAreThere(t *testing.T) {
	pictures, used := Screenshots(), 0
	for _, l := range all(t) {
		for _, shot := range l.Screenshots {
			used++
			file, err := pictures.Open(shot.Image)
			if err != nil {
				t.Errorf("%s: %v", l.Slug, err)
				continue
			}
			if config, err := png.DecodeConfig(file); err != nil || config.Width < 800 {
				t.Errorf("%s: %d pixels wide, %v", shot.Image, config.Width, err)
			}
			file.Close()
			if len(strings.Fields(shot.Alt)) < 4 {
				t.Errorf("%s is not told to those who cannot see it: %q", shot.Image, shot.Alt)
			}
		}
	}
	files, err := fs.Glob(pictures, "*.png")
	if err != nil || len(files) != used {
		t.Errorf("%d pictures, %d used, %v", len(files), used, err)
	}
}

// Removing Salesforce leaves a package and record owners behind.
func TestSalesforceIsTakenOutByHandToo(t *testing.T) {
	l, err := listing.Parse(Document("salesforce"))
	if err != nil {
		t.Fatal(err)
	}
	if l.Uninstall.Phrase == "" || len(l.Uninstall.Steps) < 4 {
		t.Errorf("got %+v", l.Uninstall)
	}
	if !slices.ContainsFunc(l.Uninstall.Steps, func(s listing.UninstallStep) bool { return s.Link != "" }) {
		t.Error("no step says where")
	}
}
