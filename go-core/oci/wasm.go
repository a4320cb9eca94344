package oci

import (
	"slices"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// The two ways to store a module that are in use. The first is the CNCF's "Wasm OCI Artifact layout"
// (tag-runtime.cncf.io/wgs/wasm), the second what the wasm-to-oci tool writes.
const (
	cncfConfig      = "application/vnd.wasm.config.v0+json"
	cncfLayer       = "application/wasm"
	wasmToOCIConfig = "application/vnd.wasm.config.v1+json"
	wasmToOCILayer  = "application/vnd.wasm.content.layer.v1+wasm"
)

var wasmLayouts = map[string]struct{ name, layer string }{
	cncfConfig:      {"cncf", cncfLayer},
	wasmToOCIConfig: {"wasm-to-oci", wasmToOCILayer},
}

// Artifact is what an operation answers: the manifest, and the module in it, where there is one.
type Artifact struct {
	Digest, MediaType string
	Layout            string // "cncf", "wasm-to-oci", or "" for something else or an index
	ModuleDigest      string
	ModuleSize        int64
	Annotations       map[string]string // of the manifest
}

// describe reads a manifest. What is not a Wasm artifact is no failure here.
func describe(ref string, m manifest) Artifact {
	artifact := Artifact{Digest: m.Digest.String(), MediaType: m.MediaType, Annotations: m.parsed.Annotations}
	if layer, layout, err := wasmLayer(ref, m); err == nil {
		artifact.Layout, artifact.ModuleDigest, artifact.ModuleSize = layout, layer.Digest.String(), layer.Size
	}
	return artifact
}

// wasmLayer finds the module in a manifest, and the name of the layout.
func wasmLayer(ref string, m manifest) (layer ocispec.Descriptor, layout string, err error) {
	if m.MediaType != ocispec.MediaTypeImageManifest {
		return layer, "", fail.New(fail.Unsupported, messages.NoManifest(ref, m.MediaType))
	}
	wanted, known := wasmLayouts[m.parsed.Config.MediaType]
	types := make([]string, len(m.parsed.Layers))
	for i, candidate := range m.parsed.Layers {
		types[i] = candidate.MediaType
	}
	at := slices.Index(types, wanted.layer)
	if !known || at < 0 || slices.Contains(types[at+1:], wanted.layer) {
		return layer, "", fail.New(fail.Unsupported, messages.NotWasm(ref, m.parsed.Config.MediaType, types))
	}
	layer = m.parsed.Layers[at]
	if layer.Size < 0 {
		return layer, "", fail.New(fail.Unsupported, messages.BadManifest(ref, messages.NegativeSize(layer.Size)))
	}
	return layer, wanted.name, checkDigest(ref, layer.Digest)
}
