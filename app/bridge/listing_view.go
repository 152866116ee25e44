package bridge

// Listing is everything that a listing page shows. Texts are in the account's
// language where the listing has it. DescriptionHTML has been sanitised in Go; DescribedIn is its language.
type Listing struct {
	Card            Card          `json:"card"`
	PublisherSite   string        `json:"publisherSite"`
	VerifiedDomain  string        `json:"verifiedDomain"`
	CertifiedSince  string        `json:"certifiedSince"`
	FirstPublished  string        `json:"firstPublished"`
	Version         string        `json:"version"`
	Checked         string        `json:"checked"`
	Languages       []string      `json:"languages"`
	DescriptionHTML string        `json:"descriptionHTML"`
	DescribedIn     string        `json:"describedIn"`
	Features        []string      `json:"features"`
	Screenshots     []Screenshot  `json:"screenshots"`
	DemoVideo       string        `json:"demoVideo"`
	Installs        int64         `json:"installs"`
	Rating          float64       `json:"rating"`
	Ratings         int           `json:"ratings"`
	WorksWith       []string      `json:"worksWith"`
	AccountNeeds    []Requirement `json:"accountNeeds"`
	AppNeeds        []Requirement `json:"appNeeds"`
	Resources       Resources     `json:"resources"`
	Privacy         Privacy       `json:"privacy"`
	Pricing         Pricing       `json:"pricing"`
	SharedData      []SharedData  `json:"sharedData"`
	Permissions     []Permission  `json:"permissions"`
	Actions         []Operation   `json:"actions"`
	Triggers        []Operation   `json:"triggers"`
	Connecting      Connecting    `json:"connecting"`
	Trust           []TrustRule   `json:"trust"`
	Install         InstallState  `json:"install"`
	// Feeds have this listing; the first is the one whose is shown.
	Feeds    []FeedName `json:"feeds"`
	Consents []Consent  `json:"consents"`
}

// Consent is what the listing asks for that was not consented to when a connection
// was made: hosts, and names of required scopes. Until then it uses neither.
type Consent struct {
	ConnectionID string   `json:"connectionID"`
	Account      string   `json:"account"`
	Asks         []string `json:"asks"`
}

// Screenshot is a picture served by the window's own asset server.
type Screenshot struct {
	URL string `json:"url"`
	Alt string `json:"alt"`
}

// Requirement is a product or plan that must be there before the app is of use.
type Requirement struct {
	Product string `json:"product"`
	Tier    string `json:"tier"`
	Note    string `json:"note"`
}

// Resources are the pages where help is found; empty where none is known.
type Resources struct {
	SetupGuide    string    `json:"setupGuide"`
	Documentation string    `json:"documentation"`
	StatusPage    string    `json:"statusPage"`
	Terms         string    `json:"terms"`
	Support       []Support `json:"support"`
}

// Support is one way to reach people who help; By is "publisher" or "us".
type Support struct {
	By        string   `json:"by"`
	Email     string   `json:"email"`
	Page      string   `json:"page"`
	Chat      string   `json:"chat"`
	Phone     string   `json:"phone"`
	Languages []string `json:"languages"`
}

// Privacy says whose terms hold and where they stand.
type Privacy struct {
	MarketplaceTerms bool   `json:"marketplaceTerms"`
	Policy           string `json:"policy"`
	DataProcessing   string `json:"dataProcessing"`
}

// Pricing is what the app costs. Model is "free", "freemium", "trial", "paid" or
// "unknown"; Checked is a date as YYYY-MM-DD or empty.
type Pricing struct {
	Model   string `json:"model"`
	Plans   []Plan `json:"plans"`
	Page    string `json:"page"`
	Checked string `json:"checked"`
}

// Plan is a priced option. Both prices are for one month; a negative price is
// not offered or not published.
type Plan struct {
	Name     string   `json:"name"`
	Monthly  float64  `json:"monthly"`
	Yearly   float64  `json:"yearly"`
	Currency string   `json:"currency"`
	Note     string   `json:"note"`
	Features []string `json:"features"`
}

// SharedData is a kind of record that travels; Direction is "to_app", "from_app"
// or "both".
type SharedData struct {
	AccountObject string `json:"accountObject"`
	AppObject     string `json:"appObject"`
	Direction     string `json:"direction"`
	Note          string `json:"note"`
}

// Permission is a scope with its reason in plain words. Access is "read", "write"
// or "admin".
type Permission struct {
	Scope    string `json:"scope"`
	Reason   string `json:"reason"`
	Access   string `json:"access"`
	Optional bool   `json:"optional"`
}

// Operation is an action or trigger by its name. Unverified says that its call
// was not read at its source.
type Operation struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Unverified  bool   `json:"unverified"`
}

// Connecting says what it takes to connect. Kind is "oauth2", "api_key" or
// "none"; Client is "public", "registered", "own" or "forbidden".
type Connecting struct {
	Kind       string     `json:"kind"`
	Grant      string     `json:"grant"`
	Client     string     `json:"client"`
	Forbidden  string     `json:"forbidden"`
	HTTPSOnly  bool       `json:"httpsOnly"`
	Hosts      []string   `json:"hosts"`
	Variables  []Variable `json:"variables"`
	Notes      []string   `json:"notes"`
	Unverified bool       `json:"unverified"`
	KeyLabel   string     `json:"keyLabel"`
	KeyHelp    string     `json:"keyHelp"`
	KeyPage    string     `json:"keyPage"`
}

// Variable is a part of the provider's address that is asked for first.
type Variable struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Help    string `json:"help"`
	Pattern string `json:"pattern"`
	Example string `json:"example"`
	Default string `json:"default"`
}

// TrustRule is one visible rule of the trust panel: Rule names it, Verdict is
// "good", "neutral" or "poor", Evidence is what it rests on.
type TrustRule struct {
	Rule     string `json:"rule"`
	Verdict  string `json:"verdict"`
	Evidence string `json:"evidence"`
	Link     string `json:"link"`
}

// InstallState says whether the app can be installed now. Reason is empty, or
// "installed", "offline", "keychain", "no_right", "client_needed", "forbidden",
// or "not_connectable".
type InstallState struct {
	Allowed     bool     `json:"allowed"`
	Reason      string   `json:"reason"`
	Connections []string `json:"connections"`
}
