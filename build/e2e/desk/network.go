package desk

import (
	"fmt"
	"os"
	"os/exec"
)

// networkScript makes a network that leads nowhere but looks like one that
// does: an address for documentation (RFC 5737) on one end of a virtual cable.
// Displays are numbered per network yet share a folder, so that is new too.
const networkScript = `set -e
mkdir -p -m 1777 /tmp/.X11-unix
mount -t tmpfs -o mode=1777 displays /tmp/.X11-unix
ip link set lo up
ip link add out0 type veth peer name far0
ip address add 192.0.2.1/24 dev out0
ip link set far0 up
ip link set out0 up
exec "$@"`

// OwnNetwork is a command that runs a program, and all that it starts, in a
// network namespace of its own: its ports are nobody else's, and CutNetwork
// cuts it.
func OwnNetwork(path string, args ...string) *exec.Cmd {
	unshare := []string{"--net", "--mount"}
	if os.Getuid() != 0 {
		unshare = append(unshare, "--user", "--map-current-user", "--keep-caps")
	}
	unshare = append(unshare, "sh", "-c", networkScript, "network", path)
	return exec.Command("unshare", append(unshare, args...)...)
}

// CutNetwork pulls the cable of the network that this process was started in
// with OwnNetwork, PlugNetwork puts it back.
func CutNetwork() error { return cable("down") }

// PlugNetwork undoes CutNetwork.
func PlugNetwork() error { return cable("up") }

func cable(state string) error {
	out, err := exec.Command("ip", "link", "set", "out0", state).CombinedOutput()
	if err != nil {
		return fmt.Errorf("set the network %s: %w: %s", state, err, out)
	}
	return nil
}
