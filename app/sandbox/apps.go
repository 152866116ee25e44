package sandbox

import "slices"

// App says what one practice app is and where its parts are, for whoever
// describes it elsewhere. It holds nothing secret.
type App struct {
	Slug     string    // "crm", "chat" or "billing"
	Name     string    // "Sandbox CRM"
	Issuer   string    // base URL + "/" + Slug; its metadata is at /.well-known below it
	Scopes   []string  // in the order in which the consent page lists them
	Accounts []Account // whom one can sign in as
}

// Account is one of the two accounts of a practice app.
type Account struct {
	ID    string // stable, for example "acct_crm_north"
	Name  string // for example "Acme North"
	Email string // at a domain that cannot exist (RFC 2606)
}

// Apps returns the three practice apps as they are, or would be, served at base,
// the value of [Server.URL]. The caller owns the answer.
func Apps(base string) []App {
	var out []App
	for _, a := range apps {
		out = append(out, a.public(base))
	}
	return out
}

func (a *app) public(base string) App {
	return App{
		Slug: a.slug, Name: a.name, Issuer: base + "/" + a.slug,
		Scopes: slices.Clone(a.scopes), Accounts: slices.Clone(a.accounts),
	}
}

// app is one practice app as the code knows it. Its words for people are in the
// texts, under keys made of slug, scope and collection.
type app struct {
	slug        string
	name        string
	scopes      []string
	accounts    []Account
	collections []collection
}

// scopeAccount lets a client read which account it is connected to. All apps
// have it; it is the one that "Drop a scope" takes away unless told otherwise,
// because GET /me, which every probe asks, needs it.
const scopeAccount = "account.read"

var apps = []*app{
	{
		slug: "crm", name: "Sandbox CRM",
		scopes: []string{scopeAccount, "crm.contacts.read", "crm.contacts.write", "crm.deals.read", "crm.deals.write"},
		accounts: []Account{
			{ID: "acct_crm_north", Name: "Acme North", Email: "admin@north.acme.example"},
			{ID: "acct_crm_south", Name: "Acme South", Email: "admin@south.acme.example"},
		},
		collections: []collection{
			{
				name: "contacts", prefix: "con", read: "crm.contacts.read", write: "crm.contacts.write", unique: "email",
				fields: []field{
					{name: "email", kind: email, required: true}, {name: "first_name"}, {name: "last_name"},
					{name: "company"}, {name: "phone"},
				},
			},
			{
				name: "deals", prefix: "deal", read: "crm.deals.read", write: "crm.deals.write",
				fields: []field{
					{name: "title", required: true}, {name: "contact_id", ref: "contacts"},
					{name: "amount", kind: money}, {name: "currency", kind: currency},
					{name: "stage", choices: []string{"new", "qualified", "won", "lost"}},
				},
			},
		},
	},
	{
		slug: "chat", name: "Sandbox Chat",
		scopes: []string{scopeAccount, "chat.channels.read", "chat.messages.read", "chat.messages.write"},
		accounts: []Account{
			{ID: "acct_chat_studio", Name: "Acme Studio", Email: "admin@studio.acme.example"},
			{ID: "acct_chat_workshop", Name: "Acme Workshop", Email: "admin@workshop.acme.example"},
		},
		collections: []collection{
			{
				name: "channels", prefix: "chn", read: "chat.channels.read",
				fields: []field{{name: "name", required: true}, {name: "topic"}},
			},
			{
				name: "messages", prefix: "msg", read: "chat.messages.read", write: "chat.messages.write",
				fields: []field{
					{name: "channel_id", ref: "channels", required: true}, {name: "text", required: true, long: true},
					{name: "author", def: clientName(ClientID)},
				},
			},
		},
	},
	{
		slug: "billing", name: "Sandbox Billing",
		scopes: []string{
			scopeAccount, "billing.customers.read", "billing.customers.write", "billing.invoices.read", "billing.invoices.write",
		},
		accounts: []Account{
			{ID: "acct_billing_retail", Name: "Acme Retail", Email: "admin@retail.acme.example"},
			{ID: "acct_billing_wholesale", Name: "Acme Wholesale", Email: "admin@wholesale.acme.example"},
		},
		collections: []collection{
			{
				name: "customers", prefix: "cus", read: "billing.customers.read", write: "billing.customers.write", unique: "email",
				fields: []field{{name: "name", required: true}, {name: "email", kind: email, required: true}},
			},
			{
				name: "invoices", prefix: "inv", read: "billing.invoices.read", write: "billing.invoices.write",
				fields: []field{
					{name: "customer_id", ref: "customers", required: true},
					{name: "amount", kind: money, required: true}, {name: "currency", kind: currency},
					{name: "description"}, {name: "status", choices: []string{"open", "paid", "void"}},
				},
			},
		},
	},
}

func appBySlug(slug string) *app {
	for _, a := range apps {
		if a.slug == slug {
			return a
		}
	}
	return nil
}

func (a *app) account(id string) (Account, bool) {
	i := slices.IndexFunc(a.accounts, func(c Account) bool { return c.ID == id })
	if i < 0 {
		return Account{}, false
	}
	return a.accounts[i], true
}

func (a *app) collection(name string) (collection, bool) {
	i := slices.IndexFunc(a.collections, func(c collection) bool { return c.name == name })
	if i < 0 {
		return collection{}, false
	}
	return a.collections[i], true
}

func (a *app) hasScope(scope string) bool { return slices.Contains(a.scopes, scope) }

// inOrder returns scopes in the order of the consent page, never nil.
func (a *app) inOrder(scopes []string) []string {
	out := []string{}
	for _, s := range a.scopes {
		if slices.Contains(scopes, s) {
			out = append(out, s)
		}
	}
	return out
}
