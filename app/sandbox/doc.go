// Package sandbox runs three practice apps on this computer, so that somebody
// new can live the whole life of a connection without a network: sign in,
// consent, use, break, mend, revoke.
//
// Sandbox CRM, Sandbox Chat and Sandbox Billing are three providers in one
// server on 127.0.0.1. Each has an issuer of its own ([Server.URL] + "/crm",
// "/chat", "/billing"), two accounts to sign in as, an OAuth 2 authorization
// server, a small API with real data, a page that shows that data, and a place
// on the control page (/control) where its owner breaks it on purpose.
//
// # OAuth
//
// The protocol is checked by the op package of github.com/zitadel/oidc: client,
// redirect rule, PKCE, code exchange, refresh and revocation requests. This
// package adds what plain OAuth needs on top: S256 is required, answers carry
// iss (RFC 9207), no ID tokens are made, and errors that must not be redirected
// become a page. There is one client, the public native [ClientID], whose
// redirect is http://127.0.0.1 with any port and any path (RFC 8252 section 7.3).
//
// Access tokens are opaque and live ten minutes. Refresh tokens rotate: the one
// just replaced still works for a minute, so that an answer lost on the way does
// not cost the connection; using an older one ends the grant (RFC 9700 section
// 4.14.2). "Rotate strictly" takes that minute away.
//
// # What is kept
//
// Grants, faults and the data of the accounts are kept in one small JSON file,
// replaced as a whole on every change. Tokens are in it as SHA-256 hashes only.
// Sign-ins that are under way, and codes, live in memory and end with the
// process. A file that cannot be read is set aside and practice starts afresh.
//
// # Who may call
//
// The server binds to the loopback interface only and answers only requests
// whose Host names it, so that a page elsewhere cannot reach it by DNS
// rebinding. Everything that changes something refuses requests from other
// sites. Nothing in here is worth stealing, yet it is built like the real thing.
package sandbox
