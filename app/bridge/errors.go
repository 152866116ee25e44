package bridge

import (
	"encoding/json"
	"runtime"
	"strings"

	"patchbay/app/fault"
)

// failure is an error as the page reads it.
type failure struct {
	Code    fault.Code `json:"code"`
	Field   string     `json:"field"`
	Message string     `json:"message"`
}

// FormatError renders err as the JSON text that the page parses. It must be
// text: the framework passes whatever comes back to JavaScript's Error constructor.
func FormatError(err error) any {
	text, failed := json.Marshal(failure{fault.CodeOf(err), fault.FieldOf(err), err.Error()})
	if failed != nil {
		return `{"code":"internal","field":"","message":"an error that cannot be told"}`
	}
	return string(text)
}

// guard turns a panic in a bound method into an error. The framework recovers
// the panic itself, but then never settles the promise, and logs the arguments.
// The panic's value stays out of the error: it may hold what was passed in.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = fault.Errorf(fault.Internal, "panic of type %T in %s", p, culprit())
	}
}

// culprit names the function that panicked: the first of ours above guard.
func culprit() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for {
		frame, more := frames.Next()
		own := strings.HasPrefix(frame.Function, "patchbay/")
		if own && !strings.HasSuffix(frame.Function, ".culprit") && !strings.HasSuffix(frame.Function, ".guard") {
			return frame.Function
		}
		if !more {
			return "an unknown place"
		}
	}
}
