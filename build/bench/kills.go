package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"patchbay/build/bench/crash"
)

// kills counts what is lost and what lies open after the program was killed at
// random points. Anything but zero is an error.
func kills(ctx context.Context) ([]figure, error) {
	seed := uint64(time.Now().UnixNano())
	t, err := crash.Run(ctx, *killed, seed)
	for _, line := range t.Trouble {
		fmt.Fprintln(os.Stderr, line)
	}
	if t.Lost+t.Found > 0 {
		err = errors.Join(err, fmt.Errorf("%d connections lost, %d secrets found, seed %d", t.Lost, t.Found, seed))
	}
	return []figure{
		{"connections_lost", float64(t.Lost), "= 0"},
		{"secrets_found_on_disk", float64(t.Found), "= 0"},
		{"crash_rounds", float64(t.Rounds), ""},
		{"crash_signed_in_again", float64(t.Interrupted), ""},
		{"crash_sign_ins_forgotten", float64(t.Forgotten), ""},
		{"crash_secrets_looked_for", float64(t.Secrets), ""},
	}, err
}
