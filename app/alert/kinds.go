package alert

import "time"

// The kinds that Patchbay knows from the start. They stand here, and not each in
// the package that raises it, because they explain and suppress one another.
var (
	// SecretsUnreadable: the keychain does not open. With an empty connection it
	// is about the machine, and then explains every sign-in trouble there is.
	SecretsUnreadable = Declare(Declaration{
		Kind: "secrets_unreadable", Severity: Critical, Remedy: UnlockKeychain,
		ClearedBy: []Evidence{Unlocked, Reconnected},
	})
	// AccessRevoked: the grant was ended at the provider.
	AccessRevoked = Declare(Declaration{
		Kind: "access_revoked", Severity: Critical, Remedy: Reconnect, Provider: true,
		SuppressedBy: []Kind{"secrets_unreadable"},
		ClearedBy:    []Evidence{Reconnected, Answered, Retried},
		ChangesWith:  []string{DetailCode},
	})
	// ClientMisconfigured: the provider refuses our client id, secret or redirect.
	ClientMisconfigured = Declare(Declaration{
		Kind: "client_misconfigured", Severity: Critical, Remedy: OpenSettings, Provider: true,
		SuppressedBy: []Kind{"secrets_unreadable"},
		ClearedBy:    []Evidence{Reconnected, Answered, Retried},
		ChangesWith:  []string{DetailCode},
	})
	// RenewalInterrupted: a refresh was cut off, and the provider no longer takes
	// what we hold.
	RenewalInterrupted = Declare(Declaration{
		Kind: "renewal_interrupted", Severity: Critical, Remedy: Reconnect, Provider: true,
		SuppressedBy: []Kind{"secrets_unreadable", "access_revoked", "client_misconfigured"},
		ClearedBy:    []Evidence{Reconnected, Answered, Retried},
	})
	// SignInExpired: the provider no longer takes our tokens, and we cannot renew.
	SignInExpired = Declare(Declaration{
		Kind: "sign_in_expired", Severity: Critical, Remedy: Reconnect, Provider: true,
		SuppressedBy: []Kind{
			"secrets_unreadable", "access_revoked", "client_misconfigured", "renewal_interrupted",
		},
		ClearedBy:   []Evidence{Reconnected, Answered, Retried},
		ChangesWith: []string{DetailCode},
	})
	// PermissionMissing: the grant lacks a scope that is needed. An answer proves
	// nothing, since other requests may well be allowed.
	PermissionMissing = Declare(Declaration{
		Kind: "permission_missing", Severity: Error, Remedy: Reconnect, Provider: true,
		SuppressedBy: signInTrouble,
		ClearedBy:    []Evidence{Reconnected},
		ChangesWith:  []string{DetailMissing},
	})
	// ProviderDown: the provider does not answer, or only with errors of its own.
	ProviderDown = Declare(Declaration{
		Kind: "provider_down", Severity: Error, Remedy: RetryNow, Provider: true, Temporary: true,
		Delay: 2 * time.Minute, Settle: 2 * time.Minute,
		SuppressedBy: signInTrouble,
		ClearedBy:    []Evidence{Answered, Retried, Reconnected},
		ChangesWith:  []string{DetailStatus},
	})
	// RateLimited: the provider asks for patience, longer than the odd refusal.
	RateLimited = Declare(Declaration{
		Kind: "rate_limited", Severity: Warning, Remedy: NoRemedy, Provider: true, Temporary: true,
		Delay: 5 * time.Minute, Settle: 2 * time.Minute,
		SuppressedBy: append([]Kind{"provider_down"}, signInTrouble...),
		ClearedBy:    []Evidence{Answered, Retried, Reconnected},
	})
	// WaitingForApproval: an administrator at the provider must approve first.
	WaitingForApproval = Declare(Declaration{
		Kind: "waiting_for_provider_approval", Severity: Warning, Remedy: RetryNow, Provider: true,
		SuppressedBy: []Kind{"secrets_unreadable", "client_misconfigured"},
		ClearedBy:    []Evidence{Answered, Retried, Reconnected},
	})
	// ExpiresSoon: a sign-in is known to end soon; DetailExpires says when.
	ExpiresSoon = Declare(Declaration{
		Kind: "expires_soon", Severity: Warning, Remedy: Reconnect,
		SuppressedBy: signInTrouble,
		ClearedBy:    []Evidence{Reconnected},
		ChangesWith:  []string{DetailExpires},
	})
	// ClientSecretExpires: the secret of the client that an admin entered ends soon;
	// DetailExpires says when. Every connection of the app dies with it.
	ClientSecretExpires = Declare(Declaration{
		Kind: "client_secret_expires", Severity: Warning, Remedy: OpenSettings,
		SuppressedBy: []Kind{"secrets_unreadable", "client_misconfigured"},
		ChangesWith:  []string{DetailExpires},
	})
	// ListingAsksMore: the listing has new scopes or hosts; DetailAsks names them.
	ListingAsksMore = Declare(Declaration{
		Kind: "listing_asks_more", Severity: Warning, Remedy: ReviewListing,
		ClearedBy:   []Evidence{Reviewed},
		ChangesWith: []string{DetailAsks},
	})
	// ListingWithdrawn: a connected app is gone from every feed.
	ListingWithdrawn = Declare(Declaration{
		Kind: "listing_withdrawn", Severity: Warning, Remedy: ShowConnection,
	})
)

// signInTrouble are the kinds that leave nothing else to be said about a
// connection: nobody is signed in.
var signInTrouble = []Kind{
	"secrets_unreadable", "access_revoked", "client_misconfigured", "renewal_interrupted",
	"sign_in_expired",
}
