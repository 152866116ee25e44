// Package schema holds the JSON Schemas (2020-12) of the documents that
// marketplaces publish: a listing, which describes one app, and a feed, which
// carries many of them. They name and describe every field, so that a person
// can write a listing with any editor that knows JSON Schema; what a schema
// cannot say is in package listing.
package schema

import _ "embed"

// Listing is the schema of one listing document.
//
//go:embed listing.schema.json
var Listing []byte

// Feed is the schema of a feed. It leaves the listings inside alone: each of
// them is held against [Listing] by itself.
//
//go:embed feed.schema.json
var Feed []byte
