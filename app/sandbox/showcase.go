package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// showcase is the page of an app that shows the data of one account, so that
// what a workflow did can be seen. It is open to whoever sits at this computer.
type showcase struct {
	app   *app
	store *store
	pages *pages
}

// table is one collection on the page, newest record first.
type table struct {
	Name    string
	Columns []string
	Rows    []row
}

type row struct {
	ID    string
	Cells []cell
	When  time.Time
}

type cell struct {
	Column, Text string
	Tag          string // the raw value of a choice, for its colour
}

func (s *showcase) show(w http.ResponseWriter, r *http.Request) {
	account, ok := s.app.account(r.FormValue("account"))
	if !ok {
		account = s.app.accounts[0]
	}
	var tables []table
	s.store.view(func(st *state) {
		data := st.Apps[s.app.slug].Accounts[account.ID]
		for _, c := range s.app.collections {
			tables = append(tables, data.table(s.pages.lang(), c))
		}
	})
	s.pages.show(w, r, "data", s.app, map[string]any{"Account": account, "Accounts": s.app.accounts, "Tables": tables})
}

func (d *accountData) table(lang string, c collection) table {
	out := table{Name: c.name}
	for _, f := range c.fields {
		if f.kind != currency {
			out.Columns = append(out.Columns, f.name)
		}
	}
	for _, rec := range slices.Backward(d.Records[c.name]) {
		out.Rows = append(out.Rows, row{ID: rec.ID, When: rec.Created, Cells: d.cells(lang, c, rec)})
	}
	return out
}

func (d *accountData) cells(lang string, c collection, rec *record) []cell {
	var out []cell
	for _, f := range c.fields {
		value := plain(rec.Fields[f.name])
		x := cell{Column: f.name, Text: value}
		switch {
		case f.kind == currency:
			continue
		case f.kind == money:
			x.Text = amount(lang, value, plain(rec.Fields["currency"]))
		case f.ref != "":
			x.Text = d.label(f.ref, value)
		case len(f.choices) > 0:
			x.Tag = value
		}
		out = append(out, x)
	}
	return out
}

// label is what a person calls the record behind an id.
func (d *accountData) label(collection, id string) string {
	rec := d.find(collection, id)
	if rec == nil {
		return ""
	}
	if first := plain(rec.Fields["first_name"]); first != "" {
		return first + " " + plain(rec.Fields["last_name"])
	}
	for _, name := range []string{"name", "email"} {
		if value := plain(rec.Fields[name]); value != "" {
			return value
		}
	}
	return id
}

// amount writes cents as people of the language do.
func amount(lang, cents, currency string) string {
	n, err := strconv.ParseInt(cents, 10, 64)
	if err != nil {
		return ""
	}
	return message.NewPrinter(language.Make(lang)).Sprintf("%.2f", float64(n)/100) + "\u00a0" + currency
}
