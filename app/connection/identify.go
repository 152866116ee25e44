package connection

import (
	"context"
	"slices"

	"patchbay/app/fault"
	"patchbay/app/provider"
)

// account is who a connection is for, at the provider.
type account struct{ ID, Name string }

// Option is one of several things that a sign-in opened, such as the
// organisations of one person, of which a connection is for one.
type Option struct{ Value, Name string }

// picker decides between options. What is the label of what they are.
type picker func(what string, options []Option) (value string, err error)

// identify runs the look-ups and the probe of a new connection. What was looked
// up is put into c and tokens. A look-up that finds several values asks pick.
func (s *Service) identify(ctx context.Context, c *Connection, tokens *Tokens, pick picker) (account, error) {
	for _, lookup := range c.App.Provider.Lookups {
		if err := s.lookUp(ctx, c, tokens, lookup, pick); err != nil {
			return account{}, err
		}
	}
	if c.App.Provider.Probe == nil {
		return account{Name: c.App.Name}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, identifyDeadline)
	defer cancel()
	answer, err := s.call(ctx, *c, *tokens, c.App.Provider.Probe.Request)
	if err != nil {
		return account{}, err
	}
	return answer.identity(c.App.Provider.Identity, places(c.Variables, Tokens{})), nil
}

func (s *Service) lookUp(ctx context.Context, c *Connection, tokens *Tokens, lookup provider.Lookup, pick picker) error {
	asking, cancel := context.WithTimeout(ctx, identifyDeadline)
	answer, err := s.call(asking, *c, *tokens, lookup.Request)
	cancel()
	if err != nil {
		return err
	}
	rule := variable(c.App.Provider, lookup.Name)
	options := slices.DeleteFunc(answer.options(lookup), func(o Option) bool { return !fits(rule, o.Value) })
	if len(options) == 0 {
		return fault.Errorf(fault.Untrusted, "look up %s at %s: no value that fits", lookup.Name, c.App.Slug)
	}
	value := options[0].Value
	if len(options) > 1 {
		if value, err = s.pickAgain(ctx, *c, lookup, options, pick); err != nil {
			return err
		}
	}
	learn(c, tokens, lookup.Name, value)
	return nil
}

// pickAgain keeps to what the connection that is renewed is for; without one, or
// when that is no longer among the options, pick decides.
func (s *Service) pickAgain(ctx context.Context, c Connection, lookup provider.Lookup, options []Option, pick picker) (string, error) {
	if c.Replaces != "" {
		old, err := s.Store.Connection(ctx, c.Replaces)
		had := old.Variables[lookup.Name]
		if err == nil && slices.ContainsFunc(options, func(o Option) bool { return o.Value == had }) {
			return had, nil
		}
	}
	return pick(variable(c.App.Provider, lookup.Name).Label, options)
}

// options reads what a look-up found, each value once.
func (r reply) options(lookup provider.Lookup) []Option {
	var options []Option
	values, names := r.texts(lookup.Path), []string(nil)
	if lookup.Label != "" {
		names = r.texts(lookup.Label)
	}
	for i, value := range values {
		option := Option{value, value}
		if len(names) == len(values) {
			option.Name = firstOf(names[i], value)
		}
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == value }) {
			options = append(options, option)
		}
	}
	return options
}

// pick asks the person what the connection is for. No answer in time takes the
// sign-in back.
func (s *Service) pick(a *attempt, what string, options []Option) (string, error) {
	decision := s.askPerson(a, func(v *Attempt) { v.Phase, v.What, v.Options = Picking, what, options })
	if decision == "" {
		return "", fault.Errorf(fault.Canceled, "nobody chose what to connect")
	}
	return decision, nil
}

// nobodyPicks is for sign-ins that go on without a person.
func nobodyPicks(string, []Option) (string, error) {
	return "", fault.Errorf(fault.Conflict, "a person has to choose what to connect")
}
