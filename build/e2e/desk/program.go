package desk

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Program is a program under test that runs on the desk.
type Program struct{ p *process }

// Launch starts a program on the desk with extra KEY=value pairs. Its output
// goes to a log of that name.
func (d *Desk) Launch(name string, env []string, path string, args ...string) (*Program, error) {
	cmd := d.command(path, args...)
	cmd.Env = append(cmd.Env, env...)
	p, err := d.spawn(name, cmd)
	if err != nil {
		return nil, err
	}
	d.parts = append(d.parts, p)
	return &Program{p}, nil
}

// Pid is the process id.
func (p *Program) Pid() int { return p.p.cmd.Process.Pid }

// Log is everything that the program wrote so far, both streams.
func (p *Program) Log() string {
	text, err := os.ReadFile(p.p.log)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// Running reports whether the program has not ended yet.
func (p *Program) Running() bool { return p.p.ended() == nil }

// Wait waits for the end and returns the exit code, or an error after limit.
// A program ended by a signal has code -1.
func (p *Program) Wait(limit time.Duration) (int, error) {
	select {
	case <-p.p.done:
	case <-time.After(limit):
		return 0, errors.New("still running after " + limit.String())
	}
	var exit *exec.ExitError
	if p.p.err != nil && !errors.As(p.p.err, &exit) {
		return 0, p.p.err
	}
	return p.p.cmd.ProcessState.ExitCode(), nil
}

// Quit asks the program to end (SIGTERM) and makes it after grace.
func (p *Program) Quit(grace time.Duration) { p.p.stop(grace) }

// Kill ends the program and its children at once, like a power cut.
func (p *Program) Kill() {
	p.p.signal(syscall.SIGKILL)
	<-p.p.done
}
