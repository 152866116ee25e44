// Package connection keeps a person's links to accounts at providers alive.
//
// A connection outlives its tokens. The access token is replaced every few
// minutes or hours; the connection ends only when a person uninstalls it.
// Package oauth talks to the provider; this package decides when, stores what
// came back, and says in one named [State] how things stand.
//
// # Nothing used before it is stored
//
// What a provider hands out once cannot be asked for again, so the answer to a
// sign-in or a renewal is sealed and committed before anything is done with it.
// A new sign-in first becomes a provisional connection ([Connecting]); only when
// the provider has told whose account it is does it take its place: as a new
// connection, or as the new grant of the one it renews. A renewal leaves a mark
// in the row before the request goes out, so that a crash in the middle is known
// for what it was.
//
// # One renewal at a time
//
// A refresh token may be good for a single use, and using it twice can end the
// whole grant. Everybody who needs an access token asks [Service.AccessToken];
// one renewal per connection runs, whoever asked, and it runs to its end even
// when the asker has gone.
//
// # Failures that count
//
// Between asking and answering, a person may have signed in anew, paused or
// uninstalled, and another renewal may have been faster. A failure is noted only
// if the tokens that met it are still the connection's, and a late answer is kept
// only if the row still bears its mark.
//
// # Self-contained rows
//
// A connection carries a copy of how its provider is spoken to, as the person
// saw it when connecting. A listing that changes or disappears neither redirects
// nor breaks what is connected.
package connection
