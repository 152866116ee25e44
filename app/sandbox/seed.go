package sandbox

import "time"

// example is one record of the first practice data, for the accounts of the app.
// A value "@name" stands for the id of the record that was labelled so.
type example struct {
	collection string
	label      string
	age        time.Duration // before now
	fields     map[string]any
}

const day = 24 * time.Hour

var examples = map[string][]example{
	"crm": {
		{"contacts", "one", 34 * day, map[string]any{"email": "alex@example.com", "first_name": "Alex", "last_name": "Example", "company": "Acme Garden", "phone": "+1 202 555 0101"}},
		{"contacts", "two", 21 * day, map[string]any{"email": "robin@example.org", "first_name": "Robin", "last_name": "Sample", "company": "Acme Paper", "phone": "+1 202 555 0102"}},
		{"contacts", "three", 6 * day, map[string]any{"email": "kim@example.net", "first_name": "Kim", "last_name": "Placeholder", "company": "Acme Lights", "phone": "+1 202 555 0103"}},
		{"deals", "", 20 * day, map[string]any{"title": "Spring order", "contact_id": "@one", "amount": int64(480000), "currency": "EUR", "stage": "won"}},
		{"deals", "", 9 * day, map[string]any{"title": "Office supplies for a year", "contact_id": "@two", "amount": int64(1250000), "currency": "EUR", "stage": "qualified"}},
		{"deals", "", 2 * day, map[string]any{"title": "New lamps", "contact_id": "@three", "amount": int64(96500), "currency": "EUR", "stage": "new"}},
	},
	"chat": {
		{"channels", "general", 60 * day, map[string]any{"name": "general", "topic": "What everybody should know"}},
		{"channels", "sales", 60 * day, map[string]any{"name": "sales", "topic": "Deals and customers"}},
		{"channels", "alerts", 60 * day, map[string]any{"name": "alerts", "topic": "What machines have to say"}},
		{"messages", "", 3 * day, map[string]any{"channel_id": "@general", "text": "Welcome to Sandbox Chat. Nothing here leaves this computer.", "author": "Sandbox"}},
		{"messages", "", 2 * day, map[string]any{"channel_id": "@sales", "text": "The spring order is signed.", "author": "Alex Example"}},
		{"messages", "", 26 * time.Hour, map[string]any{"channel_id": "@sales", "text": "Good news. I will send the invoice today.", "author": "Kim Placeholder"}},
	},
	"billing": {
		{"customers", "garden", 50 * day, map[string]any{"name": "Acme Garden", "email": "billing@garden.example.com"}},
		{"customers", "paper", 40 * day, map[string]any{"name": "Acme Paper", "email": "billing@paper.example.com"}},
		{"invoices", "", 30 * day, map[string]any{"customer_id": "@garden", "amount": int64(480000), "currency": "EUR", "description": "Spring order", "status": "paid"}},
		{"invoices", "", 12 * day, map[string]any{"customer_id": "@paper", "amount": int64(104167), "currency": "EUR", "description": "Office supplies, first month", "status": "open"}},
	},
}

// seed gives every account its first data in place of what it has.
func (st *state) seed(now time.Time) {
	for _, a := range apps {
		st.reset(a, now)
	}
}

// reset gives the accounts of one app their first data in place of what they have.
func (st *state) reset(a *app, now time.Time) {
	for i, account := range a.accounts {
		data := &accountData{Records: map[string][]*record{}}
		st.Apps[a.slug].Accounts[account.ID] = data
		all := examples[a.slug]
		// One example less in the second account lets a person tell them apart.
		st.fillWithExamples(a, data, all[:len(all)-i], now)
	}
}

func (st *state) fillWithExamples(a *app, data *accountData, all []example, now time.Time) {
	ids := map[string]string{}
	for _, x := range all {
		c, _ := a.collection(x.collection)
		fields := map[string]any{}
		for name, value := range x.fields {
			if s, ok := value.(string); ok && len(s) > 1 && s[0] == '@' {
				value = ids[s[1:]]
			}
			fields[name] = value
		}
		ids[x.label] = st.add(data, c, fields, now.Add(-x.age)).ID
	}
}
