package main

// #include "bridge.h"
import "C"

// Returns the version of this library, for example "0.1.0", in a buffer owned by the caller. Thread safe.
//
//export swg_version
func swg_version(out *C.swg_buffer, error *C.swg_buffer) C.int32_t {
	return answerText(out, error, func() (string, failure) { return version, nil })
}

// Counts the open tokens. Returns SWG_INVALID_ARGUMENT if out is NULL. Thread safe.
//
//export swg_live_handles
func swg_live_handles(out *C.int64_t) C.int32_t {
	return answerNumber(out, nil, func() (C.int64_t, failure) { return C.int64_t(tokens.Live()), nil })
}

// Counts the bytes (caps) of all owned buffers that have not been freed, and those of open tokens. The
// result is 0 once the caller has freed and closed everything. Returns SWG_INVALID_ARGUMENT if out is NULL.
// Thread safe.
//
//export swg_native_bytes
func swg_native_bytes(out *C.int64_t) C.int32_t {
	return answerNumber(out, nil, func() (C.int64_t, failure) {
		return C.int64_t(bufferBytes.Load() + tokens.Live()*tokenBytes), nil
	})
}

// Frees the bytes that a function of this library put into *buffer, and sets *buffer to {NULL, 0, 0}.
// buffer may be NULL, and *buffer may be empty, so a second call has no effect. Do not pass buffers of
// another library. Any thread may call this, but only one thread at a time for one buffer.
//
//export swg_buffer_free
func swg_buffer_free(buffer *C.swg_buffer) {
	answer(nil, func() failure {
		if buffer != nil {
			freeBuffer(buffer)
		}
		return nil
	})
}
