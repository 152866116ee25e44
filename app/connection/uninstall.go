package connection

import (
	"context"
	"strings"

	"patchbay/app/alert"
	"patchbay/app/fault"
)

// Dependents knows what uses connections.
type Dependents interface {
	// Dependents returns what stops working without the connection.
	Dependents(ctx context.Context, connection string) ([]Dependent, error)
	// Move makes everything that uses the connection from use the connection to,
	// of the same app, or nothing of it.
	Move(ctx context.Context, from, to string) error
}

// Dependent is something that uses a connection, with the name people know it by.
type Dependent struct{ Kind, ID, Name string }

// Preview is what a person should know before uninstalling.
type Preview struct {
	Connection Connection
	Dependents []Dependent
	// Others are the connections that dependents could use instead: those of the
	// same app that work.
	Others []Connection
	// CanRevoke: the provider can be told; otherwise the person has to remove
	// Patchbay there.
	CanRevoke bool
	CanPause  bool
}

// Preview tells what uninstalling the connection would do.
func (s *Service) Preview(ctx context.Context, id string) (Preview, error) {
	c, err := s.Store.Connection(ctx, id)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Connection: s.seen(c), CanRevoke: revocable(c.App), CanPause: c.State.May(Paused) && c.State != Paused}
	if s.Dependents == nil {
		return p, nil
	}
	if p.Dependents, err = s.Dependents.Dependents(ctx, id); err != nil || len(p.Dependents) == 0 {
		return p, err
	}
	all, err := s.Store.Connections(ctx)
	for _, other := range all {
		if s.replaces(other, c) {
			p.Others = append(p.Others, other)
		}
	}
	return p, err
}

// replaces reports whether what uses c could use other.
func (s *Service) replaces(other, c Connection) bool {
	return other.ID != c.ID && other.App.Slug == c.App.Slug && other.State.Watched()
}

// MoveDependents lets everything that uses the connection from use the connection
// to. One that is of another app, or does not work, is fault.Conflict.
func (s *Service) MoveDependents(ctx context.Context, from, to string) (Preview, error) {
	old, err := s.Store.Connection(ctx, from)
	if err != nil {
		return Preview{}, err
	}
	other, err := s.Store.Connection(ctx, to)
	if err != nil {
		return Preview{}, err
	}
	if s.Dependents == nil || !s.replaces(other, old) {
		return Preview{}, fault.Errorf(fault.Conflict, "connection %s cannot take the place of %s", to, from)
	}
	if err := s.Dependents.Move(ctx, from, to); err != nil {
		return Preview{}, err
	}
	return s.Preview(ctx, from)
}

// Uninstall ends a connection for good. Typed must be phrase, in any case, which
// the window shows; it is what tells this from a slip. The local secrets are
// gone when it returns; the provider is told now if it answers within ten seconds,
// and later if not: the receipt says how that went. It works in every state, also
// without a keychain.
func (s *Service) Uninstall(ctx context.Context, id, phrase, typed string) (Receipt, error) {
	phrase = strings.TrimSpace(phrase)
	if phrase == "" || !strings.EqualFold(strings.TrimSpace(typed), phrase) {
		return Receipt{}, fault.Field("typed", "type %s to confirm", phrase)
	}
	s.stopRenewing(id)
	c, err := s.change(ctx, id, func(c *Connection) ([]Activity, error) {
		s.enter(c, Uninstalling, "")
		return nil, nil
	})
	if err != nil {
		return Receipt{}, err
	}
	return s.remove(ctx, c, s.did(c, Uninstalled, ""))
}

// finishUninstall completes one that a crash cut off.
func (s *Service) finishUninstall(ctx context.Context, c Connection) {
	if _, err := s.remove(ctx, c, s.byItself(c, Uninstalled, "")); err != nil && fault.CodeOf(err) != fault.NotFound {
		s.Log.Error("finish an uninstall", "connection", c.ID, "error", err)
	}
}

// remove exchanges the connection for a receipt and a revocation in one step, so
// that a crash leaves either all of it or none.
func (s *Service) remove(ctx context.Context, c Connection, did Activity) (Receipt, error) {
	release, ok := s.claim("remove/" + c.ID)
	if !ok {
		return Receipt{}, fault.Errorf(fault.Conflict, "connection %s is being uninstalled", c.ID)
	}
	defer release()
	if _, err := s.Store.Connection(ctx, c.ID); err != nil {
		return Receipt{}, err // another was faster
	}
	receipt := Receipt{
		ID: newID(), ConnectionID: c.ID, App: c.App, Account: c.Label(), At: s.Now().UTC(),
		Person: did.Person, Scopes: c.Granted, Steps: c.App.AfterSteps,
	}
	receipt.App.Provider.RevokePage = c.RevokePage()
	var revoke *Revocation
	revoke, receipt.Outcome, receipt.Detail = s.revocation(ctx, c, receipt.ID)
	if err := s.Store.Remove(ctx, c, &receipt, revoke, did); err != nil {
		return Receipt{}, err
	}
	s.stored(c.ID)
	s.drop(c.ID)
	if err := s.Alerts.ClearAll(ctx, c.ID, alert.Uninstalled); err != nil {
		s.Log.Error("clear alerts", "connection", c.ID, "error", err)
	}
	if revoke != nil && !s.unreachable(c.App) {
		s.revoke(ctx, revoke.ID)
	}
	s.Changed.Publish(Changed{c.ID})
	return s.Receipt(ctx, receipt.ID)
}

// Receipts returns what was uninstalled, latest first.
func (s *Service) Receipts(ctx context.Context) ([]Receipt, error) { return s.History.Receipts(ctx) }

// Receipt returns the receipt called id.
func (s *Service) Receipt(ctx context.Context, id string) (Receipt, error) {
	all, err := s.History.Receipts(ctx)
	if err != nil {
		return Receipt{}, err
	}
	for _, r := range all {
		if r.ID == id {
			return r, nil
		}
	}
	return Receipt{}, fault.Errorf(fault.NotFound, "no receipt %s", id)
}

// TickStep marks a step that is left after an uninstall as done or not.
func (s *Service) TickStep(ctx context.Context, id string, step int, done bool) (Receipt, error) {
	return s.editReceipt(ctx, id, func(r *Receipt) ([]Activity, error) {
		if step < 0 || step >= len(r.Steps) {
			return nil, fault.Errorf(fault.NotFound, "receipt %s has no step %d", id, step)
		}
		r.Steps[step].Done = done
		return nil, nil
	})
}

// editReceipt changes a receipt. A person who ticks a step and a revocation that
// notes its outcome must not undo each other.
func (s *Service) editReceipt(ctx context.Context, id string, edit func(*Receipt) ([]Activity, error)) (Receipt, error) {
	s.receipts.Lock()
	defer s.receipts.Unlock()
	r, err := s.Receipt(ctx, id)
	if err != nil {
		return r, err
	}
	did, err := edit(&r)
	if err != nil {
		return r, err
	}
	return r, s.History.SaveReceipt(ctx, r, did...)
}
