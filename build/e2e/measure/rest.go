package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"patchbay/e2e/desk"
)

// rest measures what a window costs that nobody touches.
func rest(d *desk.Desk, o order, w window, out samples) error {
	opened, err := open(d, w)
	if err != nil {
		return err
	}
	defer opened.close()
	pause(o.Rest)
	family := tree(opened.program.Pid())
	var own, all float64
	for i, pid := range family {
		kib, err := proportional(pid)
		if err != nil {
			return err
		}
		all += kib
		if i == 0 {
			own = kib
		}
	}
	out.add(w, "pss_mb", all/1024)
	out.add(w, "pss_own_mb", own/1024)
	if o.Idle == 0 {
		return nil
	}
	before, began := used(family), time.Now()
	pause(o.Idle)
	out.add(w, "cpu_percent", 100*(used(family)-before)/time.Since(began).Seconds())
	return nil
}

func pause(seconds float64) { time.Sleep(time.Duration(seconds * float64(time.Second))) }

// tree is a process with all that descend from it, parents first.
func tree(pid int) []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range stats {
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if fields := stat(child); err == nil && len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], child)
		}
	}
	family := []int{pid}
	for i := 0; i < len(family); i++ {
		family = append(family, children[family[i]]...)
	}
	return family
}

// stat is /proc/PID/stat behind the name in brackets: state, parent and so on
// (proc(5) counts them from 3); nil for a process that is gone.
func stat(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// used is the processor time of processes so far, in seconds. The kernel counts
// in hundredths of a second.
func used(family []int) float64 {
	ticks := 0
	for _, pid := range family {
		if fields := stat(pid); len(fields) > 12 {
			user, _ := strconv.Atoi(fields[11])
			system, _ := strconv.Atoi(fields[12])
			ticks += user + system
		}
	}
	return float64(ticks) / 100
}

// proportional is a process's proportional set size in KiB: memory shared with
// others counts by its share.
func proportional(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "Pss:" {
			return strconv.ParseFloat(fields[1], 64)
		}
	}
	return 0, fmt.Errorf("process %d tells no memory", pid)
}
