//go:build !linux && !darwin && !windows

package desktop

func browsers() []string { return nil }
