package bridge

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

func TestGPUPolicy(t *testing.T) {
	tests := map[string]linux.WebviewGpuPolicy{
		"dri/renderD128": linux.WebviewGpuPolicyOnDemand,
		"nvidia0":        linux.WebviewGpuPolicyOnDemand,
		"dxg":            linux.WebviewGpuPolicyOnDemand,
		"nvidiactl":      linux.WebviewGpuPolicyNever,
		"dri/card0":      linux.WebviewGpuPolicyNever, // a display without a processor of its own
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
		if got := gpuPolicy(devices); got != want {
			t.Errorf("with %s it is %d, want %d", device, got, want)
		}
	}
}
