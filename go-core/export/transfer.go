package main

// #include "bridge.h"
import "C"

import (
	"context"
	"maps"
	"slices"
	"unsafe"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
	"github.com/stowage/stowage/go-core/options"
	"github.com/stowage/stowage/go-core/record"
)

// request holds the arguments that all exports with references have in common.
type request struct {
	options     *C.swg_const_byte
	options_len C.size_t
	token       C.uint64_t
	progress    C.swg_progress_fn
	ctx         unsafe.Pointer
}

// progressEvent is one progress report; the operation waits until the callback has decided whether it continues.
type progressEvent struct {
	blob        string
	done, total int64
}

// answerRecord is [answer] for an export with a record as its result. body runs on a new goroutine.
func answerRecord(
	out, message *C.swg_buffer, call request, body func(ctx context.Context, job oci.Job) ([]byte, failure),
) C.int32_t {
	return answerText(out, message, func() (string, failure) {
		parsed, err := readOptions(call.options, call.options_len)
		if err != nil {
			return "", err
		}
		ctx, err := tokenContext(uint64(call.token))
		if err != nil {
			return "", err
		}
		result, err := runWithProgress(call, func(report func(string, int64, int64) bool) ([]byte, failure) {
			return body(ctx, oci.Job{Options: parsed, Report: report})
		})
		return string(result), err
	})
}

// runWithProgress runs body on a new goroutine and calls the progress function on this one, which is locked to the
// thread of the C caller. So the callback runs on that thread only, whichever goroutine of the HTTP client reports
// progress.
func runWithProgress(call request, body func(report func(string, int64, int64) bool) ([]byte, failure)) ([]byte, failure) {
	events, replies, over := make(chan progressEvent), make(chan bool), make(chan struct{})
	defer close(over)
	var report func(string, int64, int64) bool
	if call.progress != nil {
		report = func(blob string, done, total int64) bool {
			select {
			case events <- progressEvent{blob, done, total}:
				return <-replies
			case <-over: // net/http may read an upload for a moment longer than its operation runs
				return false
			}
		}
	}
	finished := guard.Go(func() ([]byte, failure) { return body(report) })
	for {
		select {
		case event := <-events:
			replies <- call.report(event)
		case result := <-finished:
			return result.Value, result.Err
		}
	}
}

// report calls the progress function. It returns whether the operation may continue.
func (r request) report(event progressEvent) bool {
	blob := unsafe.StringData(event.blob) // contains no Go pointers, and the callback only borrows it
	return C.swg_report(r.progress, r.ctx, (*C.swg_const_byte)(unsafe.Pointer(blob)), C.size_t(len(event.blob)),
		C.int64_t(event.done), C.int64_t(event.total)) == 0
}

func readOptions(p *C.swg_const_byte, n C.size_t) (options.Options, failure) {
	encoded, err := copyBytes(p, n, messages.Options)
	if err != nil {
		return options.Options{}, err
	}
	pairs, err := record.Pairs(encoded)
	if err != nil {
		return options.Options{}, errkind.Wrap(err, errkind.InvalidArgument, messages.BadRecord(messages.Options, err.Error()))
	}
	return options.Parse(pairs)
}

// artifactRecord encodes the record that the header calls an artifact.
func artifactRecord(a oci.Artifact, err failure) ([]byte, failure) {
	var to []byte
	for _, s := range []string{a.Digest, a.MediaType, a.Layout, a.ModuleDigest} {
		to = record.AppendString(to, s)
	}
	to = record.AppendNumber(to, uint64(a.ModuleSize))
	to = record.AppendCount(to, len(a.Annotations))
	for _, key := range slices.Sorted(maps.Keys(a.Annotations)) {
		to = record.AppendString(record.AppendString(to, key), a.Annotations[key])
	}
	return to, err
}

// copyTexts copies two texts.
func copyTexts(
	p *C.swg_const_byte, n C.size_t, what string, q *C.swg_const_byte, m C.size_t, other string,
) (string, string, failure) {
	first, err := copyText(p, n, what)
	if err != nil {
		return "", "", err
	}
	second, err := copyText(q, m, other)
	return first, second, err
}
