package crash

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// expected is what must be true of an account after a kill.
type expected struct {
	id     string // of its connection; "" until that was acknowledged
	wanted wish
}

// wish is what the person wants of an account.
type wish string

const (
	// asked to connect, without an answer: there is a whole connection or none
	maybe wish = "maybe"
	// connected, with an answer: it must be there
	present wish = "present"
	// asked to uninstall, without an answer: all of it is there or none
	leaving wish = "leaving"
	// uninstalled, with an answer: nothing is left
	gone wish = "gone"
)

// few is how many connections there are to renew while one comes and one goes.
const few = 6

// work lets the program connect, renew and uninstall, one after the other of each
// kind and all kinds at once, until it is gone. The returned function waits for
// that.
func (m *matrix) work(d *driver) (wait func()) {
	var present []string
	for account, e := range m.accounts {
		if e.id != "" {
			present = append(present, account)
		}
	}
	slices.Sort(present)
	m.random.Shuffle(len(present), func(i, j int) { present[i], present[j] = present[j], present[i] })
	leaves := present[:max(0, len(present)-few)]
	stays := present[len(leaves):]
	var mu sync.Mutex // over m.accounts
	var at sync.WaitGroup
	at.Go(func() {
		for m.connect(d, &mu) {
		}
	})
	at.Go(func() {
		for _, account := range leaves {
			if !m.uninstall(d, &mu, account) {
				return
			}
		}
	})
	for _, some := range [][]string{stays[:len(stays)/2], stays[len(stays)/2:]} {
		at.Go(func() {
			for i := 0; len(some) > 0 && m.use(d, &mu, some[i%len(some)]); i++ {
			}
		})
	}
	return at.Wait
}

// connect signs in to a new account. It returns false once the program is gone.
func (m *matrix) connect(d *driver, mu *sync.Mutex) bool {
	mu.Lock()
	m.named++
	account := fmt.Sprintf("account-%04d", m.named)
	e := &expected{wanted: maybe}
	m.accounts[account] = e
	mu.Unlock()
	m.provider.signIn(account)
	r, err := d.ask("connect", "")
	mu.Lock()
	defer mu.Unlock()
	switch {
	case err != nil:
		return false
	case r.Err != "":
		m.lost("connecting %s: %s", account, r.Err)
	default:
		e.id, e.wanted = r.ID, present
	}
	return true
}

// use has a connection's token renewed.
func (m *matrix) use(d *driver, mu *sync.Mutex, account string) bool {
	mu.Lock()
	id := m.accounts[account].id
	mu.Unlock()
	before := m.provider.standing(account).generation
	r, err := d.ask("use", id)
	if err != nil {
		return false
	}
	if r.Err != "" {
		mu.Lock()
		defer mu.Unlock()
		m.lost("using %s: %s", account, r.Err)
		return false
	}
	m.provider.holds(account, before)
	return true
}

func (m *matrix) uninstall(d *driver, mu *sync.Mutex, account string) bool {
	mu.Lock()
	e := m.accounts[account]
	e.wanted = leaving
	mu.Unlock()
	r, err := d.ask("uninstall", e.id)
	mu.Lock()
	defer mu.Unlock()
	switch {
	case err != nil:
		return false
	case r.Err != "":
		m.lost("uninstalling %s: %s", account, r.Err)
	default:
		e.wanted = gone
	}
	return true
}

// inspect compares what the program knows after a start with what was said to it
// and what the provider knows.
func (m *matrix) inspect(d *driver) error {
	if m.tally.Rounds == 0 {
		if r, err := d.ask("client", m.provider.clientSecret); err != nil || r.Err != "" {
			return fmt.Errorf("enter the client: %s (%w)", r.Err, err)
		}
	}
	r, err := d.ask("rows", "")
	if err != nil || r.Err != "" {
		return fmt.Errorf("read the connections: %s (%w)", r.Err, err)
	}
	rows := map[string]row{}
	for _, row := range r.Rows {
		if _, double := rows[row.Account]; double || row.State == "connecting" || row.State == "uninstalling" || m.accounts[row.Account] == nil {
			m.lost("%s is doubled, half done or of nobody: %s", row.Account, row.State)
		}
		rows[row.Account] = row
	}
	for account, e := range m.accounts {
		row, there := rows[account]
		if err := m.compare(d, account, e, row, there); err != nil {
			return err
		}
	}
	return nil
}

// compare looks at one account, and takes what it finds for what is to be from
// here on.
func (m *matrix) compare(d *driver, account string, e *expected, r row, there bool) error {
	g := m.provider.standing(account)
	switch {
	case there && (e.wanted == gone || e.id != "" && e.id != r.ID):
		m.lost("%s came back", account)
	case there:
		e.id, e.wanted = r.ID, present
		return m.works(d, account, r.ID)
	case e.wanted == present:
		m.lost("%s is gone", account)
	case e.wanted == maybe && g.alive && g.used:
		m.lost("%s was used before it was stored", account)
	case e.wanted == maybe && g.alive:
		m.tally.Forgotten++
	case g.alive:
		m.lost("%s was uninstalled, its grant is alive", account)
	}
	delete(m.accounts, account)
	return nil
}

// works wants a connection to work, or to say honestly that it needs a sign-in
// which no program could have spared, and to work after that.
func (m *matrix) works(d *driver, account, id string) error {
	r, err := d.ask("check", id)
	if err != nil {
		return err
	}
	g := m.provider.standing(account)
	if state, _, _ := strings.Cut(r.Text, " "); state == "connected" && g.alive {
		return nil
	}
	if r.Text != "sign_in_needed renewal_interrupted" || !g.interrupted {
		m.lost("%s is %q %s, the grant is %+v", account, r.Text, r.Err, g)
	}
	m.tally.Interrupted++
	m.provider.signIn(account)
	if r, err = d.ask("reconnect", id); err != nil {
		return err
	}
	if r.ID != id {
		m.lost("signing in to %s again: %s", account, r.Err)
	}
	if r, err = d.ask("check", id); err == nil && r.Text != "connected" {
		m.lost("%s is %q after the sign-in: %s", account, r.Text, r.Err)
	}
	return err
}
