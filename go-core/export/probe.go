package main

// #include "bridge.h"
import "C"

import (
	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// Panics on purpose, so that a program can prove that its own process survives it: where 0 in this
// call, where 1 in a goroutine of the core, on another thread. Returns SWG_PANIC, with an error of msg and
// "(file:line)"; SWG_INVALID_ARGUMENT for another where. Thread safe.
//
//export swg_probe_panic
func swg_probe_panic(where C.int32_t, msg *C.swg_const_byte, msg_len C.size_t, error *C.swg_buffer) C.int32_t {
	return answer(error, func() failure {
		message, err := text(msg, msg_len, messages.ProbeMessage)
		if err != nil {
			return err
		}
		switch where {
		case 0:
			panic(message)
		case 1:
			result := <-guard.Go(func() (struct{}, failure) { panic(message) })
			return result.Err
		default:
			return fail.New(fail.InvalidArgument, messages.ProbeWhere(int32(where)))
		}
	})
}
