package connection

import (
	"context"
	"errors"
	"slices"
	"strings"

	"patchbay/app/alert"
	"patchbay/app/fault"
	"patchbay/app/provider"
)

// CompareListings tells the alerts which connections' listings have been withdrawn,
// and which ask for more than the person saw when connecting. It is called after
// the catalogue was brought up to date. What the connections themselves use is
// not changed by it.
func (s *Service) CompareListings(ctx context.Context) error {
	all, err := s.Store.Connections(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, c := range all {
		if c.State == Connecting || c.State == Uninstalling {
			continue
		}
		failed = errors.Join(failed, s.compare(ctx, c))
	}
	return failed
}

func (s *Service) compare(ctx context.Context, c Connection) error {
	now, err := s.Directory.App(ctx, c.App.Slug)
	if fault.CodeOf(err) == fault.NotFound {
		s.tell(ctx, c, alert.ListingWithdrawn, nil)
		return nil
	}
	if err != nil {
		return err
	}
	s.over(ctx, c.ID, alert.ListingWithdrawn)
	asks := AsksMore(c.App.Provider, now.Provider)
	if len(asks) == 0 {
		s.over(ctx, c.ID, alert.ListingAsksMore)
		return nil
	}
	s.tell(ctx, c, alert.ListingAsksMore, map[string]string{alert.DetailAsks: strings.Join(asks, ", ")})
	return nil
}

// AsksMore lists the hosts and required scopes that now has and then had not:
// what somebody has to consent to before a connection made then may use now.
// Optional scopes are asked for only when somebody wants them.
func AsksMore(then, now provider.Provider) []string {
	var asks []string
	reach := then.Reach()
	for _, host := range now.Reach() {
		if !slices.Contains(reach, host) && !then.HostAllowed(host) {
			asks = append(asks, host)
		}
	}
	var known []string
	for _, scope := range slices.Concat(then.Scopes.Required, then.Scopes.Optional) {
		known = append(known, scope.Name)
	}
	for _, scope := range now.Scopes.Required {
		if !slices.Contains(known, scope.Name) {
			asks = append(asks, scope.Name)
		}
	}
	return asks
}

// ApproveListing takes over how the listing of a connection is now. Asks is what
// the person was shown and consents to ([AsksMore]); when the listing has changed
// again since and asks for more than that, the answer is fault.Conflict. New hosts
// count from now on; new scopes are granted by the reconnect that follows.
func (s *Service) ApproveListing(ctx context.Context, id string, asks []string) (Connection, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return c, err
	}
	now, err := s.Directory.App(ctx, c.App.Slug)
	if err != nil {
		return c, err
	}
	c, err = s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		for _, ask := range AsksMore(c.App.Provider, now.Provider) {
			if !slices.Contains(asks, ask) {
				return nil, fault.Errorf(fault.Conflict, "the listing of %s has changed since it was shown", c.App.Slug)
			}
		}
		c.App = now
		return nil, nil
	})
	if err == nil {
		s.saw(ctx, id, alert.Reviewed)
	}
	return s.seen(c), err
}
