package fault

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestCodeOf(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want Code
	}{
		{"nil has no code", nil, ""},
		{"an error without a code is ours", errors.New("x"), Internal},
		{"the code survives wrapping", fmt.Errorf("a: %w", Errorf(Denied, "b")), Denied},
		{"the outermost code wins", Errorf(Offline, "a: %w", Errorf(Denied, "b")), Offline},
		{"an expired context is a timeout", fmt.Errorf("a: %w", context.DeadlineExceeded), Timeout},
		{"a cancelled context is canceled", context.Canceled, Canceled},
		{"a field error is invalid", Field("name", "empty"), Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CodeOf(tt.err); got != tt.want {
				t.Errorf("CodeOf(%v) = %q, want %q", tt.err, got, tt.want)
			}
		})
	}
}

func TestFieldOf(t *testing.T) {
	if got := FieldOf(fmt.Errorf("save: %w", Field("name", "empty"))); got != "name" {
		t.Errorf("FieldOf = %q, want name", got)
	}
	if got := FieldOf(errors.New("x")); got != "" {
		t.Errorf("FieldOf = %q, want nothing", got)
	}
}
