package oci

import (
	"slices"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/errkind"
	"github.com/stowage/stowage/go-core/messages"
)

// Media types of the two layouts in use for modules: the CNCF's "Wasm OCI Artifact layout"
// (tag-runtime.cncf.io/wgs/wasm), and the layout of the tool wasm-to-oci.
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

// Artifact is the result of an operation: a manifest, and the module in it, if there is one.
type Artifact struct {
	Digest, MediaType string
	Layout            string // "cncf", "wasm-to-oci", or "" for an index or any other artifact
	ModuleDigest      string
	ModuleSize        int64
	Annotations       map[string]string // of the manifest
}

// artifactOf describes a manifest, which need not be a Wasm artifact.
func artifactOf(ref string, m manifest) Artifact {
	artifact := Artifact{Digest: m.Digest.String(), MediaType: m.MediaType, Annotations: m.fields.Annotations}
	if layer, layout, err := wasmLayer(ref, m); err == nil {
		artifact.Layout, artifact.ModuleDigest, artifact.ModuleSize = layout, layer.Digest.String(), layer.Size
	}
	return artifact
}

// wasmLayer returns the layer of a manifest that holds the module, and the name of the layout.
func wasmLayer(ref string, m manifest) (layer ocispec.Descriptor, layout string, err error) {
	if m.MediaType != ocispec.MediaTypeImageManifest {
		return layer, "", errkind.New(errkind.Unsupported, messages.NotManifest(ref, m.MediaType))
	}
	wanted, known := wasmLayouts[m.fields.Config.MediaType]
	types := make([]string, len(m.fields.Layers))
	for i, candidate := range m.fields.Layers {
		types[i] = candidate.MediaType
	}
	at := slices.Index(types, wanted.layer)
	if !known || at < 0 || slices.Contains(types[at+1:], wanted.layer) {
		return layer, "", errkind.New(errkind.Unsupported, messages.NotWasm(ref, m.fields.Config.MediaType, types))
	}
	layer = m.fields.Layers[at]
	if layer.Size < 0 {
		return layer, "", errkind.New(errkind.Unsupported, messages.BadManifest(ref, messages.NegativeSize(layer.Size)))
	}
	return layer, wanted.name, checkDigest(ref, layer.Digest)
}
