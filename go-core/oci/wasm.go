package oci

import (
	"slices"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

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

const (
	dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
	dockerIndex    = "application/vnd.docker.distribution.manifest.list.v2+json"
)

var layerOf = map[string]string{cncfConfig: cncfLayer, wasmToOCIConfig: wasmToOCILayer}

// wasmLayer finds the module in a manifest. mediaType is what the source called the manifest; a
// mediaType inside is preferred, since it is covered by the digest.
func wasmLayer(ref string, body []byte, mediaType string) (layer ocispec.Descriptor, err error) {
	var manifest ocispec.Manifest
	if err := decode(body, &manifest); err != nil {
		return layer, NewError(Unsupported, messages.BadManifest(ref, err.Error()))
	}
	if manifest.MediaType != "" {
		mediaType = manifest.MediaType
	}
	switch mediaType {
	case ocispec.MediaTypeImageManifest:
	case ocispec.MediaTypeImageIndex, dockerIndex:
		return layer, NewError(Unsupported, messages.IsIndex(ref, mediaType))
	default:
		return layer, NewError(Unsupported, messages.NoManifest(ref, mediaType))
	}
	wanted, known := layerOf[manifest.Config.MediaType]
	types := make([]string, len(manifest.Layers))
	for i, candidate := range manifest.Layers {
		types[i] = candidate.MediaType
	}
	at := slices.Index(types, wanted)
	if !known || at < 0 || slices.Contains(types[at+1:], wanted) {
		return layer, NewError(Unsupported, messages.NotWasm(ref, manifest.Config.MediaType, types))
	}
	layer = manifest.Layers[at]
	if layer.Size < 0 {
		return layer, NewError(Unsupported, messages.BadManifest(ref, messages.NegativeSize(layer.Size)))
	}
	return layer, checkDigest(ref, layer.Digest)
}
