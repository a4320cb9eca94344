// Package oci moves Wasm modules, and whatever else is stored like them, between files, OCI registries and
// OCI image layout directories.
package oci

import (
	"context"
	"errors"
	"sync"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
	"github.com/stowage/stowage/go-core/web"
)

// Job is what an operation is given besides its references.
type Job struct {
	Options options.Options
	// Report, which may be nil, is told for each blob that is moved its digest, the bytes done and the total:
	// first 0, then about every 64 KiB, last the total. It answers whether to go on. Calls take turns.
	Report func(blob string, done, total int64) bool
}

// operation is one run of Pull, Push, Resolve, Tags or Copy.
type operation struct {
	options options.Options
	session *web.Session
	report  func(blob string, done, total int64) bool

	mu      sync.Mutex
	stopped bool
}

// run opens what an operation needs, and names what ended it from outside: ctx, or the option timeout-ms.
func run[T any](outer context.Context, ref string, job Job, body func(context.Context, *operation) (T, error)) (T, error) {
	var none T
	session, err := web.Open(job.Options)
	if err != nil {
		return none, err
	}
	defer session.Close()
	// Canceled in any case when the operation is over: a request body may still be read by then.
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	if limit := job.Options.Timeout; limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	value, err := none, ctx.Err()
	if err == nil {
		value, err = body(ctx, &operation{options: job.Options, session: session, report: job.Report})
	}
	if err == nil {
		return value, nil
	}
	var panicked *guard.Panic
	switch {
	case errors.As(err, &panicked):
		return none, panicked
	case fail.KindOf(err) == fail.Host:
	case outer.Err() != nil:
		return none, fail.Because(err, fail.Canceled, messages.Canceled(ref))
	case ctx.Err() != nil:
		return none, fail.Because(err, fail.Timeout, messages.TimedOut(ref, job.Options.Timeout))
	}
	if known := fail.Known(err); known != nil {
		return none, known // without what others wrapped around it
	}
	return none, err
}

// tell asks the caller whether to go on. After a no nobody is asked again.
func (o *operation) tell(ref, blob string, done, total int64) error {
	if o.report == nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped || !o.report(blob, done, total) {
		o.stopped = true
		return fail.New(fail.Host, messages.StoppedByHost(ref))
	}
	return nil
}
