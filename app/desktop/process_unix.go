//go:build unix

package desktop

import (
	"os/exec"
	"syscall"
)

// own gives the process a group of its own, so that ending it ends its children.
func own(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func end(command *exec.Cmd) { _ = syscall.Kill(-command.Process.Pid, syscall.SIGTERM) }
