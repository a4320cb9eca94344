package main

// #include "bridge.h"
import "C"

import (
	"context"
	"unsafe"

	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
	"github.com/stowage/stowage/go-core/record"
)

// Stores one Wasm module, in the CNCF Wasm layout, where a reference points to: in a registry, or in an
// image layout directory, which is made when missing.
//
// file is the path of a WebAssembly module (binary format, version 1; a component is SWG_UNSUPPORTED).
// A tag that is there already moves to this module. The same module gives the same manifest, byte for
// byte, at any time and under any file name. Blobs that are there already are not sent again.
// token, progress, ctx, artifact as for swg_pull; progress is told of the module and of its config.
//
// Into a layout, blobs come first, index.json is replaced by rename last: a process that is killed leaves
// a layout that is as good as before. Threads and processes take turns. Thread safe.
//
//export swg_push
func swg_push(
	file *C.swg_const_byte, file_len C.size_t,
	ref *C.swg_const_byte, ref_len C.size_t,
	options *C.swg_const_byte, options_len C.size_t,
	token C.uint64_t,
	progress C.swg_progress_fn, ctx unsafe.Pointer,
	artifact *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerRecord(artifact, error, request{options, options_len, token, progress, ctx},
		func(ctx context.Context, job oci.Job) ([]byte, failure) {
			from, to, err := texts(file, file_len, messages.File, ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Push(ctx, from, to, job))
		})
}

// Copies what a reference names, with everything it refers to, from a registry or layout to a registry or
// layout. Any OCI or Docker manifest will do, Wasm or not; manifests keep their bytes and so their digest.
// Of an index all manifests are copied, unless the option platform chooses one. Blobs that are there
// already are not sent again; the manifest comes last.
// options hold for both ends; username and password are refused with SWG_INVALID_ARGUMENT when these are
// two different registries. token, progress, ctx, artifact as for swg_pull; layouts as for swg_push.
//
//export swg_copy
func swg_copy(
	from *C.swg_const_byte, from_len C.size_t,
	to *C.swg_const_byte, to_len C.size_t,
	options *C.swg_const_byte, options_len C.size_t,
	token C.uint64_t,
	progress C.swg_progress_fn, ctx unsafe.Pointer,
	artifact *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerRecord(artifact, error, request{options, options_len, token, progress, ctx},
		func(ctx context.Context, job oci.Job) ([]byte, failure) {
			source, target, err := texts(from, from_len, messages.Reference, to, to_len, messages.Target)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Copy(ctx, source, target, job))
		})
}

// Lists the tags of host[:port]/repository or oci:<directory>; a tag or digest there is
// SWG_INVALID_REFERENCE. out receives a list of strings, sorted, owned by the caller.
// token, errors and threads as for swg_pull.
//
//export swg_tags
func swg_tags(
	ref *C.swg_const_byte, ref_len C.size_t,
	options *C.swg_const_byte, options_len C.size_t,
	token C.uint64_t,
	out *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerRecord(out, error, request{options: options, options_len: options_len, token: token},
		func(ctx context.Context, job oci.Job) ([]byte, failure) {
			from, err := text(ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			tags, err := oci.Tags(ctx, from, job)
			return record.AppendStrings(nil, tags), err
		})
}
