//go:build !linux

package desktop_test

func onLinux() bool { return false }
