package main

// #include "bridge.h"
import "C"

import (
	"github.com/stowage/stowage/go-core/messages"
	"github.com/stowage/stowage/go-core/oci"
)

// Packs one Wasm module into an OCI image layout directory, in the CNCF Wasm layout, under a tag.
//
// file is the path of a WebAssembly module (binary format, version 1; a component is SWG_UNSUPPORTED).
// layout_dir is the directory; it is made when missing. tag is [A-Za-z0-9_][A-Za-z0-9._-]{0,127}; when
// the layout has it already it moves to this module, other entries of the index stay as they are.
// The same module gives the same manifest, byte for byte, at any time and under any file name.
// digest receives "sha256:..." of the module (what swg_pull answers), owned by the caller.
//
// Blobs come first, index.json is replaced by rename last: a process that is killed leaves a layout
// that is as good as before. Threads and processes take turns (a lock on the directory). Thread safe.
//
//export swg_pack
func swg_pack(
	file *C.swg_const_byte, file_len C.size_t,
	layout_dir *C.swg_const_byte, layout_dir_len C.size_t,
	tag *C.swg_const_byte, tag_len C.size_t,
	digest *C.swg_buffer, error *C.swg_buffer,
) C.int32_t {
	return answerText(digest, error, func() (string, failure) {
		from, err := text(file, file_len, messages.File)
		if err != nil {
			return "", err
		}
		to, err := text(layout_dir, layout_dir_len, messages.LayoutDir)
		if err != nil {
			return "", err
		}
		name, err := text(tag, tag_len, messages.Tag)
		if err != nil {
			return "", err
		}
		return oci.Pack(from, to, name)
	})
}
