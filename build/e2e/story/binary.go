package story

import (
	"fmt"
	"os"
	"path/filepath"
)

// Binary is the program under test: PATCHBAY_BIN, else bin/patchbay beside the
// folder of this module.
func Binary() string {
	if bin := os.Getenv("PATCHBAY_BIN"); bin != "" {
		if abs, err := filepath.Abs(bin); err == nil {
			return abs
		}
		return bin
	}
	return filepath.Join(Module(), "..", "bin", "patchbay")
}

// Module is the folder of this Go module, found upward from the working folder.
func Module() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for d := dir; d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
	}
	return dir
}

func runName(n int) string { return fmt.Sprintf("program-%d", n) }
