// Package oauth speaks OAuth 2.0 with any provider, as a program on a desktop
// must (RFC 8252, RFC 9700). It knows the protocol and nothing else: it stores
// nothing, opens no window, and no provider is named in it.
//
// # The way through
//
// A [Provider] is an authorization server, described by a listing or read from
// its metadata with [Protocol.Discover]. A [Client] is Patchbay as that provider
// knows it: entered by an admin, shipped with the listing, or made with
// [Protocol.Register]. [Protocol.Begin] starts an [Attempt]:
//
//	a, err := p.Begin(ctx, provider, client, oauth.Request{Scopes: scopes})
//	defer a.Close()
//	open(a.LaunchURL())      // a browser; show a.Host(), offer a.URL() to copy
//	grant, err := a.Wait(ctx)
//
// The attempt listens on 127.0.0.1 for one answer. It accepts only one that
// carries its state, comes from the issuer that was asked, and arrives as a
// browser's navigation; it trades the code for a [Grant] at once, shows the
// browser a short page and closes the port. Where a provider has no use for
// redirects, [Protocol.StartDevice] signs in with a typed code (RFC 8628).
//
// Later, [Protocol.Refresh] renews a grant and [Protocol.Revoke] ends it. Each
// makes one request. When to refresh, one at a time, and how to store what comes
// back before it is used, is the connection package's part.
//
// # What is trusted
//
// Nothing that comes from outside. A listing may be hostile, so every address is
// https, on a host that the listing declares, and its extra parameters cannot
// replace the protocol's. A provider's answer may be anything: its size, time,
// depth and form are bounded, redirects are not followed, tokens that could
// break out of a header are refused, and what it says is cleaned before anybody
// sees it. The listener is open to every web page and program on the machine; to
// all but the one answer it gives a page that does not even say whose it is.
//
// Errors carry a fault.Code and a finer [Kind]; [Temporary], [Ambiguous],
// [RetryAfter] and [ProviderSaid] answer what a caller wants to know. No error,
// log line or printed value holds a [Secret], a code, a state or a verifier.
//
// # Why the token requests are our own
//
// golang.org/x/oauth2 makes the verifiers and challenges. Its token requests are
// not used: it finds out the client authentication by sending a single-use code
// twice, follows redirects with code and verifier, has no deadline, loses the
// tokens over an odd expires_in, and puts the answer's body into its errors.
//
// # Tests and what they leave out
//
// Tests carry the ids of our list of attacks and faults at the beginning of their
// names: A for the authorization answer, T for the token endpoint, R for
// refreshing, V for revoking, registering and other flows, S for secrets. They
// stand with the code that keeps the rule: the protocol's here, what needs stored
// connections in package connection, files and processes in desktop, sqlite and
// notify. They run against [patchbay/app/oauth/oauthtest], a strict server that
// misbehaves on demand, and TestPeer against the certified npm oidc-provider.
// TestCases in package app holds that every id has a test or stands here:
//
//   - A32 cannot apply: no custom scheme is registered, so no answer comes by one;
//     answers come over loopback, or are pasted.
//   - V10 cannot apply: DPoP is not used; a token that needs it is refused (T12).
//   - S09 cannot be kept here: the keychain library speaks to the Secret Service
//     without encryption. What crosses the bus is one data key, on a bus that only
//     this person's programs reach, any of which may ask the service itself.
package oauth
