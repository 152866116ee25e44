package connection_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"patchbay/app/connection"
	"patchbay/app/fault"
	"patchbay/app/oauth/oauthtest"
	"patchbay/app/provider"
)

// organisations makes the world's app one whose sign-in opens several
// organisations, as Xero's and Atlassian's do.
func organisations(t *testing.T) *world {
	return newWorld(t, func(a *connection.App) {
		find := provider.Request{Method: http.MethodGet, URL: a.Provider.Probe.URL}
		a.Provider.Variables = []provider.Variable{{Name: "org", Label: "Organisation", Pattern: "^[a-z'-]+$", Example: "north", From: "lookup"}}
		a.Provider.Lookups = []provider.Lookup{{Name: "org", Request: find, Path: "$[*].id", Label: "$[*].name"}}
		a.Provider.Identity = provider.Identity{ID: "{{variables.org}}", Name: "$[?@.id == '{{variables.org}}'].name"}
	})
}

// seen is the answer about the organisations.
func seen(body string) []http.HandlerFunc {
	answer := oauthtest.JSON(body)
	return []http.HandlerFunc{answer, answer}
}

const (
	two   = `[{"id":"north","name":"North Ltd"},{"id":"o'south","name":"South Ltd"},{"id":"NOT A VALUE","name":"Odd"}]`
	third = `[{"id":"west","name":"West Ltd"},{"id":"east","name":"East Ltd"}]`
)

func picking(w *world, a connection.Attempt, err error) connection.Attempt {
	w.Helper()
	w.check(err)
	return w.await(a.ID, in(connection.Picking))
}

func TestSeveralOrganisationsAreChosenFrom(t *testing.T) {
	w := organisations(t)
	w.api.answer(seen(two)...)
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = picking(w, a, err)
	want := []connection.Option{{Value: "north", Name: "North Ltd"}, {Value: "o'south", Name: "South Ltd"}}
	if a.What != "Organisation" || !slices.Equal(a.Options, want) {
		t.Fatalf("picking %q %v", a.What, a.Options)
	}
	_, err = w.Resolve(a.ID, "west")
	w.wantCode(err, fault.Invalid)
	_, err = w.Resolve(a.ID, "o'south")
	c := w.get(w.ended(a, err, connection.Done).Connection)
	if c.AccountID != "o'south" || c.AccountName != "South Ltd" || c.Variables["org"] != "o'south" {
		t.Errorf("connected %+v", c)
	}

	w.api.answer(seen(two)...)
	if again := w.reconnect(c.ID); again.Connection != c.ID || w.get(c.ID).AccountID != "o'south" {
		t.Errorf("a renewed sign-in asks again or is for another: %+v", w.get(c.ID))
	}

	w.api.answer(seen(third)...)
	a, err = w.Reconnect(t.Context(), c.ID, connection.ConnectOptions{})
	a = picking(w, a, err)
	_, err = w.Resolve(a.ID, "east")
	w.check(err)
	a = w.await(a.ID, in(connection.Choosing))
	if a.Other != "East Ltd" {
		t.Errorf("choosing %+v", a)
	}
	_, err = w.Resolve(a.ID, connection.Add)
	w.ended(a, err, connection.Done)
	if len(w.list()) != 2 {
		t.Errorf("%d connections", len(w.list()))
	}
}

func TestOneOrganisationIsNotAskedFor(t *testing.T) {
	w := organisations(t)
	w.api.answer(seen(`[{"id":"north","name":"North Ltd"}]`)...)
	if c := w.connect(); c.AccountName != "North Ltd" {
		t.Errorf("connected %+v", c)
	}
}

func TestNobodyPicksIsTakenBack(t *testing.T) {
	w := organisations(t)
	w.api.answer(seen(two)...)
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	a = picking(w, a, err)
	w.ended(a, w.Cancel(a.ID), connection.Canceled)
	if len(w.rows()) != 0 {
		t.Error("a row stays")
	}
}

func TestKilledWhilePickingIsTakenBack(t *testing.T) {
	w := organisations(t)
	w.api.answer(seen(two)...)
	a, err := w.Connect(t.Context(), "acme", connection.ConnectOptions{})
	picking(w, a, err)
	w.api.answer(seen(two)...)
	w.kill()
	w.clock.advance(2 * time.Minute)
	w.RunDue()
	w.until("the row is gone", func() bool { return len(w.rows()) == 0 })
	if len(w.list()) != 0 {
		t.Error("somebody chose")
	}
}
