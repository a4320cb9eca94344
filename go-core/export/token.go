package main

// #include "bridge.h"
import "C"

import (
	"context"
	"unsafe"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/handle"
	"github.com/stowage/stowage/go-core/messages"
)

// token cancels any number of operations, once.
type token struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// tokenBytes is what swg_native_bytes counts for an open token.
const tokenBytes = int64(unsafe.Sizeof(token{}))

var tokens handle.Table[token]

// Opens a cancel token. out receives its handle, to be closed with swg_token_close. Thread safe.
//
//export swg_token_open
func swg_token_open(out *C.uint64_t, error *C.swg_buffer) C.int32_t {
	return answerNumber(out, error, func() (C.uint64_t, failure) {
		ctx, cancel := context.WithCancel(context.Background())
		return C.uint64_t(tokens.Open(token{ctx, cancel})), nil
	})
}

// Cancels every operation that uses the token, now and later: each returns SWG_CANCELED. Returns at once;
// it does not wait for them. Cancelling twice is SWG_OK. What is in place already is not undone.
// Any thread, also a progress callback.
//
//export swg_token_cancel
func swg_token_cancel(token C.uint64_t, error *C.swg_buffer) C.int32_t {
	return answer(error, func() failure {
		found, err := openToken(uint64(token))
		if err != nil {
			return err
		}
		found.cancel()
		return nil
	})
}

// Closes a token. An operation that uses it goes on and can no longer be canceled. Closing it again is
// SWG_OK; 0 and numbers that were never a handle are SWG_INVALID_ARGUMENT. Any thread.
//
//export swg_token_close
func swg_token_close(token C.uint64_t, error *C.swg_buffer) C.int32_t {
	return answer(error, func() failure {
		if tokens.Close(uint64(token)) == handle.Unknown {
			return fail.New(fail.InvalidArgument, messages.NoHandle(uint64(token)))
		}
		return nil
	})
}

// tokenContext is the context of a token; that of 0 is never canceled.
func tokenContext(number uint64) (context.Context, failure) {
	if number == 0 {
		return context.Background(), nil
	}
	found, err := openToken(number)
	return found.ctx, err
}

func openToken(number uint64) (token, failure) {
	found, state := tokens.Get(number)
	switch state {
	case handle.Closed:
		return token{}, fail.New(fail.Closed, messages.TokenClosed(number))
	case handle.Unknown:
		return token{}, fail.New(fail.InvalidArgument, messages.NoHandle(number))
	}
	return found, nil
}
