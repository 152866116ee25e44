// Package crash kills a running Patchbay at random points and looks at what is
// left of its connections and of its secrets.
//
// The program is a real process over a real data folder: everything of package
// app but the window, with a file in place of the system's keychain. Its provider
// runs in the process that kills it, and so outlives it and remembers what it
// gave out; it rotates refresh tokens strictly: a second use of one ends the whole
// grant. While the program connects, renews and uninstalls all at once, it gets
// SIGKILL. The next one is then asked what it still knows, and the provider
// whether that is true.
//
// What no program can avoid is told apart from what is lost. A kill after the
// provider rotated a refresh token and before the answer was on disk ends the
// grant at a provider as strict as this one; the connection must then still be
// there, say that its renewal was interrupted, and work after one sign-in. The
// provider knows which kills came at such a moment.
package crash

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

// Tally is what a number of kills has led to.
type Tally struct {
	Rounds int
	// Lost counts connections that are gone, dead, doubled or half done without
	// need, and grants that stayed alive after their connection was uninstalled.
	Lost int
	// Found counts secrets that lie in a file in clear.
	Found int
	// Interrupted counts connections that one sign-in had to mend, Forgotten
	// sign-ins that the provider had granted and the program never got to know.
	Interrupted, Forgotten int
	// Secrets is how many were looked for, Bytes in how much.
	Secrets, Bytes int
	// Trouble says what was lost or found, one line each.
	Trouble []string
}

// Run kills the program that child starts as many times as rounds says. The same
// seed chooses the same moments, as far as the machine lets it.
func Run(ctx context.Context, rounds int, seed uint64) (t Tally, err error) {
	dir, err := os.MkdirTemp("", "patchbay-crash-*")
	if err != nil {
		return t, err
	}
	defer func() {
		if err == nil && t.Lost+t.Found == 0 {
			err = os.RemoveAll(dir)
		}
	}()
	p := newProvider()
	defer p.Close()
	m := &matrix{
		dir: dir, provider: p, random: rand.New(rand.NewPCG(seed, 0)), accounts: map[string]*expected{}, tally: &t,
	}
	for t.Rounds < rounds {
		if err := m.round(ctx); err != nil {
			return t, fmt.Errorf("round %d, what is left lies in %s: %w", t.Rounds+1, dir, err)
		}
		t.Rounds++
	}
	return t, m.rest(ctx)
}

// matrix is the state between rounds.
type matrix struct {
	dir      string
	provider *authority
	random   *rand.Rand
	accounts map[string]*expected
	named    int // accounts so far
	tally    *Tally
}

// round starts the program, looks at what the last kill has left, lets the
// program work, kills it and looks for secrets.
func (m *matrix) round(ctx context.Context) error {
	c, err := start(ctx, m.dir, m.provider)
	if err != nil {
		return err
	}
	if err := m.inspect(c); err != nil {
		return errors.Join(err, c.kill())
	}
	stop := m.work(c)
	time.Sleep(20*time.Millisecond + time.Duration(m.random.Int64N(int64(400*time.Millisecond))))
	err = c.kill()
	stop()
	return errors.Join(err, m.search())
}

// rest looks at what the last kill has left, and lets the program end in good
// order.
func (m *matrix) rest(ctx context.Context) error {
	c, err := start(ctx, m.dir, m.provider)
	if err != nil {
		return err
	}
	err = m.inspect(c)
	return errors.Join(err, c.end(), m.search())
}

// lost notes what should not have happened.
func (m *matrix) lost(format string, args ...any) {
	m.tally.Lost++
	m.tally.Trouble = append(m.tally.Trouble, fmt.Sprintf("round %d: ", m.tally.Rounds)+fmt.Sprintf(format, args...))
}
