package main

// #include "bridge.h"
import "C"

// Gives the version of this library, for example "0.1.0", in a buffer owned by the caller. Thread safe.
//
//export swg_version
func swg_version(out *C.swg_buffer, error *C.swg_buffer) C.int32_t {
	return answerText(out, error, func() (string, failure) { return version, nil })
}

// Counts the tokens that are open now. Returns SWG_INVALID_ARGUMENT when out is NULL. Thread safe.
//
//export swg_live_handles
func swg_live_handles(out *C.int64_t) C.int32_t {
	return answerNumber(out, nil, func() (C.int64_t, failure) { return C.int64_t(tokens.Live()), nil })
}

// Counts the bytes (caps) of owned buffers that were not yet freed and of open tokens. Zero when the
// caller has given everything back. Returns SWG_INVALID_ARGUMENT when out is NULL. Thread safe.
//
//export swg_native_bytes
func swg_native_bytes(out *C.int64_t) C.int32_t {
	return answerNumber(out, nil, func() (C.int64_t, failure) {
		return C.int64_t(bufferBytes.Load() + tokens.Live()*tokenBytes), nil
	})
}

// Frees what a function of this library put into *buffer and sets it to {NULL, 0, 0}. NULL and empty
// buffers are fine, so a second call is too. Not for buffers of another library. Any thread, one thread
// at a time for one buffer.
//
//export swg_buffer_free
func swg_buffer_free(buffer *C.swg_buffer) {
	answer(nil, func() failure {
		if buffer != nil {
			release(buffer)
		}
		return nil
	})
}
