package desktop

import "os/exec"

func own(*exec.Cmd) {}

func end(command *exec.Cmd) { _ = command.Process.Kill() }
