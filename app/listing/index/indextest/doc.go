// Package indextest makes up listings and typing for measuring and testing the
// search index, and measures it beside plain SQLite FTS5.
//
// Everything follows from a seed: listing i of a seed is always the same,
// however many are asked for, so a million can be streamed and the query log can
// name listings that exist without keeping any.
package indextest
