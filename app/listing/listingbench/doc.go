// Package listingbench measures taking in a large feed: fetching it over HTTPS,
// checking every listing, storing them and making the search index, beside the
// bare insert of the same texts into SQLite's FTS5.
//
// Both sides run in one call on one machine, so their ratio means the same
// everywhere. Listings are made up by package indextest; each passes its check.
package listingbench
