package index

// Document is what the index needs to know about one listing.
type Document struct {
	// Slug identifies the listing. Of two documents with the same slug the later one counts.
	Slug string

	Name, Tagline, Description, Publisher string
	Features, SearchTerms, Actions        []string

	// Installs is the install count; a negative one counts as 0.
	Installs int64
	// Published is the day of first publication in days since 1970-01-01 UTC; 0 if unknown.
	Published int64
	// Languages are the languages that the listing has texts in, as codes such
	// as "de". They become the values of the facet [Language].
	Languages []string
	// Facets are the values to filter by. [Language] is filled from Languages.
	Facets map[Facet][]string
	// Texts are translations by language; all of them can be searched.
	Texts map[string]Text
}

// Text is what a listing says in one language.
type Text struct {
	Tagline, Description string
	Features             []string
}

// Facet names one thing that results can be filtered by.
type Facet string

// The facets of a listing. The index knows no more about them than [Language];
// any other name works as well.
const (
	Category   Facet = "category"
	Price      Facet = "price"
	Feature    Facet = "feature"
	WorksWith  Facet = "works_with"
	Language   Facet = "language"
	Certified  Facet = "certified"
	BuiltByUs  Facet = "built_by_us"
	Connection Facet = "connection"
	NoSetup    Facet = "no_setup"
	Installed  Facet = "installed"
)
