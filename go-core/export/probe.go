package main

// #include "bridge.h"
import "C"

import (
	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
)

// Panics on purpose, so that a program can verify that its process survives a panic. If where is 0, the
// panic happens in this call; if where is 1, in a goroutine of the core on another thread. Returns
// SWG_PANIC with the error "msg (file:line)", or SWG_INVALID_ARGUMENT for any other where. Thread safe.
//
//export swg_probe_panic
func swg_probe_panic(where C.int32_t, msg *C.swg_const_byte, msg_len C.size_t, error *C.swg_buffer) C.int32_t {
	return answer(error, func() failure {
		message, err := copyText(msg, msg_len, messages.ProbeMessage)
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
			return errkind.New(errkind.InvalidArgument, messages.ProbeWhere(int32(where)))
		}
	})
}
