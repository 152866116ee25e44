package connection

import (
	"time"

	"patchbay/app/oauth"
	"patchbay/app/provider"
)

// Connection is one account at one provider, without its secrets. Times are UTC
// and zero when the thing has not happened or is not known.
type Connection struct {
	ID      string
	App     App
	Name    string // given by a person to tell connections apart; may be empty
	Purpose string
	Owner   string // id of the person who connected it

	AccountID   string // the provider's own id of the account; compared, never shown first
	AccountName string

	State      State
	StateSince time.Time
	// Reason is the fault code or provider's error code behind State, for technical details.
	Reason string

	ConnectedAt time.Time
	CheckedAt   time.Time
	UsedAt      time.Time

	Requested []string // scopes asked for
	Granted   []string // scopes given; equal to Requested when the provider did not say
	// Variables are the parts of addresses that differ per customer. Those that
	// the listing calls secret are in [Tokens] instead.
	Variables map[string]string

	ExpiresAt time.Time // end of the access token; zero: unknown
	// RenewalDies is when the refresh token stops working if unused, or without
	// one the access token; zero: never or unknown.
	RenewalDies time.Time

	// RenewalStarted is the mark that a renewal is under way: the refresh token may
	// be spent. It is stored before the request goes out, goes with the answer, and
	// stays when the answer was lost or the program was killed. A new sign-in
	// takes it away, so a late answer without a mark belongs to a grant of the past.
	RenewalStarted time.Time
	Failures       int // checks failed in a row

	// Replaces is set only while Connecting: the connection that is being renewed
	// by this sign-in.
	Replaces string
	// Version grows with every stored change; a change made to an older version
	// is refused with fault.Conflict.
	Version int64
}

// App is what a connection knows of the listing it was made from.
type App struct {
	Slug       string            `json:"slug"`
	Name       string            `json:"name"`
	Sandbox    bool              `json:"sandbox,omitempty"`
	Provider   provider.Provider `json:"provider"`
	Phrase     string            `json:"phrase,omitempty"`
	AfterSteps []Step            `json:"afterSteps,omitempty"`
}

// Step is one thing a person does by hand, with a link where it is done.
type Step struct {
	Text string `json:"text"`
	Link string `json:"link,omitempty"`
	Done bool   `json:"done,omitempty"`
}

// Tokens is the secret part of a connection. It is stored sealed, bound to the
// connection's id.
type Tokens struct {
	Access    oauth.Secret
	Refresh   oauth.Secret            // "" when the provider gave none
	Variables map[string]oauth.Secret // the variables that the listing calls secret
}

// RevokePage is where a person ends the connection's grant by hand; "" when the
// listing names no page, or one that depends on what is not known.
func (c Connection) RevokePage() string { return page(c.App.Provider.RevokePage, c.Variables) }

// Label is the name by which people know the connection: the one they gave it,
// or the account's, or the app's.
func (c Connection) Label() string {
	return firstOf(c.Name, c.AccountName, c.AccountID, c.App.Name)
}
