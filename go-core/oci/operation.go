// Package oci transfers Wasm modules, and other artifacts that are stored in the same way, between files, OCI
// registries and OCI image layout directories.
package oci

import (
	"context"
	"errors"
	"sync"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/options"
	"github.com/stowage/stowage/go-core/transport"
)

// Job holds the arguments of an operation besides its references.
type Job struct {
	Options options.Options
	// Report is called for each blob that is transferred, with its digest, the number of bytes done and the total:
	// first with 0 bytes done, then about every 64 KiB, last with the total. It returns whether to continue. Calls
	// never overlap. Report may be nil.
	Report func(blob string, done, total int64) bool
}

// operation is one run of Pull, Push, Resolve, Tags or Copy.
type operation struct {
	options options.Options
	session *transport.Session
	report  func(blob string, done, total int64) bool

	mu      sync.Mutex
	stopped bool
}

// runOperation runs body with a new operation. If outer or option timeout-ms ended it, the error names that reason.
func runOperation[T any](outer context.Context, ref string, job Job, body func(context.Context, *operation) (T, error)) (T, error) {
	var none T
	session, err := transport.Open(job.Options)
	if err != nil {
		return none, err
	}
	defer session.Close()
	// Canceled at the end in any case, because net/http may still be reading a request body.
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
	case errkind.Of(err) == errkind.Host:
	case outer.Err() != nil:
		return none, errkind.Wrap(err, errkind.Canceled, messages.Canceled(ref))
	case ctx.Err() != nil:
		return none, errkind.Wrap(err, errkind.Timeout, messages.TimedOut(ref, job.Options.Timeout))
	}
	if known := errkind.Find(err); known != nil {
		return none, known // without errors of other libraries around it
	}
	return none, err
}

// reportProgress calls the report function. Once that returns false, it is not called again.
func (o *operation) reportProgress(ref, blob string, done, total int64) error {
	if o.report == nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped || !o.report(blob, done, total) {
		o.stopped = true
		return errkind.New(errkind.Host, messages.StoppedByHost(ref))
	}
	return nil
}
