package desktop_test

import (
	"os"
	"path/filepath"
	"testing"

	"patchbay/app/desktop"
)

func TestHasGPU(t *testing.T) {
	tests := map[string]bool{
		"dri/renderD128": true,
		"nvidia0":        true,
		"dxg":            true,
		"nvidiactl":      false,
		"dri/card0":      false, // a display without a processor of its own
	}
	for device, want := range tests {
		devices := t.TempDir()
		file := filepath.Join(devices, device)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := desktop.HasGPU(devices); got != want {
			t.Errorf("with %s it is %v", device, got)
		}
	}
}
