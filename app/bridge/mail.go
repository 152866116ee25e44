package bridge

import (
	"context"
	"errors"

	"patchbay/app/account"
	"patchbay/app/alert/report"
	"patchbay/app/fault"
	"patchbay/app/outbox"
	"patchbay/app/secret"
)

// Mail is the mail server, who gets alerts by e-mail, and what was sent.
type Mail struct{ b *Bridge }

// manage runs do for somebody who may change the account.
func (m *Mail) manage(do func(context.Context) error) error {
	ctx, done := m.b.long()
	defer done()
	if err := m.b.may(ctx, account.ManageAccount); err != nil {
		return err
	}
	return do(ctx)
}

// Server returns the mail server as it is set up.
func (m *Mail) Server() (_ MailServer, err error) {
	defer guard(&err)
	ctx, done := m.b.ctx()
	defer done()
	s, has, err := m.b.Outbox.Server(ctx)
	if fault.CodeOf(err) == fault.NotFound {
		return MailServer{}, nil
	}
	out := MailServer{
		Known: err == nil, Host: s.Host, Port: s.Port, Security: string(s.Security), User: s.User,
		HasPassword: has, FromName: s.From.Name, FromEmail: s.From.Email,
	}
	if trouble := m.b.Outbox.Trouble(); trouble != nil {
		out.Problem, out.Said = string(trouble.Problem), trouble.Said
	}
	return out, err
}

// Save signs in to a mail server and keeps it if that works.
func (m *Mail) Save(e MailEntry) (_ MailOutcome, err error) {
	defer guard(&err)
	return outcome(m.manage(func(ctx context.Context) error {
		return m.b.Outbox.Save(ctx, outbox.Server{
			Host: e.Host, Port: e.Port, Security: outbox.Security(e.Security), User: e.User,
			Password: secret.Text(e.Password), From: outbox.Address{Name: e.FromName, Email: e.FromEmail},
		})
	}))
}

// SendTest sends a test e-mail to an address at once.
func (m *Mail) SendTest(to string) (_ MailOutcome, err error) {
	defer guard(&err)
	return outcome(m.manage(func(ctx context.Context) error {
		say := func(id string) string { return m.b.Words.Say(m.b.Language(), id, nil) }
		return m.b.Outbox.SendTest(ctx, outbox.Address{Email: to}, say("mail.test_subject"), say("mail.test_body")+"\n")
	}))
}

// outcome tells a server's refusal as an answer: it is what was asked for.
func outcome(err error) (MailOutcome, error) {
	var refused *outbox.Failure
	if errors.As(err, &refused) {
		return MailOutcome{Problem: string(refused.Problem), Said: refused.Said}, nil
	}
	return MailOutcome{}, err
}

// Forget removes the mail server with its password.
func (m *Mail) Forget() (err error) {
	defer guard(&err)
	return m.manage(m.b.Outbox.Forget)
}

// Readers returns who gets alerts by e-mail.
func (m *Mail) Readers() (_ []MailReader, err error) {
	defer guard(&err)
	ctx, done := m.b.ctx()
	defer done()
	all, err := m.b.Reports.Readers(ctx)
	return list(all, func(r report.Reader) MailReader {
		return MailReader{ID: r.ID, Name: r.Name, Email: r.Email, Pace: string(r.Pace), Apps: texts(r.Apps), NextAt: ms(r.NextAt)}
	}), err
}

// KeepReader adds or changes somebody who gets alerts by e-mail.
func (m *Mail) KeepReader(r MailReader) (err error) {
	defer guard(&err)
	return m.manage(func(ctx context.Context) error {
		return m.b.Reports.Keep(ctx, report.Reader{ID: r.ID, Name: r.Name, Email: r.Email, Pace: report.Pace(r.Pace), Apps: r.Apps})
	})
}

// ForgetReader lets somebody get no more alerts by e-mail.
func (m *Mail) ForgetReader(id string) (err error) {
	defer guard(&err)
	return m.manage(func(ctx context.Context) error { return m.b.Reports.Forget(ctx, id) })
}

// Letters returns the newest e-mails, newest first.
func (m *Mail) Letters() (_ []Letter, err error) {
	defer guard(&err)
	ctx, done := m.b.ctx()
	defer done()
	all, err := m.b.Outbox.Letters(ctx)
	return list(all, func(l outbox.Letter) Letter {
		return Letter{
			ID: l.ID, To: l.To.Email, Subject: l.Subject, Body: l.Body, State: string(l.State), Since: ms(l.Since),
			MadeAt: ms(l.MadeAt), NextTry: ms(l.NextTry), Problem: string(l.Problem), Said: l.Said,
		}
	}), err
}

// SendAgain sends an e-mail once more that failed or may have arrived.
func (m *Mail) SendAgain(id string) (err error) {
	defer guard(&err)
	return m.manage(func(ctx context.Context) error { return m.b.Outbox.SendAgain(ctx, id) })
}

// Discard forgets an e-mail that was not sent.
func (m *Mail) Discard(id string) (err error) {
	defer guard(&err)
	return m.manage(func(ctx context.Context) error { return m.b.Outbox.Discard(ctx, id) })
}
