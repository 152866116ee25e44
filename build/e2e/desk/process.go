package desk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// starts is served by one goroutine that keeps its thread for good: the kernel
// sends Pdeathsig when the thread that forked ends, not when the process does.
var starts = func() chan func() {
	c := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range c {
			f()
		}
	}()
	return c
}()

// process is a program in a process group of its own.
type process struct {
	cmd  *exec.Cmd
	log  string // path of the file with its standard output and error
	done chan struct{}
	err  error // how it ended; valid once done is closed
}

// spawn starts cmd with its output in a log file called name.
func (d *Desk) spawn(name string, cmd *exec.Cmd) (*process, error) {
	path := filepath.Join(d.dir, "log", name+".log")
	out, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	if cmd.Stdout == nil {
		cmd.Stdout = out
	}
	cmd.Stderr = out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	// A grandchild may keep the pipe to a caller open; waiting ends anyway.
	cmd.WaitDelay = time.Second
	started := make(chan error)
	starts <- func() { started <- cmd.Start() }
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &process{cmd: cmd, log: path, done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// stop asks the group to end and makes it end after the grace time.
func (p *process) stop(grace time.Duration) {
	p.signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(grace):
	}
	p.signal(syscall.SIGKILL)
	<-p.done
}

func (p *process) signal(sig syscall.Signal) {
	_ = syscall.Kill(-p.cmd.Process.Pid, sig)
}

// ended reports how the process ended, or nil while it runs.
func (p *process) ended() error {
	select {
	case <-p.done:
		if p.err == nil {
			return errors.New("ended")
		}
		return p.err
	default:
		return nil
	}
}

// await polls ready until it says yes, the process ends, or the time is over.
func (p *process) await(what string, limit time.Duration, ready func() bool) error {
	deadline := time.Now().Add(limit)
	for !ready() {
		if err := p.ended(); err != nil {
			return fmt.Errorf("%s: %w; its log:\n%s", what, err, p.tail())
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: not ready after %v; its log:\n%s", what, limit, p.tail())
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// tail is the last part of the log.
func (p *process) tail() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	if len(text) > 4000 {
		text = text[len(text)-4000:]
	}
	return string(text)
}
