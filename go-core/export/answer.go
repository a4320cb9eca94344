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

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// failure is the predeclared error: the exports call their last parameter error, as the header does.
type failure = error

var statusOf = map[fail.Kind]C.int32_t{
	fail.InvalidArgument:  C.SWG_INVALID_ARGUMENT,
	fail.Closed:           C.SWG_CLOSED,
	fail.InvalidReference: C.SWG_INVALID_REFERENCE,
	fail.NotFound:         C.SWG_NOT_FOUND,
	fail.DigestMismatch:   C.SWG_DIGEST_MISMATCH,
	fail.Truncated:        C.SWG_TRUNCATED,
	fail.Unsupported:      C.SWG_UNSUPPORTED,
	fail.Canceled:         C.SWG_CANCELED,
	fail.Host:             C.SWG_HOST,
	fail.Network:          C.SWG_NETWORK,
	fail.IO:               C.SWG_IO,
	fail.Unauthorized:     C.SWG_UNAUTHORIZED,
	fail.Forbidden:        C.SWG_FORBIDDEN,
	fail.Timeout:          C.SWG_TIMEOUT,
	fail.TooLarge:         C.SWG_TOO_LARGE,
}

// bufferBytes is the sum of the caps of all buffers handed out and not yet freed.
var bufferBytes atomic.Int64

// answer runs the body of an export: it turns panics and errors into a status and an owned message.
func answer(message *C.swg_buffer, body func() failure) C.int32_t {
	if message != nil {
		*message = C.swg_buffer{}
	}
	_, err := guard.Call(func() (struct{}, failure) { return struct{}{}, body() })
	if err == nil {
		return C.SWG_OK
	}
	if message != nil {
		// No memory for the message leaves it empty: the status says the rest.
		_ = fill(message, strings.ToValidUTF8(err.Error(), "\uFFFD"))
	}
	return status(err)
}

func status(err failure) C.int32_t {
	var panicked *guard.Panic
	if errors.As(err, &panicked) {
		return C.SWG_PANIC
	}
	if code, ok := statusOf[fail.KindOf(err)]; ok {
		return code
	}
	return C.SWG_INTERNAL
}

// answerText is [answer] for an export with a text result.
func answerText(out, message *C.swg_buffer, body func() (string, failure)) C.int32_t {
	if out != nil {
		*out = C.swg_buffer{}
	}
	return answer(message, func() failure {
		if out == nil {
			return fail.New(fail.InvalidArgument, messages.NullOut())
		}
		result, err := body()
		if err != nil {
			return err
		}
		return fill(out, result)
	})
}

// answerNumber is [answer] for an export with a number as result.
func answerNumber[T C.int64_t | C.uint64_t](out *T, message *C.swg_buffer, body func() (T, failure)) C.int32_t {
	if out != nil {
		*out = 0
	}
	return answer(message, func() failure {
		if out == nil {
			return fail.New(fail.InvalidArgument, messages.NullOut())
		}
		result, err := body()
		if err == nil {
			*out = result
		}
		return err
	})
}

// text copies borrowed UTF-8 into Go; what names it in the message.
func text(p *C.swg_const_byte, n C.size_t, what string) (string, failure) {
	copied, err := raw(p, n, what)
	if err == nil && !utf8.Valid(copied) {
		err = fail.New(fail.InvalidArgument, messages.NotUTF8(what))
	}
	return string(copied), err
}

// raw copies borrowed bytes into Go.
func raw(p *C.swg_const_byte, n C.size_t, what string) ([]byte, failure) {
	if p == nil {
		if n == 0 {
			return nil, nil
		}
		return nil, fail.New(fail.InvalidArgument, messages.NullInput(what, uint64(n)))
	}
	// A length that no memory has would be a fatal error inside make, which nothing can recover.
	if uint64(n) > maxInput {
		return nil, fail.New(fail.InvalidArgument, messages.InputTooLong(what, uint64(n), maxInput))
	}
	return slices.Clone(unsafe.Slice((*byte)(unsafe.Pointer(p)), int(n))), nil
}

// maxInput is far above every path, reference and record, and far below what memory can take, in bytes.
const maxInput = 1 << 20

// fill puts a copy of s, in C memory, into an empty buffer.
func fill(buffer *C.swg_buffer, s string) failure {
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

func release(buffer *C.swg_buffer) {
	C.free(unsafe.Pointer(buffer.ptr))
	bufferBytes.Add(-int64(buffer.cap))
	*buffer = C.swg_buffer{}
}
