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

// Stores one Wasm module, in the CNCF Wasm layout, under a reference: in a registry, or in an image layout
// directory, which is created if it does not exist.
//
// file is the path of a WebAssembly module (binary format, version 1; a component is SWG_UNSUPPORTED). A
// tag that exists already moves to this module. A module always gives the same manifest, byte for byte,
// independent of time and file name. Blobs that exist at the destination are not sent again.
// token, progress, ctx and artifact as for swg_pull; progress is called for the module and for its config.
//
// In a layout, blobs are written first, and index.json is replaced by rename last: a killed process leaves
// a valid layout. Threads and processes take turns. Thread safe.
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
			from, to, err := copyTexts(file, file_len, messages.File, ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Push(ctx, from, to, job))
		})
}

// Copies the manifest that a reference names, with everything it refers to, from a registry or layout to a
// registry or layout. Any OCI or Docker manifest is allowed, not only Wasm; manifests keep their bytes and
// so their digest. All manifests of an index are copied, unless option platform selects one. Blobs that
// exist at the destination are not sent again; the manifest is stored last.
// options apply to both references; username and password are SWG_INVALID_ARGUMENT if these are in two
// different registries.
// token, progress, ctx and artifact as for swg_pull; layouts as for swg_push.
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
			source, target, err := copyTexts(from, from_len, messages.Reference, to, to_len, messages.Target)
			if err != nil {
				return nil, err
			}
			return artifactRecord(oci.Copy(ctx, source, target, job))
		})
}

// Lists the tags of host[:port]/repository or oci:<directory>. A reference with a tag or digest is
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
			from, err := copyText(ref, ref_len, messages.Reference)
			if err != nil {
				return nil, err
			}
			tags, err := oci.Tags(ctx, from, job)
			return record.AppendStrings(nil, tags), err
		})
}
