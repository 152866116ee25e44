package keychain_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"patchbay/app/fault"
	"patchbay/app/keychain"
)

// asProgram makes the test binary a program that uses this machine's keychain:
// its value is the ledger's file.
const asProgram = "PATCHBAY_TEST_LEDGER"

func TestMain(m *testing.M) {
	if file := os.Getenv(asProgram); file != "" {
		fmt.Printf("code=%s\n", fault.CodeOf(useSystem(file)))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// useSystem seals on the first call for a ledger, and opens on the later ones.
func useSystem(file string) error {
	ctx := context.Background()
	k := keychain.New(keychain.System{}, fileLedger(file), keychain.Deadline)
	sealed, err := os.ReadFile(file + ".sealed")
	if err != nil {
		if sealed, err = k.Seal(ctx, []byte("token"), "place"); err != nil {
			return err
		}
		return os.WriteFile(file+".sealed", sealed, 0o600)
	}
	plain, err := k.Open(ctx, sealed, "place")
	if err == nil && string(plain) != "token" {
		return fmt.Errorf("opened to %q", plain)
	}
	return err
}

// person is a home of its own, with a keyring that nobody else uses.
type person struct {
	home   string
	ledger string
}

func newPerson(t *testing.T) person {
	t.Helper()
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is missing; install it with build/scripts/install.sh test", program)
		}
	}
	home := t.TempDir()
	must(t, os.Mkdir(filepath.Join(home, "run"), 0o700))
	return person{home, filepath.Join(home, "ledger")}
}

// bus is how a session bus is started; noBus starts none.
type bus []string

var (
	noBus  = bus(nil)
	ownBus = bus{"dbus-run-session", "--"}
)

// emptyBus starts nothing by itself, as on a machine without a keyring.
func (p person) emptyBus(t *testing.T) bus {
	t.Helper()
	config := filepath.Join(p.home, "bus.conf")
	must(t, os.WriteFile(config, []byte(`<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
		<auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600))
	return bus{"dbus-run-session", "--config-file=" + config, "--"}
}

// run runs the program after the shell lines of session, and returns the code
// that it ended with.
func (p person) run(t *testing.T, on bus, session string, env ...string) fault.Code {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args := append(slices.Clone(on), "sh", "-c", session+"\nexec "+os.Args[0])
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + p.home, "XDG_RUNTIME_DIR=" + filepath.Join(p.home, "run"),
		"XDG_DATA_HOME=" + filepath.Join(p.home, "share"), "XDG_CACHE_HOME=" + filepath.Join(p.home, "cache"),
		asProgram + "=" + p.ledger, "GOCOVERDIR=" + p.home,
	}, env...)
	var errors strings.Builder
	command.Stderr = &errors
	command.WaitDelay = time.Second // a daemon may keep the pipes open
	out, err := command.Output()
	_, code, found := strings.Cut(string(out), "code=")
	if !found {
		t.Fatalf("the program said %q (%v)\n%s", out, err, errors.String())
	}
	return fault.Code(strings.TrimSpace(code))
}

const (
	unlocked = `printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null`
	locked   = `` // the bus starts the keyring, and nobody unlocks it
)

func TestSystem_sealsOnceAndOpensInALaterSession(t *testing.T) {
	p := newPerson(t)
	for range 2 {
		if code := p.run(t, ownBus, unlocked); code != "" {
			t.Fatalf("with an unlocked keyring: %s", code)
		}
	}
	if code := p.run(t, ownBus, locked); code != fault.KeychainLocked {
		t.Errorf("with the keyring locked: %q, want %s", code, fault.KeychainLocked)
	}
	if code := p.run(t, ownBus, unlocked); code != "" {
		t.Errorf("unlocked again: %s", code)
	}
}

func TestSystem_keyGoneIsLostNotLocked(t *testing.T) {
	p := newPerson(t)
	if code := p.run(t, ownBus, unlocked); code != "" {
		t.Fatalf("with an unlocked keyring: %s", code)
	}
	must(t, os.RemoveAll(filepath.Join(p.home, "share", "keyrings")))
	if code := p.run(t, ownBus, unlocked); code != fault.KeychainKeyLost {
		t.Errorf("with another keyring: %q, want %s", code, fault.KeychainKeyLost)
	}
}

func TestSystem_withoutSecretService(t *testing.T) {
	p := newPerson(t)
	for _, test := range []struct {
		name string
		on   bus
		env  []string
	}{
		{"no address", noBus, nil},
		{"an address that leads nowhere", noBus, []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(p.home, "nothing")}},
		{"a bus without a keyring", p.emptyBus(t), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if code := p.run(t, test.on, "", test.env...); code != fault.KeychainAbsent {
				t.Errorf("code %q, want %s", code, fault.KeychainAbsent)
			}
		})
	}
	if processes := strayBuses(t, p.home); processes != "" {
		t.Errorf("a bus was started that outlives the program: %s", processes)
	}
}

// strayBuses names the processes that run with the home of this test.
func strayBuses(t *testing.T, home string) string {
	t.Helper()
	var found []string
	entries, err := filepath.Glob("/proc/[0-9]*/environ")
	must(t, err)
	for _, file := range entries {
		content, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(content), "HOME="+home+"\x00") {
			name, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "comm"))
			if n := strings.TrimSpace(string(name)); strings.Contains(n, "dbus") {
				found = append(found, n)
			}
		}
	}
	return strings.Join(found, ", ")
}
