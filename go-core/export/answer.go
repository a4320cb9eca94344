package main

// #include "bridge.h"
import "C"

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// failure is the predeclared type error, which the parameter error of the exports hides.
type failure = error

var statusOf = map[errkind.Kind]C.int32_t{
	errkind.InvalidArgument:  C.SWG_INVALID_ARGUMENT,
	errkind.Closed:           C.SWG_CLOSED,
	errkind.InvalidReference: C.SWG_INVALID_REFERENCE,
	errkind.NotFound:         C.SWG_NOT_FOUND,
	errkind.DigestMismatch:   C.SWG_DIGEST_MISMATCH,
	errkind.Truncated:        C.SWG_TRUNCATED,
	errkind.Unsupported:      C.SWG_UNSUPPORTED,
	errkind.Canceled:         C.SWG_CANCELED,
	errkind.Host:             C.SWG_HOST,
	errkind.Network:          C.SWG_NETWORK,
	errkind.IO:               C.SWG_IO,
	errkind.Unauthorized:     C.SWG_UNAUTHORIZED,
	errkind.Forbidden:        C.SWG_FORBIDDEN,
	errkind.Timeout:          C.SWG_TIMEOUT,
	errkind.TooLarge:         C.SWG_TOO_LARGE,
}

// bufferBytes is the sum of the caps of all buffers that are owned by callers.
var bufferBytes atomic.Int64

// answer runs the body of an export and turns a panic or an error into a status and an owned message.
func answer(message *C.swg_buffer, body func() failure) C.int32_t {
	if message != nil {
		*message = C.swg_buffer{}
	}
	_, err := guard.Call(func() (struct{}, failure) { return struct{}{}, body() })
	if err == nil {
		return C.SWG_OK
	}
	if message != nil {
		// Without memory the message stays empty; the status is returned anyway.
		_ = fillBuffer(message, strings.ToValidUTF8(err.Error(), "\uFFFD"))
	}
	return status(err)
}

func status(err failure) C.int32_t {
	var panicked *guard.Panic
	if errors.As(err, &panicked) {
		return C.SWG_PANIC
	}
	if code, ok := statusOf[errkind.Of(err)]; ok {
		return code
	}
	return C.SWG_INTERNAL
}

// answerText is [answer] for an export with a text as its result.
func answerText(out, message *C.swg_buffer, body func() (string, failure)) C.int32_t {
	if out != nil {
		*out = C.swg_buffer{}
	}
	return answer(message, func() failure {
		if out == nil {
			return errkind.New(errkind.InvalidArgument, messages.NullOut())
		}
		result, err := body()
		if err != nil {
			return err
		}
		return fillBuffer(out, result)
	})
}

// answerNumber is [answer] for an export with a number as its result.
func answerNumber[T C.int64_t | C.uint64_t](out *T, message *C.swg_buffer, body func() (T, failure)) C.int32_t {
	if out != nil {
		*out = 0
	}
	return answer(message, func() failure {
		if out == nil {
			return errkind.New(errkind.InvalidArgument, messages.NullOut())
		}
		result, err := body()
		if err == nil {
			*out = result
		}
		return err
	})
}

// copyText copies borrowed UTF-8 into Go; what names the argument in messages.
func copyText(p *C.swg_const_byte, n C.size_t, what string) (string, failure) {
	copied, err := copyBytes(p, n, what)
	if err == nil && !utf8.Valid(copied) {
		err = errkind.New(errkind.InvalidArgument, messages.NotUTF8(what))
	}
	return string(copied), err
}

// copyBytes copies borrowed bytes into Go; what names the argument in messages.
func copyBytes(p *C.swg_const_byte, n C.size_t, what string) ([]byte, failure) {
	if p == nil {
		if n == 0 {
			return nil, nil
		}
		return nil, errkind.New(errkind.InvalidArgument, messages.NullInput(what, uint64(n)))
	}
	// Allocating more memory than there is would be a fatal error, which cannot be recovered.
	if uint64(n) > maxInput {
		return nil, errkind.New(errkind.InvalidArgument, messages.InputTooLong(what, uint64(n), maxInput))
	}
	return slices.Clone(unsafe.Slice((*byte)(unsafe.Pointer(p)), int(n))), nil
}

// maxInput is the maximum length of an argument, in bytes: more than any path, reference or record needs, and
// little enough to allocate.
const maxInput = 1 << 20

// fillBuffer puts a copy of s in C memory into an empty buffer.
func fillBuffer(buffer *C.swg_buffer, s string) failure {
	if s == "" {
		return nil
	}
	size := C.size_t(len(s))
	p := C.swg_allocate(size)
	if p == nil {
		return fmt.Errorf("%s", messages.NoMemory(len(s)))
	}
	copy(unsafe.Slice((*byte)(p), len(s)), s)
	*buffer = C.swg_buffer{ptr: (*C.uint8_t)(p), len: size, cap: size}
	bufferBytes.Add(int64(size))
	return nil
}

// freeBuffer frees the memory of a buffer and empties it.
func freeBuffer(buffer *C.swg_buffer) {
	C.free(unsafe.Pointer(buffer.ptr))
	bufferBytes.Add(-int64(buffer.cap))
	*buffer = C.swg_buffer{}
}
