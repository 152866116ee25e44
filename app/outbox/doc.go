// Package outbox gets e-mails out: through the account's own mail server, each
// exactly as often as can be promised, and never with a secret in it.
//
// # Server
//
// A [Server] is checked by signing in to it before it is kept. Its password is
// sealed like every other secret, and goes only to the host that it was entered
// for. Without encryption mail leaves only for a server on this machine.
//
// # Letters
//
// Whoever has something to say stores a [Letter] to one person, made with
// [Make], in the transaction that notes that it was said. From then on it is in
// one of these states:
//
//	waiting → sending → sent
//	                  → waiting   the server is away, or asks for patience
//	                  → failed    the server says no, or a day has passed
//	                  → unknown   it may have gone out: the connection ended between
//	                              the last word and the answer, or the program did
//
// "sending" is stored before the first word goes out, so that a letter is never
// repeated by itself once it may have arrived. A person decides about an unknown
// one; should it be sent again, it carries the same Message-ID, by which many
// mail programs know the two for one.
package outbox
