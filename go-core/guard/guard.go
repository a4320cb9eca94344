// Package guard turns panics into errors. An unrecovered panic in any goroutine ends the process, and
// the process is somebody's JVM: every export runs in [Call], and [Go] holds the only go statement of
// this module (lint_test.go).
package guard

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	"github.com/stowage/stowage/go-core/messages"
)

// Panic is a recovered panic. Its text is "message (file:line)" of the place that panicked.
type Panic struct{ text string }

func (p *Panic) Error() string { return p.text }

// Result is what a function run by [Go] returned.
type Result[T any] struct {
	Value T
	Err   error
}

// Call runs f on this goroutine. A panic in it becomes a *[Panic].
func Call[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			var zero T
			value, err = zero, &Panic{messages.Panic(fmt.Sprint(recovered), place())}
		}
	}()
	return f()
}

// Go runs f, as [Call] does, on a goroutine of its own. The result waits in the channel, so that
// nobody has to fetch it.
func Go[T any](f func() (T, error)) <-chan Result[T] {
	finished := make(chan Result[T], 1)
	go func() {
		value, err := Call(f)
		finished <- Result[T]{value, err}
	}()
	return finished
}

// place finds the frame that panicked: the first one below the run time's own, which are those that
// raise the panic (gopanic) and those that notice the fault (panicIndex, sigpanic).
func place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	panicking := false
	for {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if panicking && !inRuntime {
			return fmt.Sprintf("%s:%d", path.Join(path.Base(path.Dir(frame.File)), path.Base(frame.File)), frame.Line)
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
		if !more {
			return messages.UnknownPlace()
		}
	}
}
