// Package index finds listings as somebody types.
//
// An [Index] is built once from every cached listing, never changes afterwards,
// and answers each keystroke with the first rows, the exact total and exact
// counts for every filter. It holds what searching needs and nothing else: the
// caller reads the listings themselves by the slugs it gets back.
//
// # Numbers and bits
//
// Documents are numbered by installs, most installed first, so that walking any
// list of numbers upwards meets the likely answers first. Three sorted lists
// hang on each word: the documents that have it in the name, in the summary
// (tagline, features, publisher, search terms, actions), or only in the
// description. The lists of neighbouring words lie next to each other, so a
// prefix is one stretch of bytes to read. Where a stretch is long its answer
// was computed beforehand and is kept as one bit per document; the same is done
// with filter values that many listings share. A query is then a handful of ANDs
// and bit counts. The facet counts of frequent words are kept as well, and what a
// query finds is counted from the nearest of them, by the difference.
//
// # Words
//
// Text is compared without case and diacritics ([Matches] says how). Scripts
// written without spaces are cut into overlapping pairs of characters. All words
// of a query have to match; the last one, still being typed, matches as a prefix.
// Only when that finds next to nothing are beginnings of the other words and
// words one typing error away accepted too, below what matched as typed.
//
// # One block of bytes
//
// Everything lies in flat slices over a single block of bytes: the garbage
// collector has nothing to follow, saving is one write, and [Open] checks a file
// and maps it instead of keeping it in memory.
package index
