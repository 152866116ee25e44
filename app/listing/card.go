package listing

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"patchbay/app/listing/index"
)

// Card is the part of a listing that a list of results shows.
type Card struct {
	Slug       string            `json:"slug"`
	Name       string            `json:"name"`
	Tagline    string            `json:"tagline"`
	Taglines   map[string]string `json:"taglines,omitempty"`
	Publisher  string            `json:"publisher"`
	Verified   bool              `json:"verified,omitempty"`
	Icon       Icon              `json:"icon"`
	Categories []string          `json:"categories"`
	Pricing    string            `json:"pricing"`
	Certified  bool              `json:"certified,omitempty"`
	BuiltByUs  bool              `json:"builtByUs,omitempty"`
	Sandbox    bool              `json:"sandbox,omitempty"`
}

// Card returns the card of l.
func (l Listing) Card() Card {
	c := Card{
		Slug: l.Slug, Name: l.Name, Tagline: l.Tagline, Publisher: l.Publisher.Name,
		Verified: l.Publisher.VerifiedDomain != "", Icon: l.Icon, Categories: l.Categories,
		Pricing: l.Pricing.Model, Certified: l.CertifiedSince != "", BuiltByUs: l.BuiltByUs, Sandbox: l.Sandbox,
	}
	for language, text := range l.Texts {
		if c.Taglines == nil {
			c.Taglines = map[string]string{}
		}
		c.Taglines[language] = text.Tagline
	}
	return c
}

// TaglineIn returns the tagline in language, or as written, and what language that is.
func (c Card) TaglineIn(language string) (text, in string) {
	if text, ok := c.Taglines[language]; ok && text != "" {
		return text, language
	}
	return c.Tagline, DefaultLanguage
}

// DescribedIn returns the language of the description that [Listing.In] gives for one.
func (l Listing) DescribedIn(language string) string {
	if l.Texts[language].Description != "" {
		return language
	}
	return DefaultLanguage
}

// In returns l with its texts in language, where it has them.
func (l Listing) In(language string) Listing {
	t, ok := l.Texts[language]
	if !ok {
		return l
	}
	l.Tagline = cmp.Or(t.Tagline, l.Tagline)
	l.Description = cmp.Or(t.Description, l.Description)
	if len(t.Features) > 0 {
		l.Features = t.Features
	}
	return l
}

// DefaultLanguage is the language that a listing's own texts are in.
const DefaultLanguage = "en"

// indexed returns what the index needs to know of l.
func (l Listing) indexed() index.Document {
	d := index.Document{
		Slug: l.Slug, Name: l.Name, Tagline: l.Tagline, Description: l.Description,
		Publisher: l.Publisher.Name, Features: l.Features, SearchTerms: l.SearchTerms,
		Installs: l.Installs, Languages: append(slices.Sorted(maps.Keys(l.Texts)), DefaultLanguage),
		Facets: l.facets(),
	}
	for _, o := range slices.Concat(l.Actions, l.Triggers) {
		d.Actions = append(d.Actions, o.Name)
	}
	if day, err := time.Parse(time.DateOnly, l.FirstPublished); err == nil {
		d.Published = day.Unix() / (24 * 60 * 60)
	}
	for language, t := range l.Texts {
		if d.Texts == nil {
			d.Texts = map[string]index.Text{}
		}
		d.Texts[language] = index.Text{Tagline: t.Tagline, Description: t.Description, Features: t.Features}
	}
	return d
}

// Yes is the value of facets that are either so or not.
const Yes = "yes"

// Sandbox is the facet that tells practice apps from real ones.
const Sandbox index.Facet = "sandbox"

// facets are the values by which l can be filtered.
func (l Listing) facets() map[index.Facet][]string {
	f := map[index.Facet][]string{
		index.Category:   l.Categories,
		index.Price:      {l.Pricing.Model},
		index.WorksWith:  l.WorksWith,
		index.Connection: {l.Connection.Kind},
		Sandbox:          {"no"},
	}
	if len(l.Actions) > 0 {
		f[index.Feature] = append(f[index.Feature], "actions")
	}
	if len(l.Triggers) > 0 {
		f[index.Feature] = append(f[index.Feature], "triggers")
	}
	if len(l.SharedData) > 0 {
		f[index.Feature] = append(f[index.Feature], "shared_data")
	}
	for facet, is := range map[index.Facet]bool{
		index.Certified: l.CertifiedSince != "", index.BuiltByUs: l.BuiltByUs, index.NoSetup: l.ConnectsWithoutSetup(),
	} {
		if is {
			f[facet] = []string{Yes}
		}
	}
	if l.Sandbox {
		f[Sandbox] = []string{Yes}
	}
	return f
}

// ConnectsWithoutSetup reports whether an admin can connect the app without
// making an OAuth client at the provider first.
func (l Listing) ConnectsWithoutSetup() bool {
	switch c := l.Connection; c.Kind {
	case "oauth2":
		return c.Client.Kind == "public" || c.Client.Kind == "registered"
	case "api_key":
		return true
	}
	return false
}
