package oauth

import (
	"context"
	"net/url"
	"strings"
)

// Pastes reports whether the answer goes to a web page instead of this machine,
// so that a person has to bring it back.
func (a *Attempt) Pastes() bool { return a.client.RedirectURI != "" }

// Paste takes the answer from the address at which the browser arrived. The code
// is traded in the background; Wait returns the grant. An address that is not
// this attempt's answer is a Misused error and changes nothing.
func (a *Attempt) Paste(address string) error {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || !a.Pastes() {
		return invalid(codes[Misused], "paste the answer: not an address")
	}
	values, err := url.ParseQuery(u.RawQuery)
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	if err != nil || u.String() != a.redirect || !a.own(values) {
		a.stray()
		return invalid(codes[Misused], "paste the answer: the address is not the one where this sign-in ends")
	}
	if !a.take() {
		return failure(Closed, "the sign-in has its answer already")
	}
	go func() {
		grant, err := a.settle(context.Background(), values)
		a.finish(grant, err, true)
	}()
	return nil
}
