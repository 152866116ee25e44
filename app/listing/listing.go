package listing

import (
	"encoding/json"

	"patchbay/app/provider"
)

// Listing is one app as offered in the marketplace: the document that a
// publisher writes and a feed carries. Its fields are those of
// schema/listing.schema.json, which describes each of them; [Check] holds a
// document against it. Text is untrusted until a feed has cleaned it.
type Listing struct {
	Slug           string            `json:"slug"`
	Name           string            `json:"name"`
	Publisher      Publisher         `json:"publisher"`
	BuiltByUs      bool              `json:"builtByUs,omitempty"`
	Sandbox        bool              `json:"sandbox,omitempty"`
	CertifiedSince string            `json:"certifiedSince,omitempty"`
	FirstPublished string            `json:"firstPublished"`
	Version        string            `json:"version"`
	Checked        string            `json:"checked"`
	Languages      []string          `json:"languages,omitempty"`
	Icon           Icon              `json:"icon"`
	Tagline        string            `json:"tagline"`
	Description    string            `json:"description"`
	Features       []string          `json:"features"`
	Categories     []string          `json:"categories"`
	SearchTerms    []string          `json:"searchTerms,omitempty"`
	Screenshots    []Screenshot      `json:"screenshots,omitempty"`
	DemoVideo      string            `json:"demoVideo,omitempty"`
	Installs       int64             `json:"installs,omitempty"`
	Rating         *Rating           `json:"rating,omitempty"`
	WorksWith      []string          `json:"worksWith,omitempty"`
	Requirements   Requirements      `json:"requirements,omitzero"`
	Resources      Resources         `json:"resources"`
	Privacy        Privacy           `json:"privacy"`
	Pricing        Pricing           `json:"pricing"`
	SharedData     []SharedData      `json:"sharedData,omitempty"`
	Connection     provider.Provider `json:"connection"`
	Actions        []Operation       `json:"actions,omitempty"`
	Triggers       []Operation       `json:"triggers,omitempty"`
	Uninstall      Uninstall         `json:"uninstall,omitzero"`
	Texts          map[string]Text   `json:"texts,omitempty"`
}

// Publisher is who offers the app. Domain is verified only when the feed's
// curator has checked that the publisher owns it.
type Publisher struct {
	Name           string `json:"name"`
	Site           string `json:"site"`
	VerifiedDomain string `json:"verifiedDomain,omitempty"`
}

// Icon is the app's mark: a brand of the bundled icon set, or a monogram drawn
// from the name. Color is the brand's, as #rrggbb.
type Icon struct {
	Brand string `json:"brand,omitempty"`
	Color string `json:"color,omitempty"`
}

// Screenshot is a picture bundled with the feed, with a text for those who
// cannot see it.
type Screenshot struct {
	Image string `json:"image"`
	Alt   string `json:"alt"`
}

// Rating is the mean of Count reviews, from 1 to 5.
type Rating struct {
	Average float64 `json:"average"`
	Count   int     `json:"count"`
}

// Requirements says what must be there before the app can be used: in the
// customer's own account, and at the app.
type Requirements struct {
	Account []Requirement `json:"account,omitempty"`
	App     []Requirement `json:"app,omitempty"`
}

// Requirement is a product or plan with the tier that is needed and a note.
type Requirement struct {
	Product string `json:"product"`
	Tier    string `json:"tier,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Resources are the pages where help is found. Empty means that none is known.
type Resources struct {
	SetupGuide    string    `json:"setupGuide,omitempty"`
	Documentation string    `json:"documentation,omitempty"`
	StatusPage    string    `json:"statusPage,omitempty"`
	Terms         string    `json:"terms,omitempty"`
	Support       []Support `json:"support,omitempty"`
}

// Support is one way to reach people who help. By is "publisher" or "us".
type Support struct {
	By        string   `json:"by"`
	Email     string   `json:"email,omitempty"`
	Page      string   `json:"page,omitempty"`
	Chat      string   `json:"chat,omitempty"`
	Phone     string   `json:"phone,omitempty"`
	Languages []string `json:"languages,omitempty"`
}

// Privacy says whose terms hold for the data that the app gets.
type Privacy struct {
	MarketplaceTerms bool   `json:"marketplaceTerms"`
	Policy           string `json:"policy,omitempty"`
	DataProcessing   string `json:"dataProcessing,omitempty"`
}

// Pricing is what the app costs at its publisher. Model is "free", "freemium",
// "trial" or "paid", or "unknown". Checked is the day somebody last looked.
type Pricing struct {
	Model   string `json:"model"`
	Plans   []Plan `json:"plans,omitempty"`
	Page    string `json:"page,omitempty"`
	Checked string `json:"checked,omitempty"`
}

// Plan is a priced option. Both prices are for one month, in the currency's
// main unit: Monthly when billed each month, Yearly when billed once a year.
// A nil price is not offered or not published; 0 is free.
type Plan struct {
	Name     string   `json:"name"`
	Monthly  *float64 `json:"monthly,omitempty"`
	Yearly   *float64 `json:"yearly,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Note     string   `json:"note,omitempty"`
	Features []string `json:"features,omitempty"`
}

// SharedData is a kind of record that travels between the account and the app.
// Direction is "to_app", "from_app" or "both".
type SharedData struct {
	AccountObject string `json:"accountObject"`
	AppObject     string `json:"appObject"`
	Direction     string `json:"direction"`
	Note          string `json:"note,omitempty"`
}

// Uninstall holds what is left to do at the provider once the app is gone, and
// the word to type instead of the usual one, when the publisher wants it.
type Uninstall struct {
	Phrase string          `json:"phrase,omitempty"`
	Steps  []UninstallStep `json:"steps,omitempty"`
}

// UninstallStep is one thing to do by hand, with a link where it is done.
type UninstallStep struct {
	Text string `json:"text"`
	Link string `json:"link,omitempty"`
}

// Text is the part of a listing that is written once per language.
type Text struct {
	Tagline     string   `json:"tagline"`
	Description string   `json:"description,omitempty"`
	Features    []string `json:"features,omitempty"`
}

// Operation is something a workflow can ask of the app (an action) or learn
// from it by asking again and again (a trigger).
type Operation struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description,omitempty"`
	Scopes      []string         `json:"scopes,omitempty"`
	Input       []Field          `json:"input,omitempty"`
	Request     provider.Request `json:"request"`
	Output      []Output         `json:"output,omitempty"`
	// Safety says what a crash may repeat: "idempotent", "keyed" or "unsafe".
	Safety string `json:"safety"`
	// Key says where an idempotency key goes, for keyed operations: "header NAME"
	// or "body PATH" or "query NAME".
	Key string `json:"key,omitempty"`
	// Confidence is "unverified" when the call was not read at its source.
	Confidence string `json:"confidence,omitempty"`
	// Poll is set for triggers only.
	Poll *Poll `json:"poll,omitempty"`
}

// Field is a value that a person or an earlier step gives to an operation. Type
// is "string", "text", "number", "boolean", "date", "datetime", "email", "url",
// "json" or "list".
type Field struct {
	Name     string `json:"name"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
	Help     string `json:"help,omitempty"`
}

// Output names a value of the answer, by an RFC 9535 JSONPath.
type Output struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

// Poll says how a trigger finds what is new in the answer. Items selects the
// items; ID and Time are JSONPaths from one item. Since is how {{since}} is
// written in the request: "rfc3339" (UTC, whole seconds), "unix", "unix_ms" or
// "date"; "" is "rfc3339".
type Poll struct {
	Items string `json:"items"`
	ID    string `json:"id,omitempty"`
	Time  string `json:"time,omitempty"`
	Since string `json:"since,omitempty"`
}

// Parse reads a document without judging it; see [Check].
func Parse(document []byte) (Listing, error) {
	var l Listing
	err := json.Unmarshal(document, &l)
	return l, err
}
