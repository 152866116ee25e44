// Package listing is the catalogue of apps: what a listing is, where listings
// come from, and how one is found.
//
// # Document
//
// A listing is one JSON document that a person can write ([Listing]). Its schema
// ships with the program (package schema), and [Check] says what is wrong with a
// document and how to mend it. Everything in it is untrusted: it is checked
// before it is taken, and its Markdown becomes HTML only through [HTML].
//
// # Feeds
//
// Listings come in feeds: the built-in one, and those an admin adds. A feed is
// taken as a whole, in one transaction, while searching goes on; a listing that
// fails its check is set aside with the reason and the rest is taken. When
// fetching fails the last good catalogue stays. Where two feeds have a listing of
// the same slug, the feed of the lower rank wins: first the built-in one, then
// the others as they were added, until an admin prefers one
// ([Catalogue.Prefer]).
//
// # Finding
//
// The [Catalogue] answers searches from an index in memory (package index) and
// shows results as small [Card]s; the documents stay in the store.
package listing
