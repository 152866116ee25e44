package oauth

import (
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// roomFor is how many connections are open at once; a sign-in needs one.
	roomFor = 8
	// patience is how long a connection keeps its place while others wait. A
	// browser on this machine sends its request with the connection.
	patience = 25 * time.Millisecond
)

// crowd keeps a flood of connections from locking the browser out: when the room
// is full, the connection that has been silent longest makes place for the next.
type crowd struct {
	mu      sync.Mutex
	silent  []arrival // have not sent a whole request yet, oldest first
	inside  int
	changed *sync.Cond
}

type arrival struct {
	conn net.Conn
	at   time.Time
}

func newCrowd() *crowd {
	c := &crowd{}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// guard wraps a listener so that it lets in no more than there is room for.
func (c *crowd) guard(l net.Listener) net.Listener { return guarded{l, c} }

type guarded struct {
	net.Listener
	crowd *crowd
}

func (g guarded) Accept() (net.Conn, error) {
	conn, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g.crowd.enter(conn)
	return conn, nil
}

func (c *crowd) enter(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.inside >= roomFor {
		c.makeRoom()
	}
	c.inside++
	c.silent = append(c.silent, arrival{conn, time.Now()})
}

// makeRoom closes the longest silent connection, once it had its time, and waits
// for the server to notice.
func (c *crowd) makeRoom() {
	if len(c.silent) == 0 {
		c.changed.Wait()
		return
	}
	oldest := c.silent[0]
	if wait := patience - time.Since(oldest.at); wait > 0 {
		c.mu.Unlock()
		time.Sleep(wait)
		c.mu.Lock()
		return
	}
	_ = oldest.conn.Close()
	c.changed.Wait()
}

// note follows the server's view of a connection.
func (c *crowd) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateActive:
		c.quit(conn)
	case http.StateClosed, http.StateHijacked:
		c.quit(conn)
		c.inside--
		c.changed.Broadcast()
	}
}

func (c *crowd) quit(conn net.Conn) {
	for i, a := range c.silent {
		if a.conn == conn {
			c.silent = append(c.silent[:i], c.silent[i+1:]...)
			return
		}
	}
}
