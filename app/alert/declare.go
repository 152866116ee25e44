package alert

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Remedy is the one action that an alert offers. It runs in place.
type Remedy string

const (
	// Reconnect: sign in again for the same account.
	Reconnect Remedy = "reconnect"
	// RetryNow: ask the provider at once instead of at the next planned time.
	RetryNow Remedy = "retry_now"
	// OpenSettings: show the settings of the app's client.
	OpenSettings Remedy = "open_settings"
	// UnlockKeychain: ask the keychain again, which shows its own prompt.
	UnlockKeychain Remedy = "unlock_keychain"
	// Resume: end a pause.
	Resume Remedy = "resume"
	// ReviewListing: show the listing with what changed.
	ReviewListing Remedy = "review_listing"
	// ShowConnection: show the connection, to decide what becomes of it.
	ShowConnection Remedy = "show_connection"
	// NoRemedy: waiting is all that helps.
	NoRemedy Remedy = "none"
)

// Evidence is something seen at a connection that proves kinds of alerts over.
type Evidence string

const (
	// Answered: the provider took our access token and answered.
	Answered Evidence = "answered"
	// Retried: the same, because a person chose to try again.
	Retried Evidence = "retried"
	// Reconnected: a person signed in again for the same account.
	Reconnected Evidence = "reconnected"
	// Unlocked: the stored sign-ins can be read.
	Unlocked Evidence = "unlocked"
	// Reviewed: a person has looked at the listing's changes and decided.
	Reviewed Evidence = "reviewed"
)

// how tells what an alert's end looks like in the history: an answer comes by
// itself, everything else takes a person.
func (e Evidence) how() How {
	if e == Answered {
		return Recovered
	}
	return Mended
}

// Declaration says what a kind of alert means. Its words are in app/wording
// under "alert." and the kind: title, sentence, effect and the steps step_1,
// step_2 and so on.
type Declaration struct {
	Kind     Kind
	Severity Severity
	// Delay is how long the condition must stand before anybody sees it.
	Delay time.Duration
	// Settle is how long a condition that stopped by itself must stay away
	// before the alert ends. Zero ends it at once.
	Settle time.Duration
	// SuppressedBy names the causes that explain this alert: while one stands for
	// the same connection or for the machine, this one is hidden.
	SuppressedBy []Kind
	Remedy       Remedy
	// ClearedBy names the evidence that proves it over. A kind without evidence
	// ends only by [Registry.Clear] from the code that raises it, or with its
	// connection.
	ClearedBy []Evidence
	// Provider marks what is about the other side: it is not raised while this
	// machine is offline.
	Provider bool
	// Temporary marks what is likely to pass without anybody doing something. If
	// it is about the provider it is hidden while this machine is offline.
	Temporary bool
	// ChangesWith names the details that make it another matter when their value
	// changes, so that an ignored alert speaks up again.
	ChangesWith []string
}

var declared struct {
	sync.RWMutex
	order  []Kind
	byKind map[Kind]Declaration
}

// Declare makes a kind known. Call it in a package variable next to the code
// that raises the kind:
//
//	var quotaLow = alert.Declare(alert.Declaration{Kind: "quota_low", …})
//
// It panics on a kind that is declared twice or has no severity or remedy.
func Declare(d Declaration) Kind {
	declared.Lock()
	defer declared.Unlock()
	if _, twice := declared.byKind[d.Kind]; twice || d.Kind == "" || rank[d.Severity] == 0 || d.Remedy == "" {
		panic(fmt.Sprintf("alert: bad or second declaration of %q", d.Kind))
	}
	if declared.byKind == nil {
		declared.byKind = map[Kind]Declaration{}
	}
	declared.byKind[d.Kind] = d
	declared.order = append(declared.order, d.Kind)
	return d.Kind
}

// DeclarationOf returns what kind means, and whether it is declared.
func DeclarationOf(kind Kind) (Declaration, bool) {
	declared.RLock()
	defer declared.RUnlock()
	d, ok := declared.byKind[kind]
	return d, ok
}

// Kinds returns every declared kind, in no order that means anything.
func Kinds() []Kind {
	declared.RLock()
	defer declared.RUnlock()
	return slices.Clone(declared.order)
}
