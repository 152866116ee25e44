package bridge

import (
	"context"
	"maps"
	"slices"

	"patchbay/app/connection"
	"patchbay/app/listing"
	"patchbay/app/listing/index"
)

// Catalogue is Discover, the listing pages and the feeds.
type Catalogue struct{ b *Bridge }

// cardsInCollection is how many listings of a collection Discover shows.
const cardsInCollection = 12

// Home returns what Discover shows before anything is typed.
func (c *Catalogue) Home() (_ Home, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	all, err := c.b.find(ctx, index.Query{Limit: -1, Filters: c.b.hidden(ctx)})
	if err != nil {
		return Home{}, err
	}
	home := Home{Categories: facetOf(all.Result, index.Category).Values, Collections: []Collection{}}
	collections, err := c.b.Catalogue.Collections(ctx)
	if err != nil {
		return home, err
	}
	installed, showSandbox := c.b.installed(ctx), len(c.b.hidden(ctx)) == 0
	for _, collection := range collections {
		cards, err := c.b.Catalogue.Cards(ctx, collection.Slugs)
		if err != nil {
			return home, err
		}
		cards = slices.DeleteFunc(cards, func(card listing.Card) bool { return card.Sandbox && !showSandbox })
		if len(cards) == 0 {
			continue
		}
		title, description := collection.In(c.b.Reads())
		home.Collections = append(home.Collections, Collection{
			ID: collection.ID, Title: title, Description: description,
			Cards: list(cards[:min(len(cards), cardsInCollection)], c.b.toCard("", false, installed)),
		})
	}
	return home, nil
}

// Search returns one page of results.
func (c *Catalogue) Search(q Search) (_ Results, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	filters := c.b.hidden(ctx)
	for _, f := range q.Filters {
		if len(f.Values) > 0 {
			filters[index.Facet(f.Facet)] = f.Values
		}
	}
	found, err := c.b.find(ctx, index.Query{
		Text: q.Text, Filters: filters, Sort: index.Sort(q.Sort), Offset: q.Offset, Limit: min(q.Limit, 200),
	})
	if err != nil {
		return Results{}, err
	}
	r := Results{
		Total: found.Result.Total, Drop: []Dropped{}, Facets: []Facet{},
		Cards: list(found.Cards, c.b.toCard(q.Text, found.Result.Corrected, c.b.installed(ctx))),
	}
	for _, facet := range slices.Sorted(maps.Keys(found.Result.Facets)) {
		if facet != listing.Sandbox {
			r.Facets = append(r.Facets, facetOf(found.Result, facet))
		}
	}
	for _, f := range r.Facets {
		if f.ID == string(index.WorksWith) {
			if err := c.b.nameApps(ctx, f); err != nil {
				return r, err
			}
		}
	}
	for _, drop := range found.Result.Drops {
		if drop.Facet != listing.Sandbox {
			r.Drop = append(r.Drop, Dropped{Facet: string(drop.Facet), Count: drop.Total})
		}
	}
	return r, nil
}

// facetValues is how many values of a facet are worth showing.
const facetValues = 40

func (b *Bridge) find(ctx context.Context, q index.Query) (listing.Found, error) {
	q.Values = facetValues
	// English is what listings are written in; it would put every listing first.
	if language := b.Reads(); language != listing.DefaultLanguage {
		q.Language = language
	}
	return b.Catalogue.Search(ctx, q)
}

// hidden is the filter that keeps the practice apps out, if they are to be hidden.
func (b *Bridge) hidden(ctx context.Context) map[index.Facet][]string {
	filters := map[index.Facet][]string{}
	if p, err := b.Settings.Preferences(ctx); err == nil && !p.ShowSandbox {
		filters[listing.Sandbox] = []string{"no"}
	}
	return filters
}

// installed reports which listings are connected.
func (b *Bridge) installed(ctx context.Context) func(slug string) bool {
	connected, err := b.Connections.List(ctx)
	if err != nil {
		return func(string) bool { return false }
	}
	return namesOf(connected).has
}

// appNames is what apps are called, by slug.
type appNames map[string]string

func (n appNames) has(slug string) bool { _, ok := n[slug]; return ok }

// namesOf returns what the apps that are connected are called.
func namesOf(connected []connection.Connection) appNames {
	names := appNames{}
	for _, c := range connected {
		names[c.App.Slug] = c.App.Name
	}
	return names
}

func (b *Bridge) toCard(query string, corrected bool, installed func(string) bool) func(listing.Card) Card {
	language := b.Reads()
	return func(c listing.Card) Card {
		tagline, in := c.TaglineIn(language)
		return Card{
			Slug: c.Slug, Name: c.Name, Tagline: tagline, Language: in, Publisher: c.Publisher, Verified: c.Verified,
			Icon: Icon(c.Icon), Categories: texts(c.Categories), Pricing: c.Pricing, Certified: c.Certified,
			BuiltByUs: c.BuiltByUs, Sandbox: c.Sandbox, Installed: installed(c.Slug),
			NameMarks: marks(query, c.Name, corrected), TaglineMarks: marks(query, tagline, corrected),
		}
	}
}

func marks(query, text string, corrected bool) []Mark {
	if query == "" {
		return []Mark{}
	}
	return list(index.Matches(query, text, corrected), func(s index.Span) Mark { return Mark(s) })
}

func facetOf(r index.Result, facet index.Facet) Facet {
	return Facet{ID: string(facet), Values: list(r.Facets[facet], func(c index.Count) FacetValue { return FacetValue{Value: c.Value, Count: c.Count} })}
}

// nameApps fills in what the apps are called whose slugs are the values of f.
func (b *Bridge) nameApps(ctx context.Context, f Facet) error {
	slugs := list(f.Values, func(v FacetValue) string { return v.Value })
	cards, err := b.Catalogue.Cards(ctx, slugs)
	names := map[string]string{}
	for _, card := range cards {
		names[card.Slug] = card.Name
	}
	for i := range f.Values {
		f.Values[i].Name = names[f.Values[i].Value]
	}
	return err
}

// Listing returns everything about one listing.
func (c *Catalogue) Listing(slug string) (_ Listing, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	l, err := c.b.Catalogue.Listing(ctx, slug)
	if err != nil {
		return Listing{}, err
	}
	return c.b.toListing(ctx, l)
}

// mostCompared is how many listings fit side by side.
const mostCompared = 3

// Compare returns up to three listings, in the order asked for.
func (c *Catalogue) Compare(slugs []string) (_ []Listing, err error) {
	defer guard(&err)
	ctx, done := c.b.ctx()
	defer done()
	out := []Listing{}
	for _, slug := range slugs[:min(len(slugs), mostCompared)] {
		l, err := c.b.Catalogue.Listing(ctx, slug)
		if err != nil {
			return nil, err
		}
		view, err := c.b.toListing(ctx, l)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, nil
}
