package bridge

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"

	"patchbay/app/connection"
	"patchbay/app/listing"
	"patchbay/app/provider"
)

// toListing is l as its page shows it.
func (b *Bridge) toListing(ctx context.Context, l listing.Listing) (Listing, error) {
	describedIn := l.DescribedIn(b.Reads())
	l = l.In(b.Reads())
	connected, err := b.Connections.List(ctx)
	if err != nil {
		return Listing{}, err
	}
	install, consents := b.install(ctx, l, connected)
	names := namesOf(connected)
	feeds, err := b.feedsOf(ctx, l.Slug)
	if err != nil {
		return Listing{}, err
	}
	out := Listing{
		Card:          b.toCard("", false, names.has)(l.Card()),
		PublisherSite: l.Publisher.Site, VerifiedDomain: l.Publisher.VerifiedDomain,
		CertifiedSince: l.CertifiedSince, FirstPublished: l.FirstPublished, Version: l.Version, Checked: l.Checked,
		Languages: texts(l.Languages), DescriptionHTML: listing.HTML(l.Description), DescribedIn: describedIn, Features: texts(l.Features),
		Screenshots: b.screenshots(l), DemoVideo: l.DemoVideo, Installs: l.Installs,
		WorksWith: texts(l.WorksWith), AccountNeeds: list(l.Requirements.Account, toRequirement),
		AppNeeds: list(l.Requirements.App, toRequirement), Resources: toResources(l.Resources),
		Privacy: Privacy(l.Privacy), Pricing: toPricing(l.Pricing),
		SharedData:  list(l.SharedData, func(s listing.SharedData) SharedData { return SharedData(s) }),
		Permissions: toPermissions(l.Connection.Scopes),
		Actions:     list(l.Actions, toOperation(l)), Triggers: list(l.Triggers, toOperation(l)),
		Connecting: toConnecting(l.Connection), Trust: list(l.Trust(b.Now(), names), toTrustRule), Install: install,
		Feeds: feeds, Consents: consents,
	}
	if l.Rating != nil {
		out.Rating, out.Ratings = l.Rating.Average, l.Rating.Count
	}
	return out, nil
}

// ScreenshotPath is where the window's asset server has the feeds' pictures.
const ScreenshotPath = "/screenshots/"

// screenshots are those of l's that are here: the pictures that other feeds name
// are not fetched.
func (b *Bridge) screenshots(l listing.Listing) []Screenshot {
	here := slices.DeleteFunc(slices.Clone(l.Screenshots), func(s listing.Screenshot) bool {
		_, err := fs.Stat(b.Screenshots, s.Image)
		return err != nil
	})
	return list(here, toScreenshot)
}

func toScreenshot(s listing.Screenshot) Screenshot {
	return Screenshot{URL: path.Join(ScreenshotPath, s.Image), Alt: s.Alt}
}

func toRequirement(r listing.Requirement) Requirement { return Requirement(r) }

func toResources(r listing.Resources) Resources {
	return Resources{
		SetupGuide: r.SetupGuide, Documentation: r.Documentation, StatusPage: r.StatusPage, Terms: r.Terms,
		Support: list(r.Support, func(s listing.Support) Support {
			return Support{By: s.By, Email: s.Email, Page: s.Page, Chat: s.Chat, Phone: s.Phone, Languages: texts(s.Languages)}
		}),
	}
}

func toPricing(p listing.Pricing) Pricing {
	return Pricing{Model: p.Model, Page: p.Page, Checked: p.Checked, Plans: list(p.Plans, func(plan listing.Plan) Plan {
		return Plan{
			Name: plan.Name, Monthly: price(plan.Monthly), Yearly: price(plan.Yearly), Currency: plan.Currency,
			Note: plan.Note, Features: texts(plan.Features),
		}
	})}
}

// price is p, or -1 where there is none.
func price(p *float64) float64 {
	if p == nil {
		return -1
	}
	return *p
}

func toPermissions(s provider.Scopes) []Permission {
	out := list(s.Required, toPermission(false))
	return append(out, list(s.Optional, toPermission(true))...)
}

func toPermission(optional bool) func(provider.Scope) Permission {
	return func(s provider.Scope) Permission {
		return Permission{Scope: s.Name, Reason: s.Reason, Access: s.Access, Optional: optional}
	}
}

func toOperation(l listing.Listing) func(listing.Operation) Operation {
	return func(o listing.Operation) Operation {
		confidence := cmp.Or(o.Confidence, l.Connection.Confidence)
		return Operation{ID: o.ID, Name: o.Name, Description: o.Description, Unverified: confidence == "unverified"}
	}
}

func toTrustRule(r listing.TrustRule) TrustRule {
	return TrustRule{Rule: r.Rule, Verdict: string(r.Verdict), Evidence: r.Evidence, Link: r.Link}
}

func toConnecting(p provider.Provider) Connecting {
	c := Connecting{
		Kind: p.Kind, Grant: p.Grant, Client: p.Client.Kind, Forbidden: p.Client.Forbidden,
		HTTPSOnly: p.Redirect.HTTPSOnly, Hosts: texts(p.Hosts), Notes: texts(p.Notes),
		Unverified: p.Confidence == "unverified", Variables: []Variable{},
	}
	for _, v := range p.Variables {
		if v.From == "form" {
			c.Variables = append(c.Variables, Variable{
				Name: v.Name, Label: v.Label, Help: v.Help, Pattern: v.Pattern, Example: v.Example, Default: v.Default,
			})
		}
	}
	if p.APIKey != nil {
		c.KeyLabel, c.KeyHelp, c.KeyPage = p.APIKey.Label, p.APIKey.Help, p.APIKey.Page
	}
	return c
}

// install says whether l can be installed now, and if not, why; and what it asks
// for that its connections were not made with.
func (b *Bridge) install(ctx context.Context, l listing.Listing, connected []connection.Connection) (InstallState, []Consent) {
	state, consents := InstallState{Connections: []string{}}, []Consent{}
	for _, c := range connected {
		if c.App.Slug != l.Slug {
			continue
		}
		state.Connections = append(state.Connections, c.ID)
		if asks := connection.AsksMore(c.App.Provider, l.Connection); len(asks) > 0 {
			consents = append(consents, Consent{ConnectionID: c.ID, Account: c.Label(), Asks: asks})
		}
	}
	state.Reason = b.obstacle(ctx, l, len(state.Connections) > 0)
	state.Allowed = state.Reason == "" || state.Reason == "client_needed"
	return state, consents
}

// obstacle names the first thing that keeps l from being installed.
func (b *Bridge) obstacle(ctx context.Context, l listing.Listing, installed bool) string {
	p := l.Connection
	keychain := b.keychain().State
	switch {
	case installed:
		return "installed"
	case p.Kind == "none":
		return "not_connectable"
	case p.Client.Kind == "forbidden":
		return "forbidden"
	case b.may(ctx, manageApps) != nil:
		return "no_right"
	case b.Machine.Offline() && !l.Sandbox:
		return "offline"
	case keychain != "ready" && keychain != "checking":
		return "keychain"
	case !b.Connections.HasClient(ctx, connection.App{Slug: l.Slug, Provider: p}, nil):
		return "client_needed"
	}
	return ""
}
