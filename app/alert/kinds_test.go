package alert_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/alert"
	"patchbay/app/wording"
)

// kind is what a person is promised about one kind of alert.
type kind struct {
	kind      alert.Kind
	severity  alert.Severity
	remedy    alert.Remedy
	delay     time.Duration
	temporary bool
	// coveredBy are kinds that hide it, clearedBy what ends it; what is not named
	// must not.
	coveredBy []alert.Kind
	clearedBy []alert.Evidence
}

var (
	none     []alert.Evidence
	signIn   = []alert.Kind{alert.SecretsUnreadable, alert.AccessRevoked, alert.ClientMisconfigured, alert.RenewalInterrupted, alert.SignInExpired}
	answer   = []alert.Evidence{alert.Answered, alert.Retried, alert.Reconnected}
	allProof = []alert.Evidence{alert.Answered, alert.Retried, alert.Reconnected, alert.Unlocked, alert.Reviewed}
)

var kinds = []kind{
	{alert.SecretsUnreadable, alert.Critical, alert.UnlockKeychain, 0, false, nil, []alert.Evidence{alert.Unlocked, alert.Reconnected}},
	{alert.AccessRevoked, alert.Critical, alert.Reconnect, 0, false, signIn[:1], answer},
	{alert.ClientMisconfigured, alert.Critical, alert.OpenSettings, 0, false, signIn[:1], answer},
	{alert.RenewalInterrupted, alert.Critical, alert.Reconnect, 0, false, signIn[:3], answer},
	{alert.SignInExpired, alert.Critical, alert.Reconnect, 0, false, signIn[:4], answer},
	{alert.PermissionMissing, alert.Error, alert.Reconnect, 0, false, signIn, []alert.Evidence{alert.Reconnected}},
	{alert.ProviderDown, alert.Error, alert.RetryNow, 2 * time.Minute, true, signIn, answer},
	{alert.RateLimited, alert.Warning, alert.NoRemedy, 5 * time.Minute, true, append([]alert.Kind{alert.ProviderDown}, signIn...), answer},
	{alert.WaitingForApproval, alert.Warning, alert.RetryNow, 0, false, []alert.Kind{alert.SecretsUnreadable, alert.ClientMisconfigured}, answer},
	{alert.ExpiresSoon, alert.Warning, alert.Reconnect, 0, false, signIn, []alert.Evidence{alert.Reconnected}},
	{alert.ClientSecretExpires, alert.Warning, alert.OpenSettings, 0, false, []alert.Kind{alert.SecretsUnreadable, alert.ClientMisconfigured}, none},
	{alert.ListingAsksMore, alert.Warning, alert.ReviewListing, 0, false, nil, []alert.Evidence{alert.Reviewed}},
	{alert.ListingWithdrawn, alert.Warning, alert.ShowConnection, 0, false, nil, none},
}

func TestKinds_everyOneIsInTheTable(t *testing.T) {
	var table []alert.Kind
	for _, k := range kinds {
		table = append(table, k.kind)
	}
	declared := alert.Kinds()
	slices.Sort(declared)
	slices.Sort(table)
	if !slices.Equal(declared, table) {
		t.Errorf("declared %v, tested %v", declared, table)
	}
}

func TestKinds(t *testing.T) {
	for _, k := range kinds {
		t.Run(string(k.kind), func(t *testing.T) {
			d, _ := alert.DeclarationOf(k.kind)
			if d.Severity != k.severity || d.Remedy != k.remedy || d.Delay != k.delay || d.Temporary != k.temporary {
				t.Errorf("declared %+v, want %+v", d, k)
			}
			if d.Temporary != (d.Delay > 0 && d.Settle > 0) {
				t.Error("what is temporary has a delay and settles, and nothing else does")
			}
			testRaised(t, k)
			testCovered(t, k)
			testCleared(t, k)
			for _, lang := range wording.Languages {
				testWords(t, k, lang)
			}
		})
	}
}

// shown raises k at c1 and lets its delay pass.
func shown(t *testing.T, k kind) *desk {
	t.Helper()
	d := newDesk(t)
	d.raise(k.kind, "c1")
	d.pass(k.delay)
	d.heard = nil
	return d
}

func testRaised(t *testing.T, k kind) {
	t.Helper()
	d := newDesk(t)
	d.raise(k.kind, "c1")
	if k.delay > 0 {
		d.pass(k.delay - time.Second)
		d.wants("")
		d.pass(time.Second)
	}
	d.wants("raised", string(k.kind)+" c1")
	if a := d.open()[0]; a.Severity != k.severity {
		t.Errorf("raised as %s, want %s", a.Severity, k.severity)
	}
}

func testCovered(t *testing.T, k kind) {
	t.Helper()
	for _, other := range alert.Kinds() {
		if other == k.kind {
			continue
		}
		d := shown(t, k)
		d.raise(other, "c1")
		visible := slices.ContainsFunc(d.open(), func(a alert.Alert) bool { return a.Kind == k.kind })
		if want := !slices.Contains(k.coveredBy, other); visible != want {
			t.Errorf("next to %s it is visible: %t, want %t", other, visible, want)
		}
		d = shown(t, k)
		d.raise(other, "c2")
		if visible := slices.ContainsFunc(d.open(), func(a alert.Alert) bool { return a.Kind == k.kind }); !visible {
			t.Errorf("%s at another connection hides it", other)
		}
	}
}

func testCleared(t *testing.T, k kind) {
	t.Helper()
	for _, evidence := range allProof {
		d := shown(t, k)
		d.saw("c2", evidence)
		d.saw("c1", evidence)
		declared, _ := alert.DeclarationOf(k.kind)
		d.pass(declared.Settle)
		if got, want := len(d.open()) == 0, slices.Contains(k.clearedBy, evidence); got != want {
			t.Errorf("cleared by %s: %t, want %t", evidence, got, want)
		}
	}
	d := shown(t, k)
	d.must(d.Clear(t.Context(), k.kind, "c1"))
	d.pass(5 * time.Minute)
	if len(d.open()) != 0 || len(d.history()) != 1 {
		t.Error("Clear by the code that raised it does not end it")
	}
}

func testWords(t *testing.T, k kind, lang string) {
	t.Helper()
	d := newDesk(t)
	s := subject("c1")
	s.AppName, s.Account = "Acme CRM", "ops@example.com"
	detail := map[string]string{alert.DetailExpires: "2026-12-03T10:00:00Z"}
	d.must(d.Raise(t.Context(), k.kind, s, detail))
	d.pass(k.delay)
	e := d.Explain(lang, d.open()[0])
	for _, name := range []string{s.AppName, s.Account} {
		if !strings.Contains(e.Sentence, name) {
			t.Errorf("%s: %q does not name %s", lang, e.Sentence, name)
		}
	}
	if e.Title == "" || e.Effect == "" || e.Since == "" || len(e.Steps) == 0 || len(e.Details) < 6 {
		t.Errorf("%s: incomplete explanation %+v", lang, e)
	}
	if (e.RemedyLabel == "") != (k.remedy == alert.NoRemedy) || e.Remedy != k.remedy {
		t.Errorf("%s: remedy %q with label %q", lang, e.Remedy, e.RemedyLabel)
	}
	for _, text := range append([]string{e.Title, e.Sentence, e.Effect, e.RemedyLabel}, e.Steps...) {
		if strings.Contains(text, "alert.") || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
			t.Errorf("%s: unfinished text %q", lang, text)
		}
	}
	for _, text := range append([]string{e.Sentence, e.Effect}, e.Steps...) {
		if !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q does not end like a sentence", lang, text)
		}
	}
}

func TestKinds_noSuppressionInCircles(t *testing.T) {
	var visit func(k alert.Kind, path []alert.Kind)
	visit = func(k alert.Kind, path []alert.Kind) {
		if slices.Contains(path, k) {
			t.Fatalf("%s is suppressed by itself through %v", k, path)
		}
		d, ok := alert.DeclarationOf(k)
		if !ok {
			t.Fatalf("%v names the undeclared %s", path, k)
		}
		for _, cause := range d.SuppressedBy {
			visit(cause, append(slices.Clone(path), k))
		}
	}
	for _, k := range alert.Kinds() {
		visit(k, nil)
	}
}

// Every sentence that belongs to this package is used, and every word it uses
// exists; both languages have the same ids by a test of app/wording.
func TestWords_nothingLeftOver(t *testing.T) {
	w := wording.New(time.UTC)
	remedies := []alert.Remedy{
		alert.Reconnect, alert.RetryNow, alert.OpenSettings, alert.UnlockKeychain, alert.Resume,
		alert.ReviewListing, alert.ShowConnection,
	}
	used := []string{"alert.unnamed", "alert.settling", "alert.snoozed", "alert.ignored",
		"alert.secrets_unreadable.sentence_machine", "ended.recovered", "ended.mended", "ended.uninstalled"}
	for _, r := range remedies {
		used = append(used, "remedy."+string(r))
	}
	for _, key := range []string{"alert", "kind", "since", "last_seen", "count",
		alert.DetailCode, alert.DetailStatus, alert.DetailHost, alert.DetailRequest, alert.DetailMissing,
		alert.DetailAsks, alert.DetailExpires, alert.DetailRetry, alert.DetailReason} {
		used = append(used, "detail."+key)
	}
	for _, k := range alert.Kinds() {
		for _, part := range []string{".title", ".sentence", ".effect"} {
			used = append(used, "alert."+string(k)+part)
		}
		steps := w.IDs("alert." + string(k) + ".step_")
		for n, id := range steps {
			if !strings.HasSuffix(id, "_"+string(rune('1'+n))) {
				t.Errorf("%s is out of order; steps count from 1 without gaps", id)
			}
		}
		used = append(used, steps...)
	}
	for _, id := range used {
		if !w.Has(id) {
			t.Errorf("%s has no sentence", id)
		}
	}
	for _, prefix := range []string{"alert.", "remedy.", "detail.", "ended."} {
		for _, id := range w.IDs(prefix) {
			if !slices.Contains(used, id) {
				t.Errorf("%s is used by nobody", id)
			}
		}
	}
}
