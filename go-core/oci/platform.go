package oci

import (
	"context"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/stowage/stowage/go-core/fail"
	"github.com/stowage/stowage/go-core/messages"
)

// maxEntries bounds how many manifests of an index are looked into, and maxDepth how deep indexes nest.
const (
	maxEntries = 64
	maxDepth   = 4
)

// chosen is the manifest that a reference names: of an index the one that the option platform chooses.
func (o *operation) chosen(ctx context.Context, from place) (manifest, error) {
	m, err := from.root(ctx)
	for depth := 0; err == nil && o.options.Platform != nil && isIndex(m.MediaType); depth++ {
		if depth == maxDepth {
			return manifest{}, fail.New(fail.Unsupported, messages.TooDeep(from.String(), maxDepth))
		}
		m, err = o.choose(ctx, from, m)
	}
	return m, err
}

// choose takes the first entry of the platform, as oras does.
func (o *operation) choose(ctx context.Context, from place, index manifest) (manifest, error) {
	entries, err := entries(from.String(), index)
	if err != nil {
		return manifest{}, err
	}
	want := o.options.Platform
	for _, entry := range entries {
		p := entry.Platform
		if p != nil && p.OS == want.OS && p.Architecture == want.Architecture &&
			(want.Variant == "" || p.Variant == want.Variant) {
			return o.read(ctx, from, entry)
		}
	}
	return manifest{}, fail.New(fail.NotFound, messages.NoPlatform(from.String(), platformName(want), names(entries)))
}

// wasm is [operation.chosen] for who needs a module: without a platform an index must hold just one.
func (o *operation) wasm(ctx context.Context, from place) (manifest, error) {
	m, err := o.chosen(ctx, from)
	if err != nil || !isIndex(m.MediaType) {
		return m, err
	}
	entries, err := entries(from.String(), m)
	if err != nil {
		return manifest{}, err
	}
	if len(entries) > maxEntries {
		return manifest{}, fail.New(fail.Unsupported, messages.ManyEntries(from.String(), len(entries), maxEntries))
	}
	var modules []manifest
	var found []ocispec.Descriptor
	for _, entry := range entries {
		if entry.MediaType != ocispec.MediaTypeImageManifest {
			continue
		}
		candidate, err := o.read(ctx, from, entry)
		if err != nil {
			return manifest{}, err
		}
		if _, _, err := wasmLayer(from.String(), candidate); err == nil {
			modules, found = append(modules, candidate), append(found, entry)
		}
	}
	switch len(modules) {
	case 0:
		return manifest{}, fail.New(fail.Unsupported, messages.NoWasmInIndex(from.String(), names(entries)))
	case 1:
		return modules[0], nil
	}
	return manifest{}, fail.New(fail.Unsupported, messages.ManyWasmInIndex(from.String(), names(found)))
}

// entries gives the manifests of an index, each with a digest that can be asked for.
func entries(ref string, m manifest) ([]ocispec.Descriptor, error) {
	for _, entry := range m.parsed.Manifests {
		if err := checkDigest(ref, entry.Digest); err != nil {
			return nil, err
		}
		if entry.Size < 0 {
			return nil, fail.New(fail.Unsupported, messages.BadManifest(ref, messages.NegativeSize(entry.Size)))
		}
	}
	return m.parsed.Manifests, nil
}

// names tells the entries of an index apart: by platform, and by digest where they have none.
func names(entries []ocispec.Descriptor) []string {
	list := []string{}
	for _, entry := range entries {
		if entry.Platform != nil {
			list = append(list, platformName(entry.Platform))
		} else {
			list = append(list, entry.Digest.String())
		}
	}
	return list
}

func platformName(p *ocispec.Platform) string {
	return strings.TrimSuffix(p.OS+"/"+p.Architecture+"/"+p.Variant, "/")
}
