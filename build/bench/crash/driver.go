package crash

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// What lies in a matrix's folder. All of it is searched for secrets, but for the
// keychain.
const (
	keychainFile = "keychain.json"
	outputFile   = "output.log" // what the program logged and said
)

// driver tells a running program what to do.
type driver struct {
	process *exec.Cmd
	in      io.WriteCloser
	gone    chan struct{} // closed when the program says nothing any more

	mu      sync.Mutex
	n       int
	waiting map[int]chan reply
}

var errGone = errors.New("the program was killed")

// start runs the program over dir and waits until it is ready.
func start(ctx context.Context, dir string, p *authority) (*driver, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	for _, folder := range []string{"home", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return nil, err
		}
	}
	output, err := os.OpenFile(filepath.Join(dir, outputFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	home := filepath.Join(dir, "home")
	trust := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})
	c := exec.CommandContext(ctx, self)
	c.Env = append(os.Environ(),
		envDir+"="+dir, envAddress+"="+p.Listener.Addr().String(), envTrust+"="+string(trust),
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home, "TMPDIR="+filepath.Join(dir, "tmp"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere",
	)
	c.Stderr = output
	d := &driver{process: c, gone: make(chan struct{}), waiting: map[int]chan reply{}}
	if d.in, err = c.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	ready := d.expect(0)
	if err := c.Start(); err != nil {
		return nil, err
	}
	go d.listen(out)
	if _, err := d.await(ready); err != nil {
		return nil, errors.Join(fmt.Errorf("the program does not start, see %s", output.Name()), d.kill())
	}
	return d, nil
}

// listen hands out answers until the program is gone. What it said before that
// counts.
func (d *driver) listen(out io.Reader) {
	defer close(d.gone)
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r reply
		if json.Unmarshal(lines.Bytes(), &r) != nil {
			return // cut off by the kill
		}
		d.mu.Lock()
		if waiting := d.waiting[r.N]; waiting != nil {
			waiting <- r
			delete(d.waiting, r.N)
		}
		d.mu.Unlock()
	}
}

func (d *driver) expect(n int) chan reply {
	answered := make(chan reply, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[n] = answered
	return answered
}

func (d *driver) await(answered chan reply) (reply, error) {
	select {
	case r := <-answered:
		return r, nil
	case <-d.gone:
	}
	select { // the last words
	case r := <-answered:
		return r, nil
	default:
		return reply{}, errGone
	}
}

// ask has a command carried out. An error is that the program is gone; how the
// command went stands in the reply.
func (d *driver) ask(do, id string) (reply, error) {
	d.mu.Lock()
	d.n++
	c := command{N: d.n, Do: do, ID: id}
	d.mu.Unlock()
	answered := d.expect(c.N)
	text, err := json.Marshal(c)
	if err != nil {
		return reply{}, err
	}
	d.mu.Lock()
	_, err = d.in.Write(append(text, '\n'))
	d.mu.Unlock()
	if err != nil {
		return reply{}, errGone
	}
	return d.await(answered)
}

// kill ends the program at once, as kill -9 does.
func (d *driver) kill() error {
	err := d.process.Process.Kill()
	<-d.gone
	_ = d.process.Wait() // says that it was killed
	return err
}

// end lets the program end by itself.
func (d *driver) end() error {
	err := d.in.Close()
	<-d.gone
	return errors.Join(err, d.process.Wait())
}
