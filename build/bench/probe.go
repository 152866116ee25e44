package main

import (
	"context"
	"errors"
	"syscall"
	"time"
)

// probe measures what it costs to watch 1,000 healthy connections, each checked
// once an hour. The provider runs in the same process, so the figure holds its
// side too and is too high rather than too low.
func probe(ctx context.Context) (figures []figure, err error) {
	p, err := newAuthority(0)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	f, err := newFleet(ctx, 1000, time.Now().Add(time.Hour))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	before, err := processorTime()
	if err != nil {
		return nil, err
	}
	err = f.each(8, func(id string) error {
		_, err := f.Bridge.Connections.CheckNow(ctx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	after, err := processorTime()
	return []figure{{"probe_cpu_percent_1000", 100 * (after - before).Hours(), "< 2"}}, err
}

// processorTime is what this process has used so far.
func processorTime() (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}
