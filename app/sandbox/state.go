package sandbox

import (
	"slices"
	"time"
)

// state is everything that outlives the process, as it stands in the file.
type state struct {
	Version  int                  `json:"version"`
	Revision int64                `json:"revision"` // of the newest record of all apps
	Apps     map[string]*appState `json:"apps"`     // by slug
}

type appState struct {
	Faults   Faults                  `json:"faults"`
	Grants   []*grant                `json:"grants"`
	Accounts map[string]*accountData `json:"accounts"` // by account id
}

// Faults are the ways in which one practice app is broken on purpose. The zero
// value is an app in good health.
type Faults struct {
	// Answer replaces every answer of the API, the token and the revocation
	// endpoint: "503", "429", or "hang" for none at all; "" for normal answers.
	Answer string `json:"answer"`
	// RefuseRefresh makes every refresh fail with invalid_grant.
	RefuseRefresh bool `json:"refuse_refresh"`
	// RotateStrictly ends the grant at the first reuse of a refresh token,
	// without the usual minute of leeway.
	RotateStrictly bool `json:"rotate_strictly"`
}

// accountData is the practice data of one account.
type accountData struct {
	Records map[string][]*record `json:"records"` // by collection, oldest first
	Replies []*reply             `json:"replies"` // to POSTs with an Idempotency-Key
}

// record is one contact, message, invoice and so on.
type record struct {
	ID       string         `json:"id"`
	Revision int64          `json:"revision"` // grows with every change in the sandbox
	Created  time.Time      `json:"created"`
	Updated  time.Time      `json:"updated"`
	Fields   map[string]any `json:"fields"`
}

// reply remembers what a keyed POST made, so that a repeat makes nothing.
type reply struct {
	Key    string    `json:"key"`  // SHA-256 of path and Idempotency-Key
	Body   string    `json:"body"` // SHA-256 of the body that came with it
	Record string    `json:"record"`
	Made   time.Time `json:"made"`
}

func newState(now time.Time) *state {
	st := &state{Version: 1, Apps: map[string]*appState{}}
	for _, a := range apps {
		st.Apps[a.slug] = &appState{Accounts: map[string]*accountData{}}
	}
	st.seed(now)
	return st
}

// isComplete reports whether st has a place for every app and account that the
// code expects; a file of another version may not.
func (st *state) isComplete() bool {
	if st.Version != 1 {
		return false
	}
	return !slices.ContainsFunc(apps, func(a *app) bool {
		as := st.Apps[a.slug]
		return as == nil || slices.Contains(as.Grants, nil) || slices.ContainsFunc(a.accounts, func(c Account) bool {
			return as.Accounts[c.ID] == nil || as.Accounts[c.ID].Records == nil
		})
	})
}
