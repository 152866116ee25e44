package desk

import (
	"os/exec"
	"syscall"
)

// janitorScript waits for the end of its input, then ends what programs of the
// desk left running and removes the folder. It knows them by the desk's folder
// in their environment, a name that no other process carries.
const janitorScript = `
cat >/dev/null
for try in 1 2 3; do
  for p in /proc/[0-9]*; do
    if tr '\0' '\n' <"$p/environ" | grep -qxF "HOME=$1/home"; then kill -9 "${p#/proc/}"; fi
  done 2>/dev/null
  rm -rf "$1" && exit 0
  sleep 0.2
done 2>/dev/null
`

// startJanitor starts the process that cleans up even when the test is killed:
// its input is a pipe that the kernel closes with the test process.
func (d *Desk) startJanitor() error {
	cmd := exec.Command("sh", "-c", janitorScript, "janitor", d.dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	d.janitor, d.swept = pipe, make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(d.swept)
	}()
	return nil
}
