package index

// Sort is an order of results. Every order is total: listings that are equal in
// it follow by name, then by slug, so that pages never repeat or miss one.
type Sort string

const (
	// Relevance puts the listing called exactly what was typed first, then names
	// that begin with it, names that hold all its words, and the rest, which is
	// weighed by where the words stand and how often it is installed. Without
	// text it equals [MostInstalled].
	Relevance Sort = "relevance"
	// MostInstalled is by install count, highest first.
	MostInstalled Sort = "installs"
	// Newest is by day of publication, latest first.
	Newest Sort = "newest"
	// ByName is by name, compared without case, diacritics and punctuation.
	ByName Sort = "name"
)

// Query asks for one page of results. The zero value asks for the fifty most
// installed of all listings.
type Query struct {
	// Text is what was typed so far. Text without a letter or digit finds everything.
	Text string
	// Filters keep the listings that have, in each facet named, at least one of
	// its values. A facet without values filters nothing.
	Filters map[Facet][]string
	// Sort is the order; empty means [Relevance].
	Sort Sort
	// Language, if set, puts the listings that have texts in it before all
	// others, whatever the order.
	Language string
	// Offset is how many results to pass over; Limit how many to return, 0
	// meaning 50 and a negative one none.
	Offset, Limit int
	// Values limits each facet of the result to its so many most frequent
	// values, plus those filtered by; 0 means all.
	Values int
	// Overlay adds facets that change while the index does not; may be nil.
	Overlay *Overlay
}

// Result answers a [Query].
type Result struct {
	// Total counts all matches, not only those in Hits.
	Total int
	// Hits is the page asked for, never nil.
	Hits []Hit
	// Facets count the matches by value, most frequent first, then by value. The
	// counts of a facet leave its own filter aside: they say what choosing
	// another value would give. Values without a match are left out unless
	// filtered by.
	Facets map[Facet][]Count
	// Corrected says that typing errors or unfinished words had to be assumed to
	// find more. Pass it to [Matches].
	Corrected bool
	// Drops says, when nothing matched and filters were set, what dropping one
	// would give: the most helpful first, those that would not help left out.
	Drops []Drop
}

// Hit is one listing found.
type Hit struct{ Slug string }

// Count is how many matches have a value.
type Count struct {
	Value string
	Count int
}

// Drop is how many results there would be without the filter on Facet; an empty
// Facet stands for all filters together and is named only if no single one helps.
type Drop struct {
	Facet Facet
	Total int
}

const defaultLimit = 50

func (q Query) limit() int {
	if q.Limit == 0 {
		return defaultLimit
	}
	return max(q.Limit, 0)
}
