package bridge

import (
	"context"
	"net/url"
	"slices"

	"patchbay/app/account"
	"patchbay/app/fault"
)

// System is the frame of the window: the state of the machine, links, the
// clipboard.
type System struct{ b *Bridge }

// Status returns the state of the machine and of the data.
func (s *System) Status() (_ Status, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return s.b.status(ctx)
}

func (b *Bridge) status(ctx context.Context) (Status, error) {
	st := Status{Version: b.Version, DataFolder: b.DataFolder, Language: b.Language(), Offline: b.Machine.Offline()}
	_, err := b.Account.Account(ctx)
	st.FirstStart = fault.CodeOf(err) == fault.NotFound
	if err != nil && !st.FirstStart {
		return st, err
	}
	st.Keychain = b.keychain()
	if st.Notices, err = b.Machine.Notices(ctx); err != nil {
		return st, err
	}
	feeds, err := b.Catalogue.Feeds(ctx)
	for _, f := range feeds {
		st.Catalogue.Listings += f.Listings
		st.Catalogue.SyncedAt = max(st.Catalogue.SyncedAt, ms(f.SyncedAt))
	}
	return st, err
}

func (b *Bridge) keychain() Keychain {
	known, trouble := b.Machine.Keychain()
	switch {
	case !known:
		return Keychain{State: "checking"}
	case trouble == nil:
		return Keychain{State: "ready"}
	}
	state := map[fault.Code]string{fault.KeychainLocked: "locked", fault.KeychainKeyLost: "key_lost"}[fault.CodeOf(trouble)]
	if state == "" {
		state = "absent"
	}
	return Keychain{State: state, Detail: trouble.Error()}
}

// RetryKeychain asks the keychain again and returns the new state. Trouble with
// it is part of the state, not an error.
func (s *System) RetryKeychain() (_ Status, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	_ = s.b.Machine.RetryKeychain(ctx) // stands in the status
	return s.b.status(ctx)
}

// RenewKey makes a new data key in place of one that is lost. Every connection
// then needs a new sign-in.
func (s *System) RenewKey() (_ Status, err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	if err := s.b.may(ctx, account.ManageAccount); err != nil {
		return Status{}, err
	}
	if err := s.b.Machine.RenewKey(ctx); err != nil {
		return Status{}, err
	}
	return s.b.status(ctx)
}

// DismissNotice forgets a notice.
func (s *System) DismissNotice(id string) (err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	return s.b.Machine.DismissNotice(ctx, id)
}

// OpenLink opens an address in the browser or the mail program: https, mailto,
// and http on this machine for the practice apps. Nothing else is opened.
func (s *System) OpenLink(address string) (err error) {
	defer guard(&err)
	ctx, done := s.b.ctx()
	defer done()
	u, err := url.Parse(address)
	if err != nil || !openable(u) {
		return fault.Errorf(fault.Invalid, "this address is not opened")
	}
	return s.b.Services.OpenLink(ctx, u.String())
}

func openable(u *url.URL) bool {
	switch u.Scheme {
	case "https":
		return u.Hostname() != "" && u.User == nil
	case "http":
		return slices.Contains([]string{"127.0.0.1", "localhost"}, u.Hostname()) && u.User == nil
	case "mailto":
		return u.Opaque != "" && u.RawQuery == ""
	}
	return false
}

// Copy puts text on the clipboard.
func (s *System) Copy(text string) (err error) {
	defer guard(&err)
	return s.b.frame().Copy(text)
}
