package desk

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// networkScript makes a network that leads nowhere but looks like one that
// does: an address for documentation (RFC 5737) on one end of a virtual cable.
const networkScript = `set -e
ip link set lo up
ip link add out0 type veth peer name far0
ip address add 192.0.2.1/24 dev out0
ip link set far0 up
ip link set out0 up
exec "$@"`

// inNetwork starts the program in a network namespace of its own. The display,
// the buses and the keyring are sockets in folders, which stay reachable.
func (d *Desk) inNetwork(path string, args []string) *exec.Cmd {
	unshare := []string{"--net"}
	if os.Getuid() != 0 {
		unshare = append(unshare, "--user", "--map-current-user", "--keep-caps")
	}
	unshare = append(unshare, "sh", "-c", networkScript, "network", path)
	return d.command("unshare", append(unshare, args...)...)
}

// CutNetwork pulls the cable of a program that was launched on a desk with
// OwnNetwork, PlugNetwork puts it back.
func (p *Program) CutNetwork() error { return p.cable("down") }

// PlugNetwork undoes CutNetwork.
func (p *Program) PlugNetwork() error { return p.cable("up") }

func (p *Program) cable(state string) error {
	enter := []string{"--target", strconv.Itoa(p.Pid()), "--net"}
	if os.Getuid() != 0 {
		enter = append(enter, "--user", "--preserve-credentials")
	}
	out, err := exec.Command("nsenter", append(enter, "ip", "link", "set", "out0", state)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("set the network %s: %w: %s", state, err, out)
	}
	return nil
}
