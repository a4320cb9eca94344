package main

// #include "bridge.h"
import "C"

import (
	"context"
	"unsafe"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/handle"
	"github.com/stowage/stowage/go-core/messages"
)

// token cancels all operations that use it. It cannot be reset.
type token struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// tokenBytes is the number of bytes that swg_native_bytes counts for an open token.
const tokenBytes = int64(unsafe.Sizeof(token{}))

var tokens handle.Table[token]

// Opens a cancel token. out receives its handle, which swg_token_close closes. Thread safe.
//
//export swg_token_open
func swg_token_open(out *C.uint64_t, error *C.swg_buffer) C.int32_t {
	return answerNumber(out, error, func() (C.uint64_t, failure) {
		ctx, cancel := context.WithCancel(context.Background())
		return C.uint64_t(tokens.Open(token{ctx, cancel})), nil
	})
}

// Cancels every operation that uses the token, now or later: each returns SWG_CANCELED. This function does
// not wait for them. Canceling twice is SWG_OK. Files and tags that are in place already are not removed.
// Any thread may call this, also from a progress callback.
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

// Closes a token. Operations that use it continue and can no longer be canceled. Closing it again is
// SWG_OK. 0 and numbers that were never a handle are SWG_INVALID_ARGUMENT. Any thread may call this.
//
//export swg_token_close
func swg_token_close(token C.uint64_t, error *C.swg_buffer) C.int32_t {
	return answer(error, func() failure {
		if tokens.Close(uint64(token)) == handle.Unknown {
			return errkind.New(errkind.InvalidArgument, messages.UnknownToken(uint64(token)))
		}
		return nil
	})
}

// tokenContext returns the context of a token. The context of number 0 is never canceled.
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
		return token{}, errkind.New(errkind.Closed, messages.TokenClosed(number))
	case handle.Unknown:
		return token{}, errkind.New(errkind.InvalidArgument, messages.UnknownToken(number))
	}
	return found, nil
}
