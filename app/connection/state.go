package connection

import "slices"

// State says how a connection stands. It is in exactly one.
type State string

const (
	// Connecting: the sign-in is over, whose account it is not yet known. Lists
	// leave it out.
	Connecting State = "connecting"
	// Connected: the last check worked.
	Connected State = "connected"
	// Renewing: the access token is being replaced.
	Renewing State = "renewing"
	// Retrying: the last check failed in a way that passes; it is repeated.
	Retrying State = "retrying"
	// Offline: this machine has no network. Shown instead of Connected, Renewing,
	// Retrying and ProviderDown while that lasts; never stored.
	Offline State = "offline"
	// ProviderDown: the provider has not answered properly for a while.
	ProviderDown State = "provider_down"
	// SignInNeeded: the provider no longer renews the grant.
	SignInNeeded State = "sign_in_needed"
	// PermissionMissing: the grant works but lacks a permission that is needed.
	PermissionMissing State = "permission_missing"
	// Revoked: the provider ended the grant before its time.
	Revoked State = "revoked"
	// WaitingForAdmin: the provider's own admin has to approve first.
	WaitingForAdmin State = "waiting_for_admin"
	// ClientMisconfigured: the provider refuses the OAuth client.
	ClientMisconfigured State = "client_misconfigured"
	// Paused: a person stopped checks and renewals.
	Paused State = "paused"
	// Uninstalling: a person is removing it; there is no way back.
	Uninstalling State = "uninstalling"
)

// States lists every state in the order in which an overview shows them.
var States = []State{
	Revoked, SignInNeeded, ClientMisconfigured, PermissionMissing, WaitingForAdmin, ProviderDown,
	Retrying, Offline, Renewing, Connected, Paused, Connecting, Uninstalling,
}

// next lists what each state may become. Who is waiting for a person (the second
// group) leaves that state by a new sign-in, which ends in Connected or, with
// fewer permissions than asked for, in PermissionMissing.
var next = map[State][]State{
	Connecting:   {Connected, Retrying, ProviderDown, PermissionMissing, WaitingForAdmin, Revoked, SignInNeeded, ClientMisconfigured, Uninstalling},
	Connected:    {Renewing, Retrying, ProviderDown, SignInNeeded, PermissionMissing, Revoked, WaitingForAdmin, ClientMisconfigured, Paused, Uninstalling},
	Renewing:     {Connected, Retrying, ProviderDown, SignInNeeded, PermissionMissing, Revoked, WaitingForAdmin, ClientMisconfigured, Paused, Uninstalling},
	Retrying:     {Connected, Renewing, ProviderDown, SignInNeeded, PermissionMissing, Revoked, WaitingForAdmin, ClientMisconfigured, Paused, Uninstalling},
	ProviderDown: {Connected, Renewing, Retrying, SignInNeeded, PermissionMissing, Revoked, WaitingForAdmin, ClientMisconfigured, Paused, Uninstalling},

	SignInNeeded:        {Connected, PermissionMissing, Revoked, Paused, Uninstalling},
	PermissionMissing:   {Connected, Renewing, Retrying, ProviderDown, SignInNeeded, Revoked, WaitingForAdmin, ClientMisconfigured, Paused, Uninstalling},
	Revoked:             {Connected, PermissionMissing, Paused, Uninstalling},
	WaitingForAdmin:     {Connected, Renewing, Retrying, ProviderDown, SignInNeeded, PermissionMissing, Revoked, ClientMisconfigured, Paused, Uninstalling},
	ClientMisconfigured: {Connected, Renewing, Retrying, ProviderDown, SignInNeeded, PermissionMissing, Revoked, WaitingForAdmin, Paused, Uninstalling},

	Paused:       {Connected, PermissionMissing, Uninstalling},
	Uninstalling: {},
}

// May reports whether a connection in state s may become to. Staying is allowed.
func (s State) May(to State) bool { return s == to || slices.Contains(next[s], to) }

// Checkable reports whether asking the provider makes sense: everything but what
// a person has stopped, and what is on its way in or out.
func (s State) Checkable() bool {
	switch s {
	case Connecting, Paused, Uninstalling:
		return false
	}
	return true
}

// Watched reports whether a connection in state s is checked by itself. The
// others wait for a person.
func (s State) Watched() bool {
	switch s {
	case Connected, Renewing, Retrying, ProviderDown, PermissionMissing, WaitingForAdmin:
		return true
	}
	return false
}

// Seen is s as a person should read it: while this machine is offline, nothing
// is said about providers.
func (s State) Seen(offline bool) State {
	switch s {
	case Connected, Renewing, Retrying, ProviderDown:
		if offline {
			return Offline
		}
	}
	return s
}
