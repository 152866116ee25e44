package bridge

// Search is what a person looks for: words, filters, an order and a page.
// Sort is "relevance", "installs", "newest" or "name".
type Search struct {
	Text    string   `json:"text"`
	Filters []Filter `json:"filters"`
	Sort    string   `json:"sort"`
	Offset  int      `json:"offset"`
	Limit   int      `json:"limit"`
}

// Filter keeps what has any of Values in Facet. Facets are "category", "price",
// "feature", "works_with", "language", "certified", "built_by_us", "connection",
// "no_setup" and "installed"; yes/no facets have the single value "yes".
type Filter struct {
	Facet  string   `json:"facet"`
	Values []string `json:"values"`
}

// Results is one page of what was found, with what every filter would leave.
type Results struct {
	Total  int       `json:"total"`
	Cards  []Card    `json:"cards"`
	Facets []Facet   `json:"facets"`
	Drop   []Dropped `json:"drop"`
}

// Dropped says how many results there would be without one filter; it is given
// only when there are none with it.
type Dropped struct {
	Facet string `json:"facet"`
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Facet is a filter with its values and what each would leave.
type Facet struct {
	ID     string       `json:"id"`
	Values []FacetValue `json:"values"`
}

// FacetValue is one choice of a filter. Name is what to call it where Value is
// the slug of an app in the catalogue, else "".
type FacetValue struct {
	Value string `json:"value"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Card is a listing as a search shows it. Language is that of Tagline.
type Card struct {
	Slug         string   `json:"slug"`
	Name         string   `json:"name"`
	Tagline      string   `json:"tagline"`
	Language     string   `json:"language"`
	Publisher    string   `json:"publisher"`
	Verified     bool     `json:"verified"`
	Icon         Icon     `json:"icon"`
	Categories   []string `json:"categories"`
	Pricing      string   `json:"pricing"`
	Certified    bool     `json:"certified"`
	BuiltByUs    bool     `json:"builtByUs"`
	Sandbox      bool     `json:"sandbox"`
	Installed    bool     `json:"installed"`
	NameMarks    []Mark   `json:"nameMarks"`
	TaglineMarks []Mark   `json:"taglineMarks"`
}

// Mark is a part of a text that matched, as UTF-16 offsets: from Start up to,
// but not including, End.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Icon is a bundled brand mark or, with Brand empty, a monogram of the name.
// Color is #rrggbb or empty.
type Icon struct {
	Brand string `json:"brand"`
	Color string `json:"color"`
}

// Home is Discover before anything is typed.
type Home struct {
	Collections []Collection `json:"collections"`
	Categories  []FacetValue `json:"categories"`
}

// Collection is an editor's choice of listings, in an order.
type Collection struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Cards       []Card `json:"cards"`
}
