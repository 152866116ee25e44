package desktop

import "path/filepath"

// HasGPU reports whether a graphics processor is among the devices of a Linux
// machine; devices is their folder, which is /dev. Where there is none the same
// work is done by software in its place, and a window that draws straight to the
// screen takes half the time.
func HasGPU(devices string) bool {
	for _, pattern := range []string{"dri/renderD*", "nvidia[0-9]*", "dxg"} {
		if found, _ := filepath.Glob(filepath.Join(devices, pattern)); found != nil {
			return true
		}
	}
	return false
}
