// Package guard turns panics into errors. A panic that nobody recovers in any goroutine ends the process, which
// is the user's JVM. So every export runs in [Call], and [Go] has the only go statement of this module
// (lint_test.go checks both).
package guard

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	"github.com/stowage/stowage/go-core/messages"
)

// Panic is a recovered panic. Its text is "message (file:line)"; file and line are those that panicked.
type Panic struct{ text string }

func (p *Panic) Error() string { return p.text }

// Result is what a function run by [Go] returned.
type Result[T any] struct {
	Value T
	Err   error
}

// Call runs f on this goroutine. If f panics, Call returns a *[Panic].
func Call[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			var zero T
			value, err = zero, &Panic{messages.Panic(fmt.Sprint(recovered), panicPlace())}
		}
	}()
	return f()
}

// Go runs f on a new goroutine, as [Call] does. The channel buffers the result, so the goroutine ends even if
// nobody receives it.
func Go[T any](f func() (T, error)) <-chan Result[T] {
	finished := make(chan Result[T], 1)
	go func() {
		value, err := Call(f)
		finished <- Result[T]{value, err}
	}()
	return finished
}

// panicPlace finds the frame that panicked: the first frame below those of the Go runtime, which raise the
// panic (gopanic) or detect the fault (panicIndex, sigpanic).
func panicPlace() string {
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
