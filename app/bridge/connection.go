package bridge

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth"
)

// toConnection returns how connections are shown now.
func (b *Bridge) toConnection(ctx context.Context) (func(connection.Connection) Connection, error) {
	open, err := b.Alerts.Open(ctx)
	if err != nil {
		return nil, err
	}
	alerts := map[string]int{}
	for _, a := range open {
		alerts[a.Subject.Connection]++
	}
	icon, name := b.icons(ctx), b.nameOf(ctx)
	return func(c connection.Connection) Connection {
		return Connection{
			ID: c.ID, Slug: c.App.Slug, App: c.App.Name, Icon: icon(c.App.Slug), Sandbox: c.App.Sandbox,
			Account: c.AccountName, Name: c.Name, Purpose: c.Purpose, Owner: name(c.Owner),
			State: string(c.State), StateSince: ms(c.StateSince), ConnectedAt: ms(c.ConnectedAt),
			CheckedAt: ms(c.CheckedAt), UsedAt: ms(c.UsedAt), RenewalDies: ms(c.RenewalDies), Alerts: alerts[c.ID],
		}
	}, nil
}

// icons finds the icons of listings, each once; one that is gone has none.
func (b *Bridge) icons(ctx context.Context) func(slug string) Icon {
	found := map[string]Icon{}
	return func(slug string) Icon {
		icon, known := found[slug]
		if known {
			return icon
		}
		cards, err := b.Catalogue.Cards(ctx, []string{slug})
		if err == nil && len(cards) > 0 {
			icon = Icon(cards[0].Icon)
		}
		found[slug] = icon
		return icon
	}
}

func (b *Bridge) detail(ctx context.Context, id string) (ConnectionDetail, error) {
	c, err := b.Connections.Connection(ctx, id)
	if err != nil {
		return ConnectionDetail{}, err
	}
	view, err := b.toConnection(ctx)
	if err != nil {
		return ConnectionDetail{}, err
	}
	did, err := b.activity(ctx, ActivityFilter{ConnectionID: id, Limit: 100})
	if err != nil {
		return ConnectionDetail{}, err
	}
	diagnostics, err := b.Connections.Diagnostics(ctx, id)
	return ConnectionDetail{
		Connection: view(c), AccountID: c.AccountID, Permissions: granted(c), Activity: did,
		Technical: technical(c), ExpiresAt: ms(c.ExpiresAt), Diagnostics: diagnostics,
	}, err
}

// granted lists what was asked for and what was given, with what was given
// without being asked for last.
func granted(c connection.Connection) []GrantedPermission {
	out := []GrantedPermission{}
	known := toPermissions(c.App.Provider.Scopes)
	for _, p := range known {
		out = append(out, GrantedPermission{
			Permission: p, Asked: slices.Contains(c.Requested, p.Scope), Granted: slices.Contains(c.Granted, p.Scope),
		})
	}
	for _, scope := range c.Granted {
		if !slices.ContainsFunc(known, func(p Permission) bool { return p.Scope == scope }) {
			out = append(out, GrantedPermission{Permission: Permission{Scope: scope}, Granted: true})
		}
	}
	return out
}

// technical lists facts by keys that the page words.
func technical(c connection.Connection) []Detail {
	return []Detail{
		{"connection", c.ID}, {"account", c.AccountID}, {"hosts", strings.Join(c.App.Provider.Hosts, ", ")},
		{"reason", c.Reason}, {"failures", strconv.Itoa(c.Failures)}, {"expires", stamp(c.ExpiresAt)},
		{"checked", stamp(c.CheckedAt)},
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (b *Bridge) activity(ctx context.Context, f ActivityFilter) ([]Activity, error) {
	filter := connection.ActivityFilter{What: f.What, Slug: f.Slug, ConnectionID: f.ConnectionID, News: f.News, Limit: f.Limit}
	if f.Before > 0 {
		filter.Before = time.UnixMilli(f.Before)
	}
	did, err := b.Connections.History.Activity(ctx, filter)
	name := b.nameOf(ctx)
	return list(did, func(a connection.Activity) Activity {
		return Activity{
			ID: a.ID, At: ms(a.At), What: a.What, ConnectionID: a.ConnectionID, Slug: a.Slug, App: a.App,
			Account: a.Account, Person: name(a.Person), Note: a.Note,
		}
	}), err
}

// options are what was entered, with the person's own choice of window.
func (b *Bridge) options(ctx context.Context, o ConnectOptions) connection.ConnectOptions {
	out := connection.ConnectOptions{
		Variables: values(o.Variables), Optional: o.Optional, Window: connection.WindowKind(o.Window), Key: oauth.Secret(o.Key),
	}
	if out.Window == "" {
		p, err := b.Settings.Preferences(ctx)
		out.Window = connection.Automatic
		if err == nil {
			out.Window = connection.WindowKind(p.SignInWindow)
		}
	}
	return out
}

func values(given []NamedValue) map[string]string {
	out := make(map[string]string, len(given))
	for _, v := range given {
		out[v.Name] = v.Value
	}
	return out
}

func (b *Bridge) toAttempt(ctx context.Context, a connection.Attempt) Attempt {
	out := Attempt{
		ID: a.ID, Slug: a.App.Slug, App: a.App.Name, Icon: b.icons(ctx)(a.App.Slug), Reconnect: a.Reconnect,
		Phase: string(a.Phase), Host: a.Host, URL: a.URL, Window: string(a.Window), UserCode: a.UserCode,
		VerifyURL: a.VerifyURL, Expires: ms(a.Expires), ConnectionID: a.Connection, Account: a.Account, Other: a.Other, Pastes: a.Pastes,
		What: a.What, Options: list(a.Options, func(o connection.Option) Option { return Option(o) }),
	}
	if a.Err != nil {
		out.Code, out.Field, out.Message = string(fault.CodeOf(a.Err)), fault.FieldOf(a.Err), a.Err.Error()
	}
	return out
}

func entered(e ClientEntry, variables map[string]string) connection.ClientEntry {
	return connection.ClientEntry{
		Variables: variables, ID: e.ClientID, Secret: oauth.Secret(e.ClientSecret), Redirect: e.RedirectURI, SecretExpires: at(e.ExpiresAt),
	}
}

// place is the app that a client is for, and the variables that make its hosts.
func (b *Bridge) place(ctx context.Context, p ClientPlace) (connection.App, map[string]string, error) {
	variables := values(p.Variables)
	if p.ConnectionID != "" {
		c, err := b.Connections.Connection(ctx, p.ConnectionID)
		if err != nil {
			return connection.App{}, nil, err
		}
		p.Slug, variables = c.App.Slug, c.Variables
	}
	app, err := b.Directory.App(ctx, p.Slug)
	return app, variables, err
}

func (b *Bridge) clientSetup(ctx context.Context, app connection.App, variables map[string]string) ClientSetup {
	c := app.Provider.Client
	known := b.Connections.StoredClientOf(ctx, app, variables)
	setup := ClientSetup{
		Asks: texts(app.Provider.ClientVariables()), Hosts: app.ClientHosts(variables),
		Slug: app.Slug, App: app.Name, Console: app.Console(variables), AppType: c.AppType, RedirectURI: connection.Redirect(app.Provider).URI(),
		Steps: texts(c.Steps), SecretNeeded: c.SecretNeeded, ClientID: known.ID, HasSecret: known.HasSecret, Forbidden: c.Forbidden,
		OwnRedirect: app.Provider.Redirect.HTTPSOnly, ExpiresAt: ms(known.SecretExpires),
	}
	if setup.OwnRedirect {
		setup.RedirectURI = known.Redirect
	}
	return setup
}

func (b *Bridge) toPreview(ctx context.Context, p connection.Preview) (UninstallPreview, error) {
	c := p.Connection
	view, err := b.toConnection(ctx)
	if err != nil {
		return UninstallPreview{}, err
	}
	return UninstallPreview{
		ConnectionID: c.ID, App: c.App.Name, Account: c.Label(), Phrase: b.phrase(c.App), CanRevoke: p.CanRevoke,
		RevokePage: c.RevokePage(), CanPause: p.CanPause, Steps: toSteps(c.App.AfterSteps),
		Dependents: list(p.Dependents, func(d connection.Dependent) Dependent { return Dependent(d) }),
		Others:     list(p.Others, view),
	}, nil
}

func toSteps(steps []connection.Step) []UninstallStep {
	out := []UninstallStep{}
	for i, s := range steps {
		out = append(out, UninstallStep{ID: strconv.Itoa(i), Text: s.Text, Link: s.Link, Done: s.Done})
	}
	return out
}

func (b *Bridge) toReceipt(ctx context.Context) (func(connection.Receipt) Receipt, error) {
	pending, err := b.Connections.Pending(ctx)
	name := b.nameOf(ctx)
	return func(r connection.Receipt) Receipt {
		waits := pending[r.ID]
		return Receipt{
			NextTry: ms(waits.NextTry), Tries: waits.Tries,
			ID: r.ID, ConnectionID: r.ConnectionID, Slug: r.App.Slug, App: r.App.Name, Account: r.Account, At: ms(r.At),
			Person: name(r.Person), Revoked: string(r.Outcome), RevokeDetail: r.Detail,
			RevokePage: r.App.Provider.RevokePage, Steps: toSteps(r.Steps),
			// Labels are keys that the page words.
			Removed: []Detail{{"tokens", ""}, {"permissions", strconv.Itoa(len(r.Scopes))}, {"account", r.Account}},
			Kept:    []Detail{{"activity", ""}, {"receipt", ""}},
		}
	}, err
}
