package desk

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// startDisplay starts Xvfb, which picks a free display number itself and
// writes it once it takes connections.
func (d *Desk) startDisplay() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	size := d.opts.size()
	cmd := d.command("Xvfb", "-displayfd", "3", "-screen", "0",
		fmt.Sprintf("%dx%dx24", size.X, size.Y), "-dpi", "96", "-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	p, err := d.spawn("xvfb", cmd)
	w.Close()
	if err != nil {
		return err
	}
	d.parts = append(d.parts, p)
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		return fmt.Errorf("xvfb gave no display number; its log:\n%s", p.tail())
	}
	d.display = ":" + strings.TrimSpace(number)
	return p.await("xvfb", startLimit, func() bool { return connects(d.display) })
}

// startWindowManager starts openbox, so that several windows can be raised,
// focused and closed as on a real desktop.
func (d *Desk) startWindowManager() error {
	p, err := d.start("openbox", "openbox", "--sm-disable")
	if err != nil {
		return err
	}
	if err := p.await("openbox", startLimit, func() bool { return managed(d.display) }); err != nil {
		return err
	}
	if d.opts.Dark {
		return paint(d.display, 0x1b1d21)
	}
	return paint(d.display, 0xcfd4dc)
}
