package main

// #include "bridge.h"
import "C"

import (
	"context"
	"maps"
	"slices"
	"unsafe"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
	"github.com/stowage/stowage/go-core/options"
	"github.com/stowage/stowage/go-core/record"
)

// request is what every export about references gets besides them, from C.
type request struct {
	options     *C.swg_const_byte
	options_len C.size_t
	token       C.uint64_t
	progress    C.swg_progress_fn
	ctx         unsafe.Pointer
}

// progressEvent is one question of an operation: may it go on?
type progressEvent struct {
	blob        string
	done, total int64
}

// answerRecord is [answer] for an export whose result is a record; body runs on a goroutine of its own.
func answerRecord(
	out, message *C.swg_buffer, asked request, body func(ctx context.Context, job oci.Job) ([]byte, failure),
) C.int32_t {
	return answerText(out, message, func() (string, failure) {
		parsed, err := readOptions(asked.options, asked.options_len)
		if err != nil {
			return "", err
		}
		ctx, err := tokenContext(uint64(asked.token))
		if err != nil {
			return "", err
		}
		result, err := serve(asked, func(report func(string, int64, int64) bool) ([]byte, failure) {
			return body(ctx, oci.Job{Options: parsed, Report: report})
		})
		return string(result), err
	})
}

// serve runs body in a goroutine of its own and calls the progress function from this one, which is locked
// to the thread of the C caller: a callback never sees another thread, whatever the HTTP client does.
func serve(asked request, body func(report func(string, int64, int64) bool) ([]byte, failure)) ([]byte, failure) {
	events, replies, over := make(chan progressEvent), make(chan bool), make(chan struct{})
	defer close(over)
	var report func(string, int64, int64) bool
	if asked.progress != nil {
		report = func(blob string, done, total int64) bool {
			select {
			case events <- progressEvent{blob, done, total}:
				return <-replies
			case <-over: // an upload's reader may outlive its operation by a moment
				return false
			}
		}
	}
	finished := guard.Go(func() ([]byte, failure) { return body(report) })
	for {
		select {
		case event := <-events:
			replies <- asked.tell(event)
		case result := <-finished:
			return result.Value, result.Err
		}
	}
}

func (r request) tell(event progressEvent) bool {
	blob := unsafe.StringData(event.blob) // without pointers in it, and the callback only borrows it
	return C.swg_report(r.progress, r.ctx, (*C.swg_const_byte)(unsafe.Pointer(blob)), C.size_t(len(event.blob)),
		C.int64_t(event.done), C.int64_t(event.total)) == 0
}

func readOptions(p *C.swg_const_byte, n C.size_t) (options.Options, failure) {
	encoded, err := raw(p, n, messages.Options)
	if err != nil {
		return options.Options{}, err
	}
	pairs, err := record.Pairs(encoded)
	if err != nil {
		return options.Options{}, fail.Because(err, fail.InvalidArgument, messages.BadRecord(messages.Options, err.Error()))
	}
	return options.Parse(pairs)
}

// artifactRecord encodes what the header calls an artifact.
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

// texts reads two texts.
func texts(
	p *C.swg_const_byte, n C.size_t, what string, q *C.swg_const_byte, m C.size_t, other string,
) (string, string, failure) {
	first, err := text(p, n, what)
	if err != nil {
		return "", "", err
	}
	second, err := text(q, m, other)
	return first, second, err
}
