package bridge

import (
	"context"

	"patchbay/app/account"
)

// Accounts is the organisation and its people.
type Accounts struct{ b *Bridge }

// Account returns the organisation with its people.
func (a *Accounts) Account() (_ Account, err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	return a.b.account(ctx)
}

// Start sets the account up at the first start; the person becomes Super Admin.
func (a *Accounts) Start(first FirstStart) (_ Account, err error) {
	defer guard(&err)
	ctx, done := a.b.ctx()
	defer done()
	if err := a.b.Account.Begin(ctx, first.AccountName, first.Language, first.PersonName, first.Email); err != nil {
		return Account{}, err
	}
	return a.b.account(ctx)
}

// ChangeLanguage gives the account another language.
func (a *Accounts) ChangeLanguage(language string) (_ Account, err error) {
	defer guard(&err)
	return a.change(func(ctx context.Context) error { return a.b.Account.ChangeLanguage(ctx, language) })
}

// Rename gives the account another name.
func (a *Accounts) Rename(name string) (_ Account, err error) {
	defer guard(&err)
	return a.change(func(ctx context.Context) error { return a.b.Account.Rename(ctx, name) })
}

func (a *Accounts) change(do func(context.Context) error) (Account, error) {
	ctx, done := a.b.ctx()
	defer done()
	if err := a.b.may(ctx, account.ManageAccount); err != nil {
		return Account{}, err
	}
	if err := do(ctx); err != nil {
		return Account{}, err
	}
	return a.b.account(ctx)
}

func (b *Bridge) account(ctx context.Context) (Account, error) {
	organisation, err := b.Account.Account(ctx)
	if err != nil {
		return Account{}, err
	}
	people, err := b.Account.People(ctx)
	if err != nil {
		return Account{}, err
	}
	me, err := b.Account.Me(ctx)
	return Account{
		Name: organisation.Name, Language: organisation.Language,
		Me: toPerson(me), People: list(people, toPerson),
	}, err
}

func toPerson(p account.Person) Person {
	return Person{
		ID: p.ID, Name: p.Name, Email: p.Email, SuperAdmin: p.Rights.SuperAdmin,
		MarketplaceAccess: p.Rights.Grant(account.ManageApps),
	}
}

// nameOf returns the name of the person with that id, "" for nobody known.
func (b *Bridge) nameOf(ctx context.Context) func(id string) string {
	people, err := b.Account.People(ctx)
	return func(id string) string {
		for _, p := range people {
			if err == nil && p.ID == id {
				return p.Name
			}
		}
		return ""
	}
}
