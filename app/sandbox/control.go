package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// control is where the owner of this computer breaks and mends the apps: as a
// page at /control and /control/{app}, and as JSON at /control/api.
type control struct {
	store *store
	now   func() time.Time
	pages *pages
}

// Command is one thing to do on the control page. As JSON it is the body of
// POST /control/api.
type Command struct {
	// App is a slug, or empty for all apps.
	App string `json:"app"`
	// Action is "revoke", "expire" or "drop", about grants; "answer-503",
	// "answer-429", "hang", "refuse-refresh" or "rotate-strictly", which can be
	// switched off again; "mend", for all of these but revoke and expire; or
	// "reset", which brings back the first practice data and keeps the grants.
	Action string `json:"action"`
	// Grant is the id of a grant, or empty for all grants.
	Grant string `json:"grant"`
	// Scope is what "drop" takes away; empty means "account.read".
	Scope string `json:"scope"`
	// On false switches a fault off; absent means true.
	On *bool `json:"on"`
}

// Condition is how one app stands on the control page. As JSON, GET /control/api
// answers with a list of them under "apps". It holds no tokens.
type Condition struct {
	App    string      `json:"app"`
	Name   string      `json:"name"`
	Faults Faults      `json:"faults"`
	Grants []GrantView `json:"grants"` // newest first, never nil
}

// GrantView is what the control page shows of one grant. Times are UTC.
type GrantView struct {
	ID       string    `json:"id"`
	Account  string    `json:"account_id"`
	Name     string    `json:"account"`
	Client   string    `json:"client"`
	Scopes   []string  `json:"scopes"`
	Dropped  []string  `json:"dropped"`
	Since    time.Time `json:"since"`
	LastUsed time.Time `json:"last_used,omitzero"` // of the API
}

// Healthy reports whether nothing is broken on purpose. Ended grants do not
// count: they cannot be mended here.
func (c Condition) Healthy() bool {
	return c.Faults == Faults{} && !slices.ContainsFunc(c.Grants, func(g GrantView) bool { return len(g.Dropped) > 0 })
}

var errUnknownCommand = errors.New("no such app, action, grant or scope")

func (c *control) conditions(slug string) []Condition {
	var out []Condition
	c.store.view(func(st *state) {
		for _, a := range apps {
			if slug == "" || slug == a.slug {
				out = append(out, condition(a, st.Apps[a.slug]))
			}
		}
	})
	return out
}

func condition(a *app, as *appState) Condition {
	out := Condition{App: a.slug, Name: a.name, Faults: as.Faults, Grants: []GrantView{}}
	for _, g := range slices.Backward(as.Grants) {
		account, _ := a.account(g.Account)
		out.Grants = append(out.Grants, GrantView{
			ID: g.ID, Account: g.Account, Name: account.Name, Client: g.Client,
			Scopes: a.inOrder(g.Scopes), Dropped: a.inOrder(g.Dropped),
			Since: g.Since, LastUsed: g.LastUsed,
		})
	}
	return out
}

// do carries out a command; it is in force when do returns.
func (c *control) do(command Command) error {
	if command.App != "" && appBySlug(command.App) == nil {
		return errUnknownCommand
	}
	return c.store.update(func(st *state) error {
		for _, a := range apps {
			if command.App != "" && command.App != a.slug {
				continue
			}
			if command.Action == "reset" {
				st.reset(a, c.now())
			} else if err := st.Apps[a.slug].obey(command); err != nil {
				return err
			}
		}
		return nil
	})
}

func (as *appState) obey(command Command) error {
	on := command.On == nil || *command.On
	switch command.Action {
	case "revoke":
		if as.end(command.Grant) == 0 && command.Grant != "" {
			return errUnknownCommand
		}
	case "expire":
		return as.eachGrant(command.Grant, func(g *grant) bool { g.expire(); return true })
	case "drop":
		if command.Scope == "" {
			command.Scope = scopeAccount
		}
		return as.eachGrant(command.Grant, func(g *grant) bool { return g.drop(command.Scope) })
	case "answer-503":
		as.Faults.answer("503", on)
	case "answer-429":
		as.Faults.answer("429", on)
	case "hang":
		as.Faults.answer("hang", on)
	case "refuse-refresh":
		as.Faults.RefuseRefresh = on
	case "rotate-strictly":
		as.Faults.RotateStrictly = on
	case "mend":
		as.mend()
	default:
		return errUnknownCommand
	}
	return nil
}

// answer switches one kind of answer on, in place of the others, or off.
func (f *Faults) answer(kind string, on bool) {
	if on {
		f.Answer = kind
	} else if f.Answer == kind {
		f.Answer = ""
	}
}

// eachGrant fails when a named grant is not there or cannot do it.
func (as *appState) eachGrant(id string, do func(*grant) bool) error {
	done := id == ""
	for _, g := range as.Grants {
		if id == "" || g.ID == id {
			done = do(g) || id == ""
		}
	}
	if !done {
		return errUnknownCommand
	}
	return nil
}

func (c *control) show(w http.ResponseWriter, r *http.Request) {
	slug := r.PathValue("app")
	if slug != "" && appBySlug(slug) == nil {
		c.pages.problem(w, r, nil, http.StatusNotFound, "problem.missing")
		return
	}
	c.pages.show(w, r, "control", appBySlug(slug), map[string]any{
		"Conditions": c.conditions(slug), "Apps": Apps(""), "Only": slug, "Done": doneKey(r.FormValue("done")),
	})
}

// doneKey lets only our own words into the page.
func doneKey(done string) string {
	if _, known := english["done."+done]; !known {
		return ""
	}
	return done
}

// press is a button of the page. It answers with a redirect, so that reloading
// the page presses nothing.
func (c *control) press(w http.ResponseWriter, r *http.Request) {
	command := Command{
		App: r.PostFormValue("app"), Action: r.PostFormValue("action"),
		Grant: r.PostFormValue("grant"), Scope: r.PostFormValue("scope"),
	}
	if r.PostFormValue("on") == "false" {
		command.On = new(bool)
	}
	done := command.Action
	if command.On != nil {
		done = "off"
	}
	switch err := c.do(command); {
	case errors.Is(err, errUnknownCommand):
		done = "gone"
	case err != nil:
		c.pages.problem(w, r, nil, http.StatusInternalServerError, "problem.ours")
		return
	}
	to := "/control"
	if only := r.PostFormValue("only"); appBySlug(only) != nil {
		to += "/" + only
	}
	http.Redirect(w, r, to+"?done="+url.QueryEscape(done), http.StatusSeeOther)
}

func (c *control) list(w http.ResponseWriter, _ *http.Request) {
	noStore(w)
	writeJSON(w, http.StatusOK, map[string]any{"apps": c.conditions("")})
}

func (c *control) post(w http.ResponseWriter, r *http.Request) {
	var command Command
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&command); err != nil {
		writeError(w, http.StatusBadRequest, "invalid_json", "the body must be one command")
		return
	}
	switch err := c.do(command); {
	case errors.Is(err, errUnknownCommand):
		writeError(w, http.StatusUnprocessableEntity, "unknown_command", err.Error())
	case err != nil:
		writeError(w, http.StatusInternalServerError, "server_error", "the sandbox could not save this")
	default:
		c.list(w, r)
	}
}
