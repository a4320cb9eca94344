package main

// #include "bridge.h"
import "C"

import (
	"context"
	"unsafe"

	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
)

// Pulls one Wasm module into a file. See "References", "Options", "Artifact" and "Network" above.
//
// ref names a manifest in the CNCF Wasm layout (config application/vnd.wasm.config.v0+json, layer
// application/wasm) or in that of wasm-to-oci (config application/vnd.wasm.config.v1+json, layer
// application/vnd.wasm.content.layer.v1+wasm), with exactly one such layer; or an index with such
// manifests, of which the option platform chooses one. Without that option there must be just one.
//
// out_file is the path to write. The bytes go to a new file beside it, .stowage-*.part, and take its
// place by rename when their digest is right: out_file is the old file, or the whole new one, at every
// moment. After a failure the old file is as it was and no .part file is left (a killed process
// leaves its own). A symbolic link is replaced, not followed. Mode 0644 less the process's umask.
//
// token is 0, or an open token: swg_token_cancel ends the pull with SWG_CANCELED. progress may be NULL;
// it and ctx are used until the function returns.
// artifact receives a record, owned by the caller.
//
// Blocks until done. Thread safe, also for pulls to the same out_file: the last to finish wins, whole.
//
//export swg_pull
func swg_pull(
	ref *C.swg_const_byte, ref_len C.size_t,
	out_file *C.swg_const_byte, out_file_len C.size_t,
	options *C.swg_const_byte, options_len C.size_t,
	token C.uint64_t,
	progress C.swg_progress_fn, ctx unsafe.Pointer,
	artifact *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerRecord(artifact, error, request{options, options_len, token, progress, ctx},
		func(ctx context.Context, job oci.Job) ([]byte, failure) {
			from, to, err := texts(ref, ref_len, messages.Reference, out_file, out_file_len, messages.OutFile)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Pull(ctx, from, to, job))
		})
}

// Tells what a reference names, without moving a blob: the manifest, or, of an index, the manifest that the
// option platform chooses, or without that option the index itself. Any artifact will do.
// token, artifact, errors and threads as for swg_pull.
//
//export swg_resolve
func swg_resolve(
	ref *C.swg_const_byte, ref_len C.size_t,
	options *C.swg_const_byte, options_len C.size_t,
	token C.uint64_t,
	artifact *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerRecord(artifact, error, request{options: options, options_len: options_len, token: token},
		func(ctx context.Context, job oci.Job) ([]byte, failure) {
			from, err := text(ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Resolve(ctx, from, job))
		})
}
