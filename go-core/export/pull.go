package main

// #include "bridge.h"
import "C"

import (
	"context"
	"unsafe"

	"github.com/stowage/stowage/go-core/guard"
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
)

// Pulls one Wasm module into a file.
//
// ref is host[:port]/repository[:tag][@sha256:...] for a registry (tag "latest" when there is neither
// tag nor digest; with a digest the tag is ignored), or oci:<directory>:<tag> for an OCI image layout
// on disk. Registries are asked over HTTPS; plain HTTP is used for 127.0.0.0/8, ::1 and localhost, and
// for nothing else. No credentials are sent.
// Accepted are manifests in the CNCF Wasm layout (config application/vnd.wasm.config.v0+json, layer
// application/wasm) and those of wasm-to-oci (config application/vnd.wasm.config.v1+json, layer
// application/vnd.wasm.content.layer.v1+wasm), with exactly one such layer.
//
// out_file is the path to write. The bytes go to a new file beside it, .stowage-*.part, and take its
// place by rename when their digest is right: out_file is the old file, or the whole new one, at every
// moment. After a failure the old file is as it was and no .part file is left (a killed process
// leaves its own). A symbolic link is replaced, not followed. Mode 0644 less the process's umask.
//
// token is 0, or an open token: swg_token_cancel ends the pull with SWG_CANCELED. progress may be NULL;
// it and ctx are used until the function returns.
// digest receives "sha256:..." of the module, owned by the caller.
//
// Blocks until done. A peer that stays silent ends it with SWG_NETWORK: 10 s to connect, 30 s between
// bytes. Thread safe, also for pulls to the same out_file: the last to finish wins, whole.
//
//export swg_pull
func swg_pull(
	ref *C.swg_const_byte, ref_len C.size_t,
	out_file *C.swg_const_byte, out_file_len C.size_t,
	token C.uint64_t,
	progress C.swg_progress_fn, ctx unsafe.Pointer,
	digest *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerText(digest, error, func() (string, failure) {
		from, err := text(ref, ref_len, messages.Reference)
		if err != nil {
			return "", err
		}
		to, err := text(out_file, out_file_len, messages.OutFile)
		if err != nil {
			return "", err
		}
		canceled, err := tokenContext(uint64(token))
		if err != nil {
			return "", err
		}
		var report func(done, total int64) bool
		if progress != nil {
			report = func(done, total int64) bool {
				return C.swg_report(progress, ctx, C.int64_t(done), C.int64_t(total)) == 0
			}
		}
		return pull(canceled, from, to, report)
	})
}

// progressEvent is one question of the pulling goroutine: may it go on?
type progressEvent struct{ done, total int64 }

// pull runs oci.Pull in a goroutine of its own and calls report from this one, which is locked to the
// thread of the C caller: a callback never sees another thread, whatever the HTTP client does.
func pull(ctx context.Context, from, to string, report func(done, total int64) bool) (string, failure) {
	events, replies := make(chan progressEvent), make(chan bool)
	var ask func(done, total int64) bool
	if report != nil {
		ask = func(done, total int64) bool {
			events <- progressEvent{done, total}
			return <-replies
		}
	}
	finished := guard.Go(func() (string, failure) { return oci.Pull(ctx, from, to, ask) })
	for {
		select {
		case event := <-events:
			replies <- report(event.done, event.total)
		case result := <-finished:
			return result.Value, result.Err
		}
	}
}
