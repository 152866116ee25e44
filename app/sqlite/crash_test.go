package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"patchbay/app/connection"
	"patchbay/app/sqlite"
)

// writerDir makes the test binary a program that writes until it is killed.
const writerDir = "PATCHBAY_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForEver renews the tokens of one connection, and says each version when
// the store says that it is stored.
func writeForEver(dir string) error {
	ctx := context.Background()
	w, _, err := sqlite.OpenWorkspace(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	c, err := w.Connection(ctx, "c1")
	if err != nil {
		c = full("c1")
	}
	for {
		version := c.Version + 1
		a := activity(fmt.Sprint("a", version))
		if c, err = w.Save(ctx, c, []byte(fmt.Sprint("tokens ", version)), a); err != nil {
			return err
		}
		fmt.Println(c.Version)
		if version%50 == 0 {
			if _, err := w.Backup(ctx); err != nil {
				return err
			}
		}
	}
}

func TestKill_losesNoAcknowledgedWrite(t *testing.T) {
	dir := t.TempDir()
	const rounds = 20
	for round := range rounds {
		said := killAmidWriting(t, dir)
		w := workspace(t, dir)
		c, err := w.Connection(t.Context(), "c1")
		must(t, err)
		if c.Version < said {
			t.Fatalf("round %d: version %d was acknowledged, %d is stored", round, said, c.Version)
		}
		if got, want := sealed(t, w, "c1"), fmt.Sprint("tokens ", c.Version); got != want {
			t.Fatalf("round %d: tokens %q beside version %d", round, got, c.Version)
		}
		list, err := w.Activity(t.Context(), connection.ActivityFilter{Limit: 1_000_000})
		must(t, err)
		if int64(len(list)) != c.Version {
			t.Fatalf("round %d: %d activities for %d versions", round, len(list), c.Version)
		}
		must(t, w.Close())
	}
}

// killAmidWriting runs the writer, kills it after some writes, and returns the
// last version that it said was stored.
func killAmidWriting(t *testing.T, dir string) (said int64) {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerDir+"="+dir)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	must(t, err)
	must(t, writer.Start())
	lines := bufio.NewScanner(out)
	enough := 3 + rand.IntN(40)
	for n := 0; lines.Scan(); n++ {
		if version, err := strconv.ParseInt(strings.TrimSpace(lines.Text()), 10, 64); err == nil {
			said = version
		}
		if n == enough {
			must(t, writer.Process.Kill()) // what it still says is read to the end
		}
	}
	if err := writer.Wait(); err == nil || said == 0 {
		t.Fatalf("the writer ended by itself (%v) after version %d", err, said)
	}
	return said
}
