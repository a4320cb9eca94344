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
// ref names a manifest with exactly one Wasm layer: in the CNCF Wasm layout (config
// application/vnd.wasm.config.v0+json, layer application/wasm) or in the layout of wasm-to-oci (config
// application/vnd.wasm.config.v1+json, layer application/vnd.wasm.content.layer.v1+wasm). ref may also name
// an index of such manifests; option platform selects one. Without that option the index must contain
// exactly one.
//
// out_file is the path to write. The bytes are written to a new file beside it, .stowage-*.part, which is
// renamed to out_file once the digest is verified: at every moment out_file is the old file or the complete
// new one. After a failure the old file is unchanged and no .part file is left (a killed process leaves its
// own). A symbolic link is replaced, not followed. The mode is 0644 less the umask of the process.
//
// token is 0 or an open token: swg_token_cancel ends the pull with SWG_CANCELED. progress may be NULL; it
// and ctx are used until the function returns.
// artifact receives a record, owned by the caller.
//
// Blocks until done. Thread safe, also for pulls to the same out_file: the last one to finish replaces the
// file.
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
			from, to, err := copyTexts(ref, ref_len, messages.Reference, out_file, out_file_len, messages.OutFile)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Pull(ctx, from, to, job))
		})
}

// Describes what a reference names, without transferring a blob: a manifest, or for an index the manifest
// that option platform selects, or without that option the index itself. Any kind of artifact is allowed.
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
			from, err := copyText(ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Resolve(ctx, from, job))
		})
}
