package connection_test

import (
	"net/http"
	"slices"
	"time"

	"patchbay/app/connection"
	"patchbay/app/oauth/oauthtest"
)

// refused is a check that the API refuses.
func refused(leads connection.State, answers ...http.HandlerFunc) func(*world) connection.Connection {
	return func(w *world) connection.Connection {
		c := w.connect()
		w.api.answer(answers...)
		return w.checkNow(c.ID, leads)
	}
}

// unrenewed is a renewal that the provider refuses.
func unrenewed(leads connection.State, code string) func(*world) connection.Connection {
	return func(w *world) connection.Connection {
		c := w.connect()
		w.expire()
		w.auth.Next(oauthtest.Token, oauthtest.Failure(400, code))
		return w.checkNow(c.ID, leads)
	}
}

func interrupted(w *world) connection.Connection {
	c := w.connectAndRotate()
	w.RunDue()
	return w.wantState(c.ID, connection.SignInNeeded)
}

func grantedLess(w *world) connection.Connection {
	w.auth.Next(oauthtest.Token, oauthtest.JSON(limitedGrant))
	w.api.keys["a1"] = true
	return w.connect(connection.ConnectOptions{Optional: []string{"write"}})
}

// shortLived is at the end of a sign-in for a day that nothing renews.
func shortLived(w *world) connection.Connection {
	w.auth.Next(oauthtest.Token, oauthtest.JSON(`{"access_token":"a1","expires_in":86400}`))
	w.api.keys["a1"] = true
	c := w.connect()
	w.clock.advance(23 * time.Hour)
	return w.checkNow(c.ID, connection.Connected)
}

func secretEnds(w *world) connection.Connection {
	w.saveClient(3 * day)
	c := w.connect()
	return w.checkNow(c.ID, connection.Connected)
}

func asksMore(w *world) connection.Connection {
	c := w.connect()
	w.listings.edit("acme", func(a *connection.App) {
		a.Provider.Hosts = append(slices.Clone(a.Provider.Hosts), "new.example.com")
	})
	w.check(w.CompareListings(w.Context()))
	return c
}

func withdrawn(w *world) connection.Connection {
	c := w.connect()
	w.listings.withdraw("acme")
	w.check(w.CompareListings(w.Context()))
	return c
}

func emptyDisk(w *world, c connection.Connection) {
	w.life.fail.Store(nil)
	w.checkNow(c.ID, connection.Connected)
}

func signIn(w *world, c connection.Connection) { w.reconnect(c.ID) }

func tryAgain(w *world, c connection.Connection) { w.checkNow(c.ID, connection.Connected) }

// wait lets the next check that is due find that all is well.
func wait(w *world, c connection.Connection) {
	w.RunDue()
	w.wantState(c.ID, connection.Connected)
}

func newSecret(w *world, _ connection.Connection) { w.saveClient(365 * day) }

func approve(w *world, c connection.Connection) {
	_, err := w.ApproveListing(w.Context(), c.ID, []string{"new.example.com"})
	w.check(err)
}

func offeredAgain(w *world, c connection.Connection) {
	w.listings.edit(c.App.Slug, func(a *connection.App) { *a = c.App })
	w.check(w.CompareListings(w.Context()))
}
